using CallCenter.Core.Tenancy;

namespace CallCenter.Web.Layout;

/// <summary>One entry of the navigation.</summary>
/// <param name="Group">Key of the group's title, <c>Nav.…</c>.</param>
/// <param name="Name">Key of its text, <c>Nav.…</c>.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Address">Where it leads.</param>
/// <param name="Go">Letter after <c>g</c>.</param>
public sealed record NavItem(string Group, string Name, string Icon, string Address, string Go);

/// <summary>What the navigation shows: only what the caller may open.</summary>
public static class NavItems
{
    /// <summary>Name of the entry that says how many callers wait.</summary>
    public const string Abandoned = "Abandoned";

    private static readonly (string Group, string Name, string Icon, string Path, string Permission, string Go)[] Table =
    [
        ("Operate", "Dashboard", "chart-column", "dashboard", Permissions.Reports.View, "b"),
        ("Operate", "Calls", "phone", "calls", Permissions.Calls.View, "c"),
        ("Operate", Abandoned, "phone-missed", "calls/abandoned", Permissions.Calls.Worklist, "w"),
        ("Operate", "Recordings", "audio-lines", "recordings", Permissions.Recordings.Play, "l"),
        ("People", "Clients", "book-user", "clients", Permissions.Clients.View, "k"),
        ("Configure", "Extensions", "hash", "extensions", Permissions.Extensions.View, "e"),
        ("Configure", "Devices", "monitor", "devices", Permissions.Devices.View, "d"),
        ("Configure", "Queues", "list", "settings/queues", Permissions.Settings.View, "q"),
        ("Configure", "Settings", "sliders-horizontal", "settings/call-center", Permissions.Settings.View, "s"),
        ("Configure", "Mail", "mail", "settings/mail", Permissions.Settings.View, "o"),
        ("Configure", "Users", "users", "users", Permissions.Users.View, "u"),
        ("Configure", "Teams", "network", "settings/teams", Permissions.Users.View, "m"),
        ("Configure", "Dispositions", "list-checks", "settings/dispositions", Permissions.Settings.Edit, "r"),
        ("Insight", "Reports", "gauge", "reports", Permissions.Reports.View, "y"),
        ("Insight", "Schedules", "calendar", "reports/schedules", Permissions.Reports.Schedule, "j"),
        ("Insight", "Exports", "file-down", "exports", Permissions.Reports.Export, "x"),
        ("Insight", "Audit", "scroll-text", "audit", Permissions.Audit.View, "a"),
    ];

    /// <summary>Every group and entry there is, for the test of the resources.</summary>
    public static IEnumerable<string> Keys =>
        Table.SelectMany(row => new[] { row.Group, row.Name }).Concat(["Platform", "Tenants", "PlatformAudit"]).Distinct().Select(name => $"Nav.{name}");

    /// <summary>Entries for the caller, in order.</summary>
    public static IEnumerable<NavItem> For(ScopeContext scope)
    {
        if (scope.HasTenant)
        {
            foreach (var row in Table.Where(row => scope.May(row.Permission)))
            {
                yield return new NavItem(row.Group, row.Name, row.Icon, $"{scope.Tenant.Slug}/{row.Path}", row.Go);
            }
        }

        if (scope.May(Permissions.Platform.Tenants))
        {
            yield return new NavItem("Platform", "Tenants", "building-2", "platform/tenants", "t");
            yield return new NavItem("Platform", "PlatformAudit", "shield-check", "platform/audit", "p");
        }
    }

    /// <summary>The entry whose page is open: of several that the address begins with, the one that says most of it; null for none.</summary>
    /// <param name="items">Entries that are shown.</param>
    /// <param name="path">Address relative to the portal's base, with or without a query.</param>
    public static NavItem? CurrentOf(IEnumerable<NavItem> items, string path)
    {
        var end = path.AsSpan().IndexOfAny('?', '#');
        var page = (end < 0 ? path : path[..end]).TrimEnd('/');
        return items
            .Where(item => page.StartsWith(item.Address, StringComparison.OrdinalIgnoreCase) && (page.Length == item.Address.Length || page[item.Address.Length] == '/'))
            .MaxBy(item => item.Address.Length);
    }
}
