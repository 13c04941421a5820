using CallCenter.Core.Telephony;

namespace CallCenter.Core.Settings;

/// <summary>Where a tenant's PBX is and how the portal signs in to it. The row's key stays for good: call records hang on it.</summary>
public sealed class PbxConnection : ISettingsRow
{
    /// <summary>Longest host name, in characters.</summary>
    public const int HostMaxLength = 253;

    /// <summary>Longest WebSocket path, in characters.</summary>
    public const int PathMaxLength = 200;

    /// <summary>Longest API user, in characters.</summary>
    public const int UserMaxLength = 64;

    /// <summary>Longest password, in characters.</summary>
    public const int PasswordMaxLength = 128;

    /// <summary>Longest encrypted secret, in characters.</summary>
    public const int ProtectedMaxLength = 1024;

    /// <summary>Digits of a SHA-256 fingerprint in hex.</summary>
    public const int ThumbprintLength = 64;

    /// <inheritdoc />
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Picks the adapter.</summary>
    public PbxKind Kind { get; set; } = PbxKind.Ucm;

    /// <summary>Name or address, without scheme, port and brackets.</summary>
    public string Host { get; set; } = "";

    /// <summary>1 to 65535.</summary>
    public int Port { get; set; }

    /// <summary>Path of the SIP WebSocket, starting with a slash.</summary>
    public string WebSocketPath { get; set; } = "";

    /// <summary>User of the PBX's API.</summary>
    public string ApiUser { get; set; } = "";

    /// <summary>The password as <see cref="Security.ISecretProtector"/> wrote it.</summary>
    public string ApiPasswordProtected { get; set; } = "";

    /// <summary>Upper-case hex SHA-256 of the accepted certificate; null when only a publicly trusted one will do.</summary>
    public string? PinnedCertificateSha256 { get; set; }

    /// <inheritdoc />
    public int Version { get; init; } = 1;

    /// <inheritdoc />
    public DateTime ChangedAtUtc { get; set; }

    /// <inheritdoc />
    public string ChangedBy { get; set; } = "";
}
