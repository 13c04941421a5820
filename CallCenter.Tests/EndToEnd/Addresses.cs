using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CallCenter.Tests.EndToEnd;

/// <summary>
/// Waits for the browser's address and nothing else. Playwright's own wait asks for the load event as well, and on a busy machine that
/// event may have passed unseen.
/// </summary>
internal static class Addresses
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static Task ReachesAsync(this IPage page, string path, TimeSpan? patience = null) =>
        Assertions.Expect(page).ToHaveURLAsync(At(path), new() { Timeout = (float)(patience ?? Patience).TotalMilliseconds });

    public static Task LeavesAsync(this IPage page, string path) =>
        Assertions.Expect(page).Not.ToHaveURLAsync(At(path), new() { Timeout = (float)Patience.TotalMilliseconds });

    private static Regex At(string path) => new($"^[a-z]+://[^/]+{Regex.Escape(path)}");
}
