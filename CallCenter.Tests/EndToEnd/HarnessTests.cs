namespace CallCenter.Tests.EndToEnd;

/// <summary>The checks themselves must fail when they should.</summary>
public sealed class HarnessTests : IAsyncLifetime
{
    private Chromium _chromium = null!;

    public async Task InitializeAsync() => _chromium = await Chromium.StartAsync();

    public async Task DisposeAsync() => await _chromium.DisposeAsync();

    [Fact]
    public async Task Checks_BadPage_AreReported()
    {
        await using var context = await _chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 800 } });
        await Accessibility.PrepareAsync(context);
        var page = await context.NewPageAsync();
        await page.GotoAsync("data:text/html,<!DOCTYPE html><html><body><input><div class=wide style=width:900px>x</div></body></html>");

        var violations = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Accessibility.AssertNoViolationsAsync(page, "bad page"));
        var scroll = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => PageChecks.AssertNoSidewaysScrollAsync(page, "bad page"));

        Assert.Contains("- label (critical)", violations.Message, StringComparison.Ordinal);
        Assert.Contains("- html-has-lang (serious)", violations.Message, StringComparison.Ordinal);
        Assert.Contains("div.wide", scroll.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_GoodPage_Pass()
    {
        await using var context = await _chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 800 } });
        await Accessibility.PrepareAsync(context);
        var page = await context.NewPageAsync();
        await page.GotoAsync("data:text/html,<!DOCTYPE html><html lang=en><title>t</title><main><h1>x</h1></main></html>");

        await Accessibility.AssertNoViolationsAsync(page, "good page");
        await PageChecks.AssertNoSidewaysScrollAsync(page, "good page");
    }
}
