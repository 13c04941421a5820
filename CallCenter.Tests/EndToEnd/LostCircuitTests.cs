using Microsoft.Playwright;

namespace CallCenter.Tests.EndToEnd;

/// <summary>A connection that breaks must not cost anyone what they typed.</summary>
[Collection(PagesCollection.Name)]
public sealed class LostCircuitTests(EndToEndFixture fixture)
{
    private const string Notice = "#components-reconnect-modal";

    [Fact]
    public async Task Connection_BreaksForAMoment_TheFormGoesOn()
    {
        await using var visitor = await fixture.VisitAsync();
        await visitor.BecomeAsync("owner@demo.example");
        await BeginToTypeAsync(visitor, "demo");

        await visitor.Page.EvaluateAsync("() => Blazor._internal.forceCloseConnection()");
        await visitor.Page.Locator($"{Notice}.components-reconnect-hide").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        Assert.Equal("Half typed", await visitor.Page.InputValueAsync("#person-name"));
        await visitor.Page.ClickAsync("dialog[open] button[type=submit]");
        await visitor.Page.Locator("#person-user-name-error").WaitForAsync();
        Assert.Equal("Half typed", await visitor.Page.InputValueAsync("#person-name"));
    }

    [Theory]
    [InlineData("en", "demo", "This page must be loaded again")]
    [InlineData("ar", "riyadh", "يجب تحميل هذه الصفحة من جديد")]
    public async Task Portal_Restarted_SaysSoAndPutsTypedTextBack(string language, string slug, string notice)
    {
        await using var portal = await RunningPortal.StartAsync(days: 1, callsPerWorkday: 5);
        await using var visitor = await Visitor.ArriveAsync(fixture.Chromium, portal, new VisitorOptions(language));
        await visitor.SignInAsync($"owner@{slug}.example");
        await BeginToTypeAsync(visitor, slug);

        await portal.KillAsync();
        await visitor.Page.Locator($"{Notice}.components-reconnect-show").WaitForAsync();
        await portal.StartProcessAsync();
        await visitor.Page.Locator($"{Notice}.components-reconnect-rejected").WaitForAsync();
        Assert.Contains(notice, await visitor.Page.Locator(Notice).InnerTextAsync(), StringComparison.Ordinal);

        // Above the open dialog, so that it can be pressed.
        await visitor.Page.ClickAsync($"{Notice} [data-reload]");
        await visitor.Page.Locator("#components-reconnect-modal:not(.components-reconnect-rejected)").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visitor.WaitUntilReadyAsync();
        await visitor.Page.ClickAsync(".page-actions .btn-primary");

        await Assertions.Expect(visitor.Page.Locator("#person-name")).ToHaveValueAsync("Half typed");
    }

    private static async Task BeginToTypeAsync(Visitor visitor, string slug)
    {
        await visitor.OpenAsync($"/{slug}/users");
        await visitor.Page.ClickAsync(".page-actions .btn-primary");
        await visitor.Page.FillAsync("#person-name", "Half typed");
    }
}
