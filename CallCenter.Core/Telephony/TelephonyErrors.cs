using CallCenter.Core.Primitives;

namespace CallCenter.Core.Telephony;

/// <summary>What can go wrong between the portal and a PBX, whatever its kind.</summary>
public static class TelephonyErrors
{
    /// <summary>The tenant has no PBX connection yet.</summary>
    public static readonly Error NotConfigured = new("telephony.not_configured", "No PBX connection is set up.");

    /// <summary>The host name cannot be resolved.</summary>
    public static readonly Error NameNotFound = new("telephony.name_not_found", "The host name cannot be resolved.");

    /// <summary>The outbound address policy forbids the address.</summary>
    public static readonly Error AddressNotAllowed = new("telephony.address_not_allowed", "The address is not allowed by the outbound policy.");

    /// <summary>Nobody listens, or the connection was reset before an answer.</summary>
    public static readonly Error Unreachable = new("telephony.unreachable", "The PBX does not accept connections.");

    /// <summary>No answer in time.</summary>
    public static readonly Error TimedOut = new("telephony.timed_out", "The PBX did not answer in time.");

    /// <summary>The connection ended in the middle of an answer.</summary>
    public static readonly Error Dropped = new("telephony.dropped", "The PBX dropped the connection half-way through its answer.");

    /// <summary>The port answers, but no TLS connection can be set up: plain HTTP, or no common protocol or cipher.</summary>
    public static readonly Error NoSecureConnection = new("telephony.no_secure_connection", "No secure connection can be set up with the PBX.");

    /// <summary>The certificate is neither publicly trusted nor the pinned one.</summary>
    public static readonly Error CertificateRefused = new("telephony.certificate_refused", "The PBX shows a certificate that is not the pinned one.");

    /// <summary>Wrong user or password. Never retried by itself: the PBX locks out.</summary>
    public static readonly Error WrongCredentials = new("telephony.wrong_credentials", "The PBX refuses the API user or password.");

    /// <summary>The PBX has locked the account or our address (UCM -68, -70).</summary>
    public static readonly Error LockedOut = new("telephony.locked_out", "The PBX has locked us out after failed logins.");

    /// <summary>The API user lacks the permission for the action (UCM -47).</summary>
    public static readonly Error NotPermitted = new("telephony.not_permitted", "The API user lacks the permission for this action.");

    /// <summary>The session ended and a new login did not help (UCM -5, -6).</summary>
    public static readonly Error SessionLost = new("telephony.session_lost", "The PBX ended the session again and again.");

    /// <summary>Asked too often, or another task runs (UCM -45, -46, -51, -57).</summary>
    public static readonly Error Busy = new("telephony.busy", "The PBX is busy; try again shortly.");

    /// <summary>The PBX understood and refused, for a reason without a better name here.</summary>
    public static readonly Error Refused = new("telephony.refused", "The PBX refused the request.");

    /// <summary>The answer is not what a PBX of this kind says.</summary>
    public static readonly Error Garbage = new("telephony.garbage", "The answer cannot be understood.");

    /// <summary>This kind of PBX does not offer the function, or its adapter does not yet.</summary>
    public static readonly Error Unsupported = new("telephony.unsupported", "This kind of PBX does not offer that.");
}
