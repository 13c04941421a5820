namespace CallCenter.Demo.Peers;

/// <summary>A simulated peer as scripts and people need it.</summary>
/// <param name="Name">Unique; also its path on the control address.</param>
/// <param name="Kind"><c>ucm</c>, <c>gdms</c> or <c>stun</c>.</param>
/// <param name="Address">URI it answers on.</param>
/// <param name="User">API user; null where there is none.</param>
/// <param name="Password">Its password.</param>
/// <param name="CertificateSha256">Upper-case hex; null without TLS.</param>
/// <param name="Control">Where its misbehaviour is switched; null if it cannot be.</param>
public sealed record DemoPeer(string Name, string Kind, Uri Address, string? User = null, string? Password = null, string? CertificateSha256 = null, Uri? Control = null);
