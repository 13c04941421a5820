using CallCenter.Core.Clients;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Access;
using CallCenter.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Composition;

internal static class ClientEndpoints
{
    public static void MapPortalClients(this WebApplication app) => app.MapGet("/{slug}/clients/export.csv", ExportAsync);

    /// <summary>The client book as a file. Who may not have it finds nothing here, as on pages.</summary>
    private static async Task<IResult> ExportAsync(
        HttpContext context, string slug, PageAccess access, IClientTransfer transfer, IStringLocalizer<ClientsText> texts, TimeProvider clock)
    {
        var entry = await access.EnterAsync(
            context.User, slug, [new RequirePermissionAttribute(Permissions.Clients.Import)], context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted);
        if (entry != PageEntry.Open)
        {
            return Results.NotFound();
        }

        string[] headings = [texts["Name"], texts["Company"], texts["Numbers"], texts["Tags"], texts["Note"]];
        var name = $"clients-{slug}-{clock.GetUtcNow():yyyy-MM-dd}.csv";
        return Results.Stream(stream => transfer.ExportAsync(stream, headings, context.RequestAborted), "text/csv; charset=utf-8", name);
    }
}
