using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Faults;

namespace CallCenter.Simulators.Ucm.Sessions;

/// <summary>Challenges, logins, cookies and the block list of addresses that failed too often.</summary>
internal sealed class UcmSessions(UcmSimulatorOptions options, FaultSwitch faults, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string User, DateTimeOffset At)> _challenges = [];
    private readonly Dictionary<string, UcmSession> _sessions = [];
    private readonly Dictionary<IPAddress, (int Failures, DateTimeOffset? LockedUntil)> _addresses = [];

    /// <summary>Lower-case hex of MD5(challenge + password): the vendor's token.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "The vendor's protocol demands MD5.")]
    public static string Token(string challenge, string password) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(challenge + password)));

    /// <summary>A challenge for any user name, known or not.</summary>
    public UcmReply Challenge(string user)
    {
        var challenge = RandomNumberGenerator.GetInt32(int.MaxValue).ToString("D16", CultureInfo.InvariantCulture);
        lock (_gate)
        {
            _challenges[challenge] = (user, time.GetUtcNow());
        }

        return UcmReply.Success(new JsonObject { ["challenge"] = challenge });
    }

    public UcmReply Login(string userName, string token, IPAddress address, UcmQuirks quirks)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var (failures, lockedUntil) = _addresses.GetValueOrDefault(address);
            if (lockedUntil > now)
            {
                return Locked(quirks, lockedUntil.Value - now);
            }

            if (lockedUntil is not null)
            {
                failures = 0;
            }

            if (FindUser(userName, token, now) is not { } user)
            {
                return Failed(address, failures + 1, now, quirks);
            }

            _addresses.Remove(address);
            return UcmReply.Success(new JsonObject { ["cookie"] = Open(user, now, quirks).Cookie });
        }
    }

    public UcmSession? Find(string cookie)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_sessions.TryGetValue(cookie, out var session))
            {
                return null;
            }

            if (faults.ExpireSessions || session.Generation < faults.SessionGeneration || now - session.LastUse >= options.SessionIdleLimit)
            {
                _sessions.Remove(cookie);
                return null;
            }

            session.LastUse = now;
            return session;
        }
    }

    public void Close(UcmSession session)
    {
        lock (_gate)
        {
            _sessions.Remove(session.Cookie);
        }
    }

    private UcmApiUser? FindUser(string userName, string token, DateTimeOffset now)
    {
        foreach (var old in _challenges.Where(c => now - c.Value.At > options.ChallengeLife).Select(c => c.Key).ToList())
        {
            _challenges.Remove(old);
        }

        if (options.Users.FirstOrDefault(u => u.Name == userName) is not { } user)
        {
            return null;
        }

        var challenge = _challenges.FirstOrDefault(c => c.Value.User == userName && Token(c.Key, user.Password) == token).Key;
        return challenge is not null && _challenges.Remove(challenge) ? user : null;
    }

    private UcmReply Failed(IPAddress address, int failures, DateTimeOffset now, UcmQuirks quirks)
    {
        if (failures >= options.LoginAttempts)
        {
            _addresses[address] = (failures, now + options.LockoutPeriod);
            return Locked(quirks, options.LockoutPeriod);
        }

        _addresses[address] = (failures, null);
        return UcmReply.Failure(
            UcmStatus.WrongAccountOrPassword,
            new JsonObject { ["remain_num"] = options.LoginAttempts - failures, ["remain_time"] = 0 });
    }

    private static UcmReply Locked(UcmQuirks quirks, TimeSpan remaining) => UcmReply.Failure(
        quirks.LockedOutStatus,
        new JsonObject { ["remain_num"] = 0, ["remain_time"] = (int)Math.Ceiling(remaining.TotalSeconds) });

    private UcmSession Open(UcmApiUser user, DateTimeOffset now, UcmQuirks quirks)
    {
        if (quirks.SecondLoginEvicts)
        {
            foreach (var other in _sessions.Values.Where(s => s.User.Name == user.Name).ToList())
            {
                _sessions.Remove(other.Cookie);
            }
        }

        var number = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue);
        var cookie = string.Create(CultureInfo.InvariantCulture, $"sid{number}-{faults.Now(time).ToUnixTimeSeconds()}");
        var session = new UcmSession(cookie, user, faults.SessionGeneration, now);
        _sessions[cookie] = session;
        return session;
    }
}
