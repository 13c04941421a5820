using CallCenter.Core.Primitives;

namespace CallCenter.Core.Extensions;

/// <summary>The signed-in person's own extension. Needs <see cref="Tenancy.Permissions.Extensions.Own"/>.</summary>
public interface IMyPhone
{
    /// <summary>What there is to show.</summary>
    /// <returns>The phone or <see cref="ExtensionErrors.NoOwnExtension"/>.</returns>
    Task<Result<MyPhone>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Calls back when the own extension changed; read again then. Dispose the answer to stop.</summary>
    IDisposable Subscribe(Func<Task> changed);

    /// <summary>The secret for a desk phone or app, after the account's password was typed again; audited, rate-limited.</summary>
    /// <returns>
    /// How to connect, or <see cref="Identity.IdentityErrors.WrongPassword"/>, <see cref="Identity.IdentityErrors.TooManyAttempts"/>,
    /// <see cref="ExtensionErrors.SecretUnknown"/> or <see cref="ExtensionErrors.Pending"/>.
    /// </returns>
    Task<Result<PhoneCredentials>> ShowSecretAsync(Secret password, CancellationToken cancellationToken = default);

    /// <summary>Has the PBX ring the own phone and connect it with the echo number.</summary>
    /// <returns>
    /// Success, <see cref="ExtensionErrors.NoEchoNumber"/>, <see cref="ExtensionErrors.InCall"/>, <see cref="ExtensionErrors.EchoBusy"/> (one
    /// test call at a time), <see cref="ExtensionErrors.Pending"/> while the PBX does not have the extension, or what the PBX answered.
    /// </returns>
    Task<Result> CallEchoAsync(CancellationToken cancellationToken = default);
}

/// <summary>The own extension as shown.</summary>
/// <param name="Row">The extension.</param>
/// <param name="Wanted">Its settings.</param>
/// <param name="Server">Host that phones register with.</param>
/// <param name="SipPort">Its SIP port over UDP and TCP.</param>
/// <param name="SipTlsPort">Its SIP port over TLS.</param>
/// <param name="EchoNumber">Number of the echo test; empty when none is set up.</param>
/// <param name="HasSecret">The secret is known here and can be shown.</param>
/// <param name="Spans">Latest registrations, newest first, at most 20.</param>
public sealed record MyPhone(
    ExtensionRow Row, ExtensionProfile Wanted, string Server, int SipPort, int SipTlsPort, string EchoNumber, bool HasSecret, IReadOnlyList<RegistrationRow> Spans);

/// <summary>What a phone needs to register. Not a record: its text must never show the secret.</summary>
/// <param name="server">Host.</param>
/// <param name="port">SIP port.</param>
/// <param name="transport"><c>udp</c>, <c>tcp</c> or <c>tls</c>.</param>
/// <param name="user">SIP user and authentication id.</param>
/// <param name="secret">SIP password.</param>
/// <param name="qrSvg">The same as a QR code, a whole SVG element.</param>
public sealed class PhoneCredentials(string server, int port, string transport, string user, Secret secret, string qrSvg)
{
    /// <summary>Host.</summary>
    public string Server { get; } = server;

    /// <summary>SIP port.</summary>
    public int Port { get; } = port;

    /// <summary><c>udp</c>, <c>tcp</c> or <c>tls</c>.</summary>
    public string Transport { get; } = transport;

    /// <summary>SIP user and authentication id.</summary>
    public string User { get; } = user;

    /// <summary>SIP password.</summary>
    public Secret Secret { get; } = secret;

    /// <summary>The same as a QR code, a whole SVG element.</summary>
    public string QrSvg { get; } = qrSvg;
}
