using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Simulators.Faults;

namespace CallCenter.Simulators.Gdms;

/// <summary>Gives tokens and checks tokens, timestamps and signatures.</summary>
internal sealed class GdmsAuthority(GdmsWorld world, GdmsTokens tokens, FaultSwitch faults, TimeProvider time)
{
    /// <summary>The token endpoint, by form or by query.</summary>
    public GdmsReply Token(GdmsCall call, GdmsQuirks quirks)
    {
        if (call.Method is not ("GET" or "POST"))
        {
            return GdmsReply.HttpError(405, "Method Not Allowed", call.Path);
        }

        if (call.Text("client_id") is not { Length: > 0 } apiId || call.Text("client_secret") is not { Length: > 0 } secret)
        {
            return GdmsReply.OAuthError(401, "invalid_client", "Client credentials are missing");
        }

        var client = world.Logins.FirstOrDefault(l => l.ApiId == apiId && l.ApiSecret == secret);
        if (client is null)
        {
            return GdmsReply.OAuthError(401, "invalid_client", "Bad client credentials");
        }

        return call.Text("grant_type") switch
        {
            "password" => ByPassword(call, apiId, secret, quirks),
            "refresh_token" => ByRefresh(call, apiId, quirks),
            null or "" => GdmsReply.OAuthError(400, "invalid_request", "Missing grant type"),
            var other => GdmsReply.OAuthError(400, "unsupported_grant_type", $"Unsupported grant type: {other}"),
        };
    }

    /// <summary>Null when the call may go on.</summary>
    public GdmsReply? Check(GdmsCall call, GdmsQuirks quirks)
    {
        var token = call.Query.GetValueOrDefault("access_token") ?? "";
        if (tokens.Find(token) is not { } login)
        {
            // Spring's resource server repeats the token in its answer; clients must not log that.
            return quirks.TokenFailsAsRetCode
                ? GdmsReply.Fail(GdmsReply.BadToken, "access_token is invalid or expired")
                : GdmsReply.OAuthError(401, "invalid_token", $"Invalid access token: {token}");
        }

        if (!long.TryParse(call.Query.GetValueOrDefault("timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp)
            || Math.Abs(faults.Now(time).ToUnixTimeMilliseconds() - timestamp) > quirks.TimestampTolerance.TotalMilliseconds)
        {
            return Reject(GdmsReply.BadTimestamp, "timestamp error", quirks);
        }

        // Values are signed as they are before URL encoding; that is what every client does, but nowhere stated.
        var signed = call.SignedParameters();
        signed["access_token"] = token;
        signed["client_id"] = login.ApiId;
        signed["client_secret"] = login.ApiSecret;
        var expected = GdmsSignature.Sign(signed, call.SignedBody);
        var given = call.Query.GetValueOrDefault("signature") ?? "";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given))
            ? null
            : Reject(GdmsReply.BadSignature, "signature error", quirks);
    }

    private static GdmsReply Reject(int retCode, string message, GdmsQuirks quirks) => quirks.SignatureFailsAsHttp401
        ? GdmsReply.OAuthError(401, "invalid_signature", message)
        : GdmsReply.Fail(retCode, message);

    private GdmsReply ByPassword(GdmsCall call, string apiId, string secret, GdmsQuirks quirks)
    {
        var login = world.Logins.FirstOrDefault(l => l.UserName == call.Text("username") && l.ApiId == apiId && l.ApiSecret == secret);
        return login is null || call.Text("password") != GdmsSignature.HashPassword(login.Password)
            ? GdmsReply.OAuthError(400, "invalid_grant", "Bad credentials")
            : Granted(tokens.Issue(login, quirks), quirks);
    }

    private GdmsReply ByRefresh(GdmsCall call, string apiId, GdmsQuirks quirks) =>
        tokens.Refresh(call.Text("refresh_token") ?? "", apiId, quirks) is { } grant
            ? Granted(grant, quirks)
            : GdmsReply.OAuthError(400, "invalid_grant", "Invalid refresh token");

    private static GdmsReply Granted(GdmsTokens.Grant grant, GdmsQuirks quirks) => new(200, new System.Text.Json.Nodes.JsonObject
    {
        ["access_token"] = grant.AccessToken,
        ["token_type"] = "bearer",
        ["refresh_token"] = grant.RefreshToken,
        ["expires_in"] = (long)quirks.TokenLifetime.TotalSeconds,
        ["scope"] = "all",
    });
}
