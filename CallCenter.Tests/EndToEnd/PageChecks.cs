using Microsoft.Playwright;

namespace CallCenter.Tests.EndToEnd;

/// <summary>What must hold on every page.</summary>
internal static class PageChecks
{
    /// <summary>Fails if the page scrolls sideways, and names the elements that stick out.</summary>
    public static async Task AssertNoSidewaysScrollAsync(IPage page, string what)
    {
        var guilty = await page.EvaluateAsync<string>(
            """
            () => {
              const root = document.documentElement;
              if (root.scrollWidth <= root.clientWidth) return '';
              const out = [...document.querySelectorAll('body *')].filter(e => {
                const box = e.getBoundingClientRect();
                return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1);
              });
              return `${root.scrollWidth} > ${root.clientWidth}: ` + out.slice(0, 8)
                .map(e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + (typeof e.className === 'string' && e.className ? '.' + e.className.trim().split(/\s+/).join('.') : ''))
                .join(', ');
            }
            """);
        Assert.True(guilty.Length == 0, $"{what} scrolls sideways ({guilty})");
    }
}
