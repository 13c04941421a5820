using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Telephony;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Calls;

/// <summary>Filters of the list: in the address, in words, picked by name.</summary>
public sealed class CallFilterPageTests : CallsPageBench
{
    [Fact]
    public void Filtered_CallsOnPhones_FollowWhatTheyCanAndAreElseCountedInWords()
    {
        var live = new PhoneCallRow(
            Guid.NewGuid(), "c1", Guid.NewGuid(), "Nora Quinn", "1001", PhoneDirection.In, "+353209100123", "", 353209100123, PhoneCallState.Active,
            Now.AddSeconds(-5), null, null, null, "", null, null, null, "", null);
        Phones.ListOpenAsync(CallFilter.None).ReturnsForAnyArgs((Result<IReadOnlyList<PhoneCallRow>>)new[] { live });
        var page = RenderPage("?agent=1001");
        page.WaitForElement("[data-phone-calls]");
        Phones.Received().ListOpenAsync(Arg.Is<CallFilter>(filter => filter.Agent == "1001"), Arg.Any<int>(), Arg.Any<CancellationToken>());

        page.InvokeAsync(() => Navigation.NavigateTo("demo/calls?queue=6500"));

        page.WaitForAssertion(() => Assert.Contains("not shown", page.Find("[data-phone-calls-hidden]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-phone-calls]"));
    }

    [Fact]
    public void Render_NumberWithoutDigits_SaysSoUnderTheFilters()
    {
        Log.SearchAsync(default!).ReturnsForAnyArgs(CallErrors.NumberWithoutDigits);

        Assert.Contains("at least one digit", RenderPage("?q=abc").Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_FilterInAddress_IsWhatIsAskedFor()
    {
        RenderPage("?q=0123&from=2026-03-01&to=2026-03-02&outcome=Abandoned&direction=Inbound&page=oabc");

        var expected = new CallFilter
        {
            Number = "0123",
            From = new DateOnly(2026, 3, 1),
            To = new DateOnly(2026, 3, 2),
            Outcome = CallOutcome.Abandoned,
            Direction = CallDirection.Inbound,
        };
        Log.Received(1).SearchAsync(expected, "oabc", Arg.Any<int>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Filter_Chosen_GoesIntoTheAddressAndBackToTheNewestPage()
    {
        var page = RenderPage("?page=oabc");

        page.Find("#filter-outcome").Change("Busy");

        Assert.EndsWith("/demo/calls?outcome=Busy", Navigation.Uri, StringComparison.Ordinal);
        Log.Received(1).SearchAsync(new CallFilter { Outcome = CallOutcome.Busy }, null, Arg.Any<int>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Chips_FilterInAddress_SayItInWordsAndTakeItAway()
    {
        var page = RenderPage("?range=last-7-days&talk-min=300&country=IE&weekday=Sunday&page=oabc");
        Assert.Equal(["Last 7 days", "Talk from 5:00", "Ireland", "Sunday"], page.FindAll(".filter-chip bdi").Select(chip => chip.TextContent));

        page.FindAll(".filter-chip")[1].Click();

        Assert.EndsWith("/demo/calls?range=last-7-days&country=IE&weekday=Sunday", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void MoreFilters_OneInForce_AreOpen()
    {
        var page = RenderPage("?agent=1002");
        Assert.Equal("1002", page.Find("#filter-agent").GetAttribute("value"));

        page.Find("#filters-more").Click();

        Assert.Empty(page.FindAll("#filter-agent"));
    }

    [Fact]
    public void Clear_FiltersSet_EmptiesTheControlsToo()
    {
        Show();
        var page = RenderPage("?q=0123&from=2026-03-01");
        Assert.Equal("0123", page.Find("#filter-q").GetAttribute("value"));

        page.Find(".empty button").Click();

        Assert.EndsWith("/demo/calls", Navigation.Uri, StringComparison.Ordinal);
        Assert.True(string.IsNullOrEmpty(page.Find("#filter-q").GetAttribute("value")));
        Assert.Empty(page.FindAll("#filter-from"));
        Assert.Empty(page.FindAll(".filter-chip"));
    }

    [Fact]
    public void Pick_QueueByName_NarrowsByItsNumber()
    {
        var page = RenderPage("?agent=1001");
        Assert.Equal("Nora Quinn (1001)", page.Find("#filter-agent").GetAttribute("value"));
        Assert.Contains(page.FindAll(".filter-chip bdi"), chip => chip.TextContent == "Extension: Nora Quinn (1001)");

        page.Find("#filter-queue").Focus();
        Assert.Equal(["Support6500", "Sales6501"], page.FindAll("#filter-queue-list li").Select(option => option.TextContent));
        page.Find("#filter-queue").Input("SUPP");
        Assert.Equal("filter-queue-option-0", page.Find("#filter-queue").GetAttribute("aria-activedescendant"));
        page.Find("#filter-queue").KeyDown("Enter");

        Assert.EndsWith("?agent=1001&queue=6500", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("Support (6500)", page.Find("#filter-queue").GetAttribute("value"));
        Assert.Equal("false", page.Find("#filter-queue").GetAttribute("aria-expanded"));
    }

    [Fact]
    public void Pick_TypedByHand_TakesNumbersInArabicDigitsAndLeavesHalfNames()
    {
        var page = RenderPage("?agent=1001");
        page.Find("#filter-queue").Input("٦٥٠٩");
        page.Find("#filter-queue").KeyDown("Enter");
        Assert.EndsWith("queue=6509", Navigation.Uri, StringComparison.Ordinal);

        page.Find("#filter-queue").Input("supp");
        page.Find("#filter-queue").Blur();

        Assert.EndsWith("queue=6509", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("6509", page.Find("#filter-queue").GetAttribute("value"));
    }

    [Fact]
    public void Pick_Client_NarrowsToThatOneAndSaysItsName()
    {
        Clients.FindAsync(Ana, Arg.Any<CancellationToken>()).Returns(new ClientDetail(Ana, new ClientForm { Name = "Ana Demo" }, [], [], Now, Now, 0));
        var page = RenderPage();

        page.Find("#filter-client").Input("ana");
        page.Find("#filter-client-list li").MouseDown();

        Assert.EndsWith($"?client-id={Ana}", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("Client: Ana Demo", page.Find(".filter-chip bdi").TextContent));
        Assert.Equal("", page.Find("#filter-client").GetAttribute("value"));
    }

    [Fact]
    public void Filter_Disposition_IsOfferedByNameAndOneThatIsGoneSaysSo()
    {
        var page = RenderPage($"?disposition={Guid.NewGuid()}");
        Assert.Equal("Result: no longer there", page.Find(".filter-chip bdi").TextContent);

        page.Find("#filter-disposition").Change(Sale.ToString());

        Assert.Equal("Result: Sale", page.Find(".filter-chip bdi").TextContent);
        Log.Received(1).SearchAsync(new CallFilter { Disposition = Sale }, null, Arg.Any<int>(), Arg.Any<CancellationToken>());
    }
}
