namespace CallCenter.Web.Localization;

/// <summary>Addresses that a visitor may be sent back to: our own only, lest a link sends people elsewhere.</summary>
internal static class LocalUrl
{
    public static string OrHome(string? url) => IsLocal(url) ? url! : "/";

    private static bool IsLocal(string? url) =>
        url is ['/', ..] && !url.Contains('\\', StringComparison.Ordinal) && (url.Length == 1 || url[1] != '/') && !url.Any(char.IsControl);
}
