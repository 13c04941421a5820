using System.Buffers;
using System.Text.Json;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Access;

namespace CallCenter.Web.Composition;

/// <summary>
/// The session of the page's phone, by cookie and without a circuit. Its secrets are written here, by hand and into this one answer: the
/// types that hold them serialise to nothing.
/// </summary>
internal static class PhoneEndpoints
{
    /// <summary>Address of the session endpoint.</summary>
    public static string SessionUrl(string slug) => $"/{slug}/phone/session";

    public static void MapPortalPhone(this WebApplication app) => app.MapGet("/{slug}/phone/session", SendAsync);

    private static async Task<IResult> SendAsync(HttpContext context, string slug, PageAccess access, IPhoneSessions sessions)
    {
        context.Response.Headers.CacheControl = "no-store";
        var entry = await access.EnterAsync(
            context.User, slug, [new RequirePermissionAttribute(Permissions.Extensions.Own)], context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted);
        if (entry != PageEntry.Open)
        {
            return Refuse(StatusCodes.Status404NotFound, PhoneErrors.NoPhone);
        }

        var session = await sessions.GetAsync(context.RequestAborted);
        return session.Error is { } error ? Refuse(StatusOf(error), error) : Results.Bytes(Write(session.Value), "application/json");
    }

    private static int StatusOf(Error error) =>
        error == PhoneErrors.TooMany ? StatusCodes.Status429TooManyRequests
        : error == PhoneErrors.NoPhone || error == AccessErrors.Denied ? StatusCodes.Status404NotFound
        : StatusCodes.Status409Conflict;

    private static IResult Refuse(int status, Error error) => Results.Json(new { code = error.Code }, statusCode: status);

    // Names as contract.ts has them.
    private static byte[] Write(PhoneSession session)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("account");
        json.WriteString("uri", session.Account.Uri);
        json.WriteString("authUser", session.Account.AuthUser);
        json.WriteString("realm", session.Account.Realm);
        json.WriteString("ha1", session.Account.Ha1.Reveal());
        json.WriteString("displayName", session.Account.DisplayName);
        json.WriteEndObject();
        json.WriteStartArray("servers");
        foreach (var server in session.Servers)
        {
            json.WriteStartObject();
            json.WriteString("url", server.Url);
            json.WriteNumber("weight", server.Weight);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("iceServers");
        foreach (var server in session.IceServers)
        {
            json.WriteStartObject();
            WriteStrings(json, "urls", server.Urls);
            if (server is { UserName: { } name, Credential: { } credential })
            {
                json.WriteString("username", name);
                json.WriteString("credential", credential.Reveal());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (session.ExpiresAtUtc is { } expires)
        {
            json.WriteNumber("expiresAt", new DateTimeOffset(expires, TimeSpan.Zero).ToUnixTimeMilliseconds());
        }
        else
        {
            json.WriteNull("expiresAt");
        }

        WritePolicy(json, session.Policy);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WritePolicy(Utf8JsonWriter json, PhonePolicy policy)
    {
        json.WriteStartObject("policy");
        json.WriteNumber("registerSeconds", policy.RegisterSeconds);
        json.WriteString("dtmf", Word(policy.Dtmf));
        json.WriteNumber("maxCalls", policy.MaxCalls);
        json.WriteString("autoAnswer", Word(policy.AutoAnswer));
        json.WriteString("parkNumber", policy.ParkNumber);
        json.WriteString("conferenceNumber", policy.ConferenceNumber);
        json.WriteNumber("mediaTimeoutSeconds", policy.MediaTimeoutSeconds);
        WriteStrings(json, "codecs", policy.Codecs);
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
