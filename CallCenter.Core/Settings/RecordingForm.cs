namespace CallCenter.Core.Settings;

/// <summary>The card "Recordings", its advanced part included.</summary>
public sealed class RecordingForm : ISettingsForm<RecordingForm>
{
    /// <inheritdoc />
    public static IReadOnlyList<SettingsField<RecordingForm>> Fields { get; } =
    [
        new(nameof(Enabled), f => f.Enabled, (f, v) => f.Enabled = (bool)v!),
        new(nameof(Format), f => f.Format, (f, v) => f.Format = (RecordingFormat)v!),
        new(nameof(AutoDeleteDays), f => f.AutoDeleteDays, (f, v) => f.AutoDeleteDays = (int?)v),
        new(nameof(StunServer), f => f.StunServer, (f, v) => f.StunServer = (string)v!),
        new(nameof(Nat), f => f.Nat, (f, v) => f.Nat = (bool)v!),
        new(nameof(RtpPortStart), f => f.RtpPortStart, (f, v) => f.RtpPortStart = (int?)v),
        new(nameof(RtpPortEnd), f => f.RtpPortEnd, (f, v) => f.RtpPortEnd = (int?)v),
    ];

    /// <summary>Recordings are fetched.</summary>
    public bool Enabled { get; set; }

    /// <summary>How they are kept.</summary>
    public RecordingFormat Format { get; set; } = RecordingFormat.Wav;

    /// <summary>Days until deletion; null keeps everything.</summary>
    public int? AutoDeleteDays { get; set; }

    /// <summary><c>host</c> or <c>host:port</c>; empty for none.</summary>
    public string StunServer { get; set; } = "";

    /// <summary>Address translation lies between.</summary>
    public bool Nat { get; set; }

    /// <summary>First RTP port; null while the box is empty.</summary>
    public int? RtpPortStart { get; set; } = 10_000;

    /// <summary>Last RTP port; null while the box is empty.</summary>
    public int? RtpPortEnd { get; set; } = 20_000;

    /// <inheritdoc />
    public void Normalize() => StunServer = StunServer.Trim();
}
