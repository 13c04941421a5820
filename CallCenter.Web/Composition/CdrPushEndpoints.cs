using CallCenter.Core.Calls;

namespace CallCenter.Web.Composition;

/// <summary>Where PBXs push call detail. No cookie and no form: the secret in the address or the header is the right.</summary>
internal static class CdrPushEndpoints
{
    /// <summary>First part of the address.</summary>
    public const string Prefix = "/hooks/cdr";

    private const string SecretHeader = "X-CallCenter-Secret";
    private const int RetryAfterSeconds = 10;

    public static void MapPortalCdrPush(this WebApplication app) =>
        app.MapPost(Prefix + "/{slug}/{secret?}", ReceiveAsync).AllowAnonymous().DisableAntiforgery();

    /// <summary>A path for the log: what follows the tenant in a push's address is its secret.</summary>
    public static string? WithoutSecret(string? path)
    {
        foreach (var prefix in (string[])[Prefix, RecordingPauseEndpoints.Prefix])
        {
            if (path?.StartsWith(prefix + "/", StringComparison.OrdinalIgnoreCase) == true)
            {
                var end = path.IndexOf('/', prefix.Length + 1);
                return end < 0 ? path : path[..end] + "/…";
            }
        }

        return path;
    }

    private static async Task<IResult> ReceiveAsync(HttpContext context, string slug, ICdrPushReceiver receiver, string? secret = null)
    {
        if (context.Request.ContentLength > ICdrPushReceiver.MaxBytes)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        secret ??= context.Request.Headers[SecretHeader].ToString();
        var received = await receiver.ReceiveAsync(
            slug, secret, context.Request.Body, context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted);
        if (received.Error is not { } error)
        {
            var (legs, added, refused) = received.Value;
            return Results.Json(new { legs, added, refused });
        }

        if (error == CallErrors.PushTooOften)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        return Results.StatusCode(
            error == CallErrors.PushGarbage ? StatusCodes.Status400BadRequest
            : error == CallErrors.PushTooLarge ? StatusCodes.Status413PayloadTooLarge
            : StatusCodes.Status404NotFound);
    }
}
