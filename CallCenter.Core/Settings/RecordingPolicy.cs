namespace CallCenter.Core.Settings;

/// <summary>How the portal keeps recordings.</summary>
public enum RecordingFormat
{
    /// <summary>As the PBX made it: WAV, 16-bit PCM.</summary>
    Wav = 1,

    /// <summary>WAV, 8-bit mu-law: half the size, the same telephone quality.</summary>
    WavMulaw = 2,
}

/// <summary>Recordings and media of a tenant.</summary>
public sealed class RecordingPolicy : ISettingsRow
{
    /// <summary>Longest retention, in days.</summary>
    public const int AutoDeleteDaysMax = 3650;

    /// <summary>Longest STUN server, in characters, its port included.</summary>
    public const int StunMaxLength = 260;

    /// <summary>Port of a STUN server that names none.</summary>
    public const int StunDefaultPort = 3478;

    /// <inheritdoc />
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Recordings are fetched from the PBX.</summary>
    public bool Enabled { get; set; }

    /// <summary>How they are kept.</summary>
    public RecordingFormat Format { get; set; } = RecordingFormat.Wav;

    /// <summary>Days until a recording is deleted from the portal, 1 to 3650; null keeps it.</summary>
    public int? AutoDeleteDays { get; set; }

    /// <summary><c>host</c> or <c>host:port</c>; null for none.</summary>
    public string? StunServer { get; set; }

    /// <summary>The PBX or the browsers sit behind address translation.</summary>
    public bool Nat { get; set; }

    /// <summary>First RTP port of the PBX, even.</summary>
    public int RtpPortStart { get; set; } = 10_000;

    /// <summary>Last RTP port of the PBX.</summary>
    public int RtpPortEnd { get; set; } = 20_000;

    /// <inheritdoc />
    public int Version { get; init; } = 1;

    /// <inheritdoc />
    public DateTime ChangedAtUtc { get; set; }

    /// <inheritdoc />
    public string ChangedBy { get; set; } = "";
}
