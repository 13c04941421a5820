using CallCenter.Demo.Portal;

namespace CallCenter.Demo;

/// <summary>What a person reads when the demo is up.</summary>
internal static class DemoAnnouncement
{
    /// <param name="console">Where to write.</param>
    /// <param name="endpoints">What runs.</param>
    /// <param name="file">The same for scripts.</param>
    /// <param name="unstarted">Settings for a portal that the reader starts; null when it runs.</param>
    public static void Write(TextWriter console, DemoEndpoints endpoints, string file, PortalSettings? unstarted)
    {
        console.WriteLine();
        console.WriteLine($"  CallCenter   {endpoints.Portal.Address}");
        console.WriteLine($"  Chaos        {endpoints.Chaos}   (make the simulated peers misbehave)");
        console.WriteLine($"  For scripts  {file}");
        console.WriteLine();
        console.WriteLine($"  Every account's password: {endpoints.Accounts[0].Password}");
        console.WriteLine();
        WriteTable(
            console,
            ["Sign in as", "Role", "Name"],
            [.. endpoints.Accounts.Select(account => new[]
            {
                account.Email,
                account.PlatformAdministrator ? "Platform administrator" : string.Join(", ", account.Tenants.Select(t => $"{t.Role} of {t.Slug}")),
                account.Name,
            })]);
        console.WriteLine();
        WriteTable(
            console,
            ["Simulated peer", "Address", "User", "Password"],
            [.. endpoints.Peers.Select(peer => new[] { peer.Name, peer.Address.ToString(), peer.User ?? string.Empty, peer.Password ?? string.Empty })]);
        console.WriteLine();
        if (unstarted is not null)
        {
            console.WriteLine("  The portal was not started. Its settings:");
            foreach (var (name, value) in unstarted.Environment.Where(setting => setting.Value is not null))
            {
                console.WriteLine($"    export {name}='{value}'");
            }

            console.WriteLine();
        }

        console.WriteLine("  For the phone in the page, open the tenant's PBX (ucm-…) above once in the browser and accept its certificate.");
        console.WriteLine();
        console.WriteLine("  Ctrl+C stops everything. The data stays; --reset begins anew.");
        console.WriteLine();
    }

    private static void WriteTable(TextWriter console, string[] head, string[][] rows)
    {
        var widths = head.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        console.WriteLine("  " + Line(head));
        console.WriteLine("  " + string.Join("  ", widths.Select(width => new string('-', width))));
        foreach (var row in rows)
        {
            console.WriteLine("  " + Line(row));
        }

        string Line(string[] cells) => string.Join("  ", cells.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
    }
}
