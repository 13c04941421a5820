using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Access;
using Microsoft.Net.Http.Headers;

namespace CallCenter.Web.Composition;

internal static class RecordingEndpoints
{
    public static void MapPortalRecordings(this WebApplication app)
    {
        app.MapGet("/{slug}/recordings/{id:guid}/audio", (HttpContext context, string slug, Guid id, PageAccess access, IRecordings recordings) =>
            SendAsync(context, slug, access, Permissions.Recordings.Play, () => recordings.OpenAsync(id, false, context.RequestAborted)));
        app.MapGet("/{slug}/recordings/{id:guid}/whole", (HttpContext context, string slug, Guid id, PageAccess access, IRecordings recordings) =>
            SendAsync(context, slug, access, Permissions.Recordings.PlayMarked, () => recordings.OpenWholeAsync(id, context.RequestAborted)));
        app.MapGet("/{slug}/recordings/{id:guid}/download", (HttpContext context, string slug, Guid id, PageAccess access, IRecordings recordings) =>
            SendAsync(
                context, slug, access, Permissions.Recordings.Download, () => recordings.OpenAsync(id, true, context.RequestAborted), download: true));
    }

    /// <summary>
    /// Audio, whole or a range of it. Whoever may not hear it finds nothing, as on pages. The file is of one version for ever, so its
    /// hash is its tag; no cache keeps it, as the right to hear it may end.
    /// </summary>
    private static async Task<IResult> SendAsync(
        HttpContext context, string slug, PageAccess access, string permission, Func<Task<Result<OpenRecording>>> open, bool download = false)
    {
        var entry = await access.EnterAsync(
            context.User, slug, [new RequirePermissionAttribute(permission)], context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted);
        if (entry != PageEntry.Open)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        var opened = await open();
        if (opened.Error is { } error)
        {
            return error == RecordingErrors.StoreFailed ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.NotFound();
        }

        var recording = opened.Value;
        return Results.Stream(
            recording.Audio, "audio/wav", download ? recording.FileName : null, new DateTimeOffset(recording.StoredAtUtc, TimeSpan.Zero),
            new EntityTagHeaderValue($"\"{recording.Sha256}\""), enableRangeProcessing: true);
    }
}
