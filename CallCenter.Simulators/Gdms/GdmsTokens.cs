using CallCenter.Simulators.Faults;

namespace CallCenter.Simulators.Gdms;

/// <summary>Tokens as the OAuth endpoint gives them. Access tokens may be used until they expire, refresh tokens once.</summary>
internal sealed class GdmsTokens(FaultSwitch faults, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Grant> _byAccess = [];
    private readonly Dictionary<string, Grant> _byRefresh = [];

    public Grant Issue(GdmsLogin login, GdmsQuirks quirks)
    {
        var now = time.GetUtcNow();
        var grant = new Grant(
            Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), login, faults.SessionGeneration,
            now + quirks.TokenLifetime, now + quirks.RefreshTokenLifetime);
        lock (_gate)
        {
            _byAccess[grant.AccessToken] = grant;
            _byRefresh[grant.RefreshToken] = grant;
        }

        return grant;
    }

    /// <summary>Uses up a refresh token and ends its access token; null when it is unknown, used, expired or another client's.</summary>
    public Grant? Refresh(string refreshToken, string apiId, GdmsQuirks quirks)
    {
        lock (_gate)
        {
            if (!_byRefresh.TryGetValue(refreshToken, out var grant) || grant.Login.ApiId != apiId)
            {
                return null;
            }

            _byRefresh.Remove(refreshToken);
            _byAccess.Remove(grant.AccessToken);
            return IsOver(grant, grant.RefreshExpires) ? null : Issue(grant.Login, quirks);
        }
    }

    /// <summary>Who holds the token; null when it is unknown or expired.</summary>
    public GdmsLogin? Find(string accessToken)
    {
        lock (_gate)
        {
            return _byAccess.TryGetValue(accessToken, out var grant) && !IsOver(grant, grant.AccessExpires) && !faults.Current.ExpireSessions
                ? grant.Login
                : null;
        }
    }

    /// <summary>Ends every grant of a user, as a changed password does.</summary>
    public void Revoke(string userName)
    {
        lock (_gate)
        {
            foreach (var grant in _byAccess.Values.Concat(_byRefresh.Values).Where(g => g.Login.UserName == userName).ToList())
            {
                _byAccess.Remove(grant.AccessToken);
                _byRefresh.Remove(grant.RefreshToken);
            }
        }
    }

    private bool IsOver(Grant grant, DateTimeOffset expires) =>
        grant.Generation != faults.SessionGeneration || time.GetUtcNow() >= expires;

    internal sealed record Grant(
        string AccessToken,
        string RefreshToken,
        GdmsLogin Login,
        long Generation,
        DateTimeOffset AccessExpires,
        DateTimeOffset RefreshExpires);
}
