using CallCenter.Core.Exports;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Access;
using Microsoft.Net.Http.Headers;

namespace CallCenter.Web.Composition;

internal static class ExportEndpoints
{
    public static void MapPortalExports(this WebApplication app)
    {
        app.MapGet("/{slug}/exports/{id:guid}/file", (HttpContext context, string slug, Guid id, PageAccess access, IExports exports) => SendAsync(context, slug, id, access, exports, isPage: false));
        app.MapGet("/{slug}/exports/{id:guid}/print", (HttpContext context, string slug, Guid id, PageAccess access, IExports exports) => SendAsync(context, slug, id, access, exports, isPage: true));
    }

    /// <summary>The file, in ranges too, so that a broken download goes on. Who may not have it finds nothing here, as on pages.</summary>
    private static async Task<IResult> SendAsync(HttpContext context, string slug, Guid id, PageAccess access, IExports exports, bool isPage)
    {
        var entry = await access.EnterAsync(
            context.User, slug, [new RequirePermissionAttribute(Permissions.Reports.Export)], context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted);
        if (entry != PageEntry.Open)
        {
            return Results.NotFound();
        }

        // Going on with a download is not another one for the audit log.
        var isContinued = context.Request.GetTypedHeaders().Range?.Ranges.FirstOrDefault() is { From: > 0 };
        if (await exports.OpenAsync(id, isContinued, context.RequestAborted) is not { Succeeded: true, Value: var file })
        {
            return Results.NotFound();
        }

        if (file.IsPage != isPage)
        {
            await file.Content.DisposeAsync();
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "private, no-store";
        var tag = new EntityTagHeaderValue($"\"{id:N}-{file.Content.Length}\"");
        return Results.Stream(file.Content, file.ContentType, isPage ? null : file.Name, new DateTimeOffset(file.FinishedAtUtc), tag, enableRangeProcessing: true);
    }
}
