using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Settings;

/// <summary>Stored outcome of the connection checks of one PBX.</summary>
public sealed class PbxStatus : ITenantOwned
{
    /// <summary>Longest error code, in characters.</summary>
    public const int ErrorCodeMaxLength = 80;

    /// <summary>How long refused credentials are left alone unless the settings change.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>The connection; key.</summary>
    public required Guid PbxId { get; init; }

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Version of the connection that was checked.</summary>
    public int SettingsVersion { get; private set; }

    /// <summary>Never <see cref="ConnectionState.NotConfigured"/>.</summary>
    public ConnectionState State { get; private set; } = ConnectionState.Unknown;

    /// <summary>Last check, UTC.</summary>
    public DateTime CheckedAtUtc { get; private set; }

    /// <summary>When the state began, UTC.</summary>
    public DateTime SinceUtc { get; private set; }

    /// <summary>Last passed check, UTC.</summary>
    public DateTime? LastOkAtUtc { get; private set; }

    /// <summary>Code of the last failure; kept after recovery.</summary>
    public string? LastErrorCode { get; private set; }

    /// <summary>When it happened, UTC.</summary>
    public DateTime? LastErrorAtUtc { get; private set; }

    /// <summary>Failed checks in a row.</summary>
    public int FailedAttempts { get; private set; }

    /// <summary>End of the pause while resting, UTC.</summary>
    public DateTime? NextAttemptAtUtc { get; private set; }

    /// <summary>Counts saves; two checks at once are told apart by it.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Whether a check may log in now. Changed settings end every pause.</summary>
    public bool MayTry(int settingsVersion, DateTime nowUtc) =>
        State != ConnectionState.Resting || SettingsVersion != settingsVersion || nowUtc >= NextAttemptAtUtc;

    /// <summary>Notes the outcome of a check of the given version of the connection.</summary>
    /// <param name="error">Null when it passed.</param>
    /// <param name="settingsVersion">Version of the connection that was checked.</param>
    /// <param name="nowUtc">Now.</param>
    /// <returns>True when the state or the kind of failure changed: worth a log line.</returns>
    public bool Note(Error? error, int settingsVersion, DateTime nowUtc)
    {
        var state = error is null ? ConnectionState.Connected
            : error.Code == TelephonyErrors.WrongCredentials.Code || error.Code == TelephonyErrors.LockedOut.Code ? ConnectionState.Resting
            : ConnectionState.Failing;
        var news = state != State || (error is not null && error.Code != LastErrorCode);
        if (state != State)
        {
            SinceUtc = nowUtc;
        }

        State = state;
        SettingsVersion = settingsVersion;
        CheckedAtUtc = nowUtc;
        NextAttemptAtUtc = state == ConnectionState.Resting ? nowUtc + Pause : null;
        if (error is null)
        {
            LastOkAtUtc = nowUtc;
            FailedAttempts = 0;
        }
        else
        {
            LastErrorCode = error.Code;
            LastErrorAtUtc = nowUtc;
            FailedAttempts++;
        }

        return news;
    }

    /// <summary>As pages see it, for the connection's current version.</summary>
    public ConnectionStatus ToStatus(int settingsVersion) => new(
        SettingsVersion == settingsVersion ? State : ConnectionState.Unknown,
        CheckedAtUtc,
        SinceUtc,
        LastOkAtUtc,
        LastErrorCode,
        LastErrorAtUtc,
        SettingsVersion == settingsVersion ? FailedAttempts : 0,
        SettingsVersion == settingsVersion ? NextAttemptAtUtc : null);
}
