using System.Globalization;
using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Features.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using NSubstitute;

namespace CallCenter.Tests.Calls;

/// <summary>The list of calls in all its states.</summary>
public sealed class CallsPageTests : CallsPageBench
{
    [Fact]
    public async Task Render_CallsOnPhones_AreShownAboveAndReadAgainWhenTheyJoin()
    {
        var joined = () => Task.CompletedTask;
        Phones.Subscribe(Arg.Do<Func<Task>>(changed => joined = changed)).Returns(Substitute.For<IDisposable>());
        var live = new PhoneCallRow(
            Guid.NewGuid(), "c1", Guid.NewGuid(), "Nora Quinn", "1001", PhoneDirection.In, "+353209100123", "", 353209100123, PhoneCallState.Ringing,
            Now.AddSeconds(-5), null, null, null, "", null, null, null, "", null);
        Phones.ListOpenAsync(CallFilter.None).ReturnsForAnyArgs((Result<IReadOnlyList<PhoneCallRow>>)new[] { live });
        var page = RenderPage();
        Assert.Contains("Nora Quinn", page.Find("[data-phone-calls]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Ringing here", page.Find("[data-phone-calls]").TextContent, StringComparison.Ordinal);
        Log.ClearReceivedCalls();

        Phones.ListOpenAsync(CallFilter.None).ReturnsForAnyArgs((Result<IReadOnlyList<PhoneCallRow>>)Array.Empty<PhoneCallRow>());
        await joined();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-phone-calls]")));
        await Log.ReceivedWithAnyArgs(1).SearchAsync(default!);
    }

    [Fact]
    public void Render_Calls_ShowsThemInWordsAndTheTenantsZone()
    {
        var page = RenderPage();

        var row = page.Find("tbody tr");
        Assert.Contains("+353 20 910 0123", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ana Demo", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("3:07", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Answered", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 min ago", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("17:58:00 UTC+03:00", row.QuerySelector("time[title]")!.GetAttribute("title"), StringComparison.Ordinal);
        Assert.Equal("1", page.Find(".count").TextContent);
    }

    [Fact]
    public void Render_TotalCapped_SaysThatThereAreMore()
    {
        Log.SearchAsync(default!).ReturnsForAnyArgs(new KeysetPage<CallRow>([Shown], null, "o1", 1, 1));
        Log.SumAsync(default!).ReturnsForAnyArgs(new CallSums(10_000, 7_260, 0, 2_500) { IsCapped = true });

        var page = RenderPage();

        Assert.Equal("10,000+", page.Find(".count").TextContent);
        Assert.Contains("2:01:00", page.Find(".sums-line").TextContent, StringComparison.Ordinal);
        Assert.Contains("Answered: 25%", page.Find(".sums-line").TextContent, StringComparison.Ordinal);
        Assert.Contains("newest 10,000", page.Find(".sums-line").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NotLoadedYet_ShowsTheShapeOfWhatComes()
    {
        Log.SearchAsync(default!).ReturnsForAnyArgs(new TaskCompletionSource<Result<KeysetPage<CallRow>>>().Task);

        Assert.NotNull(RenderPage().Find(".skeleton[role=status]"));
    }

    [Fact]
    public void Render_SearchFails_SaysSoAndRetries()
    {
        Log.SearchAsync(default!).ReturnsForAnyArgs(AccessErrors.Denied);
        var page = RenderPage();
        Assert.NotNull(page.Find(".failed[role=alert]"));

        Show(Shown);
        page.Find(".failed button").Click();

        Assert.NotNull(page.Find("tbody tr"));
    }

    [Fact]
    public void Render_SearchStoppedEarly_SaysHowFarItCameAndGoesOn()
    {
        Log.SearchAsync(default!).ReturnsForAnyArgs(new KeysetPage<CallRow>([], null, "o9", 0, 0) { SearchedToUtc = Now.AddDays(-400) });

        var page = RenderPage("?talk-min=3600");

        Assert.Contains("Nothing found back to 26 Jan 2025", page.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("page=o9", page.Find(".empty a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void List_CallsThatCameToNothing_SayWhyInOurWordsOrThePbxs()
    {
        Show(
            Shown with { Id = Guid.NewGuid(), Outcome = CallOutcome.Failed, FailureReason = "ss-noservice" },
            Shown with { Id = Guid.NewGuid(), Outcome = CallOutcome.Blocked, FailureReason = "odd-vendor-word" },
            Shown with { Id = Guid.NewGuid(), FailureReason = "" });

        var reasons = RenderPage().FindAll(".call-reason");

        Assert.Equal(["The number is not in service", "odd-vendor-word"], reasons.Select(reason => reason.TextContent.Trim()));
        Assert.Equal("ltr", reasons[1].QuerySelector("bdi")!.GetAttribute("dir"));
    }

    [Theory]
    [InlineData(TenantRole.Admin, true)]
    [InlineData(TenantRole.Manager, false)]
    public void Header_Import_IsForThoseWhoMay(TenantRole role, bool offered) =>
        Assert.Equal(offered, RenderPage(role: role).FindAll("header a[href='demo/calls/import']").Count == 1);

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public void Texts_ChosenAtRunTime_Exist(string culture)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        var texts = Services.GetRequiredService<IStringLocalizer<CallCenter.Web.Resources.CallsText>>();

        Assert.All(CallTexts.Keys, key => Assert.False(texts[key].ResourceNotFound, key));
        Assert.Equal(culture == "ar" ? "المكالمات" : "Calls", texts["Title"].Value);
    }
}
