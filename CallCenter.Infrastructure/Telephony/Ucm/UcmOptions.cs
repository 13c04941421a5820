using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Limits of the talk with UCMs; section <c>Telephony:Ucm</c>. The defaults fit real devices.</summary>
internal sealed class UcmOptions
{
    public const string Section = "Telephony:Ucm";

    /// <summary>Until the connection stands, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Long ranges are slow on small devices.</summary>
    public TimeSpan CdrTimeout { get; set; } = TimeSpan.FromSeconds(120);

    public TimeSpan ApplyTimeout { get; set; } = TimeSpan.FromSeconds(60);

    public TimeSpan LogoutTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Age at which a session is replaced; the UCM ends it at ten minutes.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromMinutes(9);

    /// <summary>How long refused credentials are not tried again unless the settings change: the UCM locks out.</summary>
    public TimeSpan CredentialCooldown { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Larger answers are refused.</summary>
    [Range(1024, int.MaxValue)]
    public int MaxResponseBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Pause before the first repetition of a failed page; doubles up to <see cref="MaxRetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A UCM that says "too often" wants 15 s.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(20);

    [Range(1, 10)]
    public int MaxRetries { get; set; } = 2;

    /// <summary>Rows asked for at once; the UCM's own limit is 1000.</summary>
    [Range(1, 1000)]
    public int CdrPageSize { get; set; } = 1000;

    public TimeSpan TimeoutFor(string action) => action switch
    {
        "cdrapi" => CdrTimeout,
        "applyChanges" => ApplyTimeout,
        "logout" => LogoutTimeout,
        _ => RequestTimeout,
    };
}

/// <summary>A time of zero would mean that nothing ever succeeds.</summary>
internal sealed class UcmOptionsValidator : IValidateOptions<UcmOptions>
{
    public ValidateOptionsResult Validate(string? name, UcmOptions options)
    {
        (string Name, TimeSpan Value)[] times =
        [
            (nameof(UcmOptions.ConnectTimeout), options.ConnectTimeout), (nameof(UcmOptions.RequestTimeout), options.RequestTimeout),
            (nameof(UcmOptions.CdrTimeout), options.CdrTimeout), (nameof(UcmOptions.ApplyTimeout), options.ApplyTimeout),
            (nameof(UcmOptions.LogoutTimeout), options.LogoutTimeout), (nameof(UcmOptions.SessionLifetime), options.SessionLifetime),
            (nameof(UcmOptions.CredentialCooldown), options.CredentialCooldown), (nameof(UcmOptions.RetryDelay), options.RetryDelay),
            (nameof(UcmOptions.MaxRetryDelay), options.MaxRetryDelay),
        ];
        var wrong = times.Where(t => t.Value <= TimeSpan.Zero || t.Value > TimeSpan.FromDays(1)).ToList();
        return wrong.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(wrong.Select(t =>
                $"{UcmOptions.Section}:{t.Name} is '{t.Value}'; it must be more than 00:00:00 and at most 1.00:00:00."));
    }
}
