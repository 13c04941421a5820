using CallCenter.Core.Telephony;

namespace CallCenter.Core.Settings;

/// <summary>The card "PBX connection".</summary>
public sealed class PbxForm : ISettingsForm<PbxForm>
{
    /// <inheritdoc />
    public static IReadOnlyList<SettingsField<PbxForm>> Fields { get; } =
    [
        new(nameof(Kind), f => f.Kind, (f, v) => f.Kind = (PbxKind)v!),
        new(nameof(Host), f => f.Host, (f, v) => f.Host = (string)v!),
        new(nameof(Port), f => f.Port, (f, v) => f.Port = (int?)v),
        new(nameof(WebSocketPath), f => f.WebSocketPath, (f, v) => f.WebSocketPath = (string)v!),
        new(nameof(ApiUser), f => f.ApiUser, (f, v) => f.ApiUser = (string)v!),
        new(nameof(ApiPassword), f => f.ApiPassword, (f, v) => f.ApiPassword = (string)v!, IsSecret: true),
        new(nameof(PinnedCertificateSha256), f => f.PinnedCertificateSha256, (f, v) => f.PinnedCertificateSha256 = (string)v!),
    ];

    /// <summary>Picks the adapter.</summary>
    public PbxKind Kind { get; set; } = PbxKind.Ucm;

    /// <summary>Name or address.</summary>
    public string Host { get; set; } = "";

    /// <summary>1 to 65535; null while the box is empty.</summary>
    public int? Port { get; set; } = 8089;

    /// <summary>Path of the SIP WebSocket.</summary>
    public string WebSocketPath { get; set; } = "/ws";

    /// <summary>User of the PBX's API.</summary>
    public string ApiUser { get; set; } = "";

    /// <summary>Its password, or the mask.</summary>
    public string ApiPassword { get; set; } = "";

    /// <summary>Hex SHA-256 of the accepted certificate, separators allowed while typing; empty for none.</summary>
    public string PinnedCertificateSha256 { get; set; } = "";

    /// <inheritdoc />
    public void Normalize()
    {
        Host = SettingsText.Host(Host);
        WebSocketPath = WebSocketPath.Trim();
        ApiUser = ApiUser.Trim();
        PinnedCertificateSha256 = SettingsText.Hex(PinnedCertificateSha256);
    }
}
