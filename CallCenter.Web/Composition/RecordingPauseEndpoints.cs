using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;

namespace CallCenter.Web.Composition;

/// <summary>Where other systems say that what is spoken now is not to be heard again. The secret in the address or the header is the right.</summary>
internal static class RecordingPauseEndpoints
{
    /// <summary>First part of the address.</summary>
    public const string Prefix = "/hooks/recording-pause";

    private const string SecretHeader = "X-CallCenter-Secret";
    private const int RetryAfterSeconds = 10;

    public static void MapPortalRecordingPauses(this WebApplication app) =>
        app.MapPost(Prefix + "/{slug}/{secret?}", ReceiveAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> ReceiveAsync(HttpContext context, string slug, IRecordingPauseReceiver receiver, string? secret = null)
    {
        if (context.Request.ContentLength > IRecordingPauseReceiver.MaxBytes)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        secret ??= context.Request.Headers[SecretHeader].ToString();
        var received = await receiver.ReceiveAsync(
            slug, secret, context.Request.Body, context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted);
        if (received.Error is not { } error)
        {
            var mark = received.Value;
            return Results.Json(new { id = mark.Id, extension = mark.Extension, from = mark.FromUtc, until = mark.UntilUtc, honoured = mark.Honoured });
        }

        if (error == CallErrors.PushTooOften)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        return error == CallErrors.PushUnknown ? Results.NotFound()
            : error == CallErrors.PushTooLarge ? Results.StatusCode(StatusCodes.Status413PayloadTooLarge)
            : Results.Json(new { error = error.Code, message = error.Message }, statusCode: StatusOf(error));
    }

    // Right in form and wrong in this moment is a conflict.
    private static int StatusOf(Error error) =>
        error == RecordingPauseErrors.NothingOpen || error.Code.StartsWith("telephony.", StringComparison.Ordinal)
            ? StatusCodes.Status409Conflict
            : StatusCodes.Status400BadRequest;
}
