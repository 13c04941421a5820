using System.ComponentModel.DataAnnotations;

namespace CallCenter.Infrastructure.Telephony.Gdms;

/// <summary>Where GDMS is and how patient to be; section <c>Telephony:Gdms</c>.</summary>
internal sealed class GdmsOptions
{
    public const string Section = "Telephony:Gdms";

    public Uri GlobalAddress { get; set; } = new("https://www.gdms.cloud");

    public Uri EuropeAddress { get; set; } = new("https://eu.gdms.cloud");

    /// <summary>Zone of GDMS's times, which come without one; IANA name. Unconfirmed, hence a setting.</summary>
    [Required]
    public string TimeZone { get; set; } = "Etc/UTC";

    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For each single request.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Repetitions of a read that was throttled or met a fault of the network or the server. Writes are never repeated.</summary>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 3;

    /// <summary>Pause before the first repetition when GDMS names none; doubles.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A longer Retry-After is not waited for but reported.</summary>
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A token is renewed when less of its life is left.</summary>
    public TimeSpan TokenMargin { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long refused credentials are not sent again by background work.</summary>
    public TimeSpan CredentialCooldown { get; set; } = TimeSpan.FromMinutes(10);

    [Range(1, 1000)]
    public int PageSize { get; set; } = 100;

    /// <summary>How long a device is given to answer through GDMS.</summary>
    public TimeSpan DetailPatience { get; set; } = TimeSpan.FromSeconds(60);

    public TimeSpan DetailInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Larger answers are refused.</summary>
    [Range(1024, int.MaxValue)]
    public int MaxResponseBytes { get; set; } = 8 * 1024 * 1024;
}
