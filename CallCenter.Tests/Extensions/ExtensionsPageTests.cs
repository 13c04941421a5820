using Bunit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using NSubstitute;

namespace CallCenter.Tests.Extensions;

public sealed class ExtensionsPageTests : ExtensionPageContext
{
    [Fact]
    public void Render_Extensions_SayWhoWhereAndSinceWhen()
    {
        Show(Row() with { UserId = Guid.NewGuid(), UserName = "Aoife B." });

        var page = Open();

        var row = page.Find("tbody tr").TextContent;
        Assert.Contains("1005", row, StringComparison.Ordinal);
        Assert.Contains("Aoife B.", row, StringComparison.Ordinal);
        Assert.Contains("Registered", row, StringComparison.Ordinal);
        Assert.Contains("since 2 h ago", Flat(row), StringComparison.Ordinal);
        Assert.Contains("GRP2614", row, StringComparison.Ordinal);
        Assert.Contains("192.0.2.10:5060", row, StringComparison.Ordinal);
        Assert.Contains("Created here", row, StringComparison.Ordinal);
        Assert.Equal("1", page.Find(".count").TextContent);
        Assert.Contains("1 of 1 registered", page.Find(".ext-summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("read 8 s ago", page.Find(".ext-age").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NotRegistered_SaysWhenItLastWas()
    {
        Show(Row() with { Status = LineStatus.Offline, LastRegisteredAtUtc = Now.AddMinutes(-30) }, Row("1006") with { Status = LineStatus.Offline, LastRegisteredAtUtc = null });

        var rows = Open().FindAll("tbody tr");

        Assert.Contains("Last registered 30 min ago", Flat(rows[0].TextContent), StringComparison.Ordinal);
        Assert.Contains("Never registered", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExtensionState.Creating, ExtensionStep.Queued, "Creating", "Waits to be sent.")]
    [InlineData(ExtensionState.Changing, ExtensionStep.Sent, "Changing", "is being checked")]
    [InlineData(ExtensionState.Deleting, ExtensionStep.Written, "Deleting", "in force with its next apply")]
    public void Render_Pending_SaysHowFarItIs(ExtensionState state, ExtensionStep step, string word, string reason)
    {
        Show(Row() with { State = state, Step = step });

        var cell = Open().Find(".ext-state").TextContent;

        Assert.Contains(word, cell, StringComparison.Ordinal);
        Assert.Contains(reason, cell, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Waiting_SaysWhyAndUntilWhen()
    {
        Show(Row() with { State = ExtensionState.Creating, Step = ExtensionStep.Written, ErrorCode = ExtensionErrors.ApplyConference.Code, NextAttemptAtUtc = Now.AddMinutes(5) });

        var cell = Open().Find(".ext-state").TextContent;

        Assert.Contains("A conference is under way", cell, StringComparison.Ordinal);
        Assert.Contains("Next try at 18:05.", cell, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Failed_SaysTheLikeliestCause()
    {
        Show(FailedRow(ExtensionOperation.Create, ExtensionHints.WeakSecret, ExtensionHints.MissingField));

        var cell = Open().Find(".ext-state").TextContent;

        Assert.Contains("Not created", cell, StringComparison.Ordinal);
        Assert.Contains("breaks the PBX's password rules", cell, StringComparison.Ordinal);
        Assert.DoesNotContain("weak_secret", cell, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Troubles_EachHaveTheirMark()
    {
        Show(Row() with { Locked = true, Flapping = true, Enabled = false, Differences = 2, MissingSinceUtc = Now.AddDays(-1) });

        var marks = Open().Find(".ext-badges").TextContent;

        foreach (var mark in new[] { "Locked by the PBX", "Unstable", "Out of service", "Differs: 2", "Missing on the PBX" })
        {
            Assert.Contains(mark, marks, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Render_ReadingsAreOld_WarnsThatTheyMayNotHold()
    {
        Show([Row()], 1, Now.AddMinutes(-10));

        var page = Open();

        Assert.Contains("has not answered for a while", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Contains("read 10 min ago", page.Find(".ext-age.is-stale").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WorkWaitsForThePbx_SaysHowMuchWhyAndUntilWhen()
    {
        var run = new ExtensionRunProgress(Guid.NewGuid(), ExtensionRunKind.Create, 500, 118, 2, 0, 300, 80, Now, "Nora", null, null);
        Extensions.GetQueueAsync().ReturnsForAnyArgs(new ExtensionQueueStatus(3, 2, ExtensionErrors.ApplyTooSoon.Code, Now.AddMinutes(1), [run]));

        var page = Open();

        var summary = Flat(page.Find(".ext-summary").TextContent);
        Assert.Contains("On their way to the PBX: 3", summary, StringComparison.Ordinal);
        Assert.Contains("wants a pause", summary, StringComparison.Ordinal);
        Assert.Contains("Next try at 18:01.", summary, StringComparison.Ordinal);
        Assert.EndsWith("?state=Failed", page.Find(".ext-failed").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal($"riyadh/extensions/runs/{run.Id}", page.Find(".ext-run").GetAttribute("href"));
        Assert.Contains("120 of 500", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NotLoadedYet_ShowsTheShapeOfWhatComes()
    {
        Extensions.ListAsync(default!).ReturnsForAnyArgs(new TaskCompletionSource<Result<ExtensionPage>>().Task);

        Assert.NotNull(Open().Find(".skeleton[role=status]"));
    }

    [Fact]
    public void Render_Failing_SaysSoAndTriesAgain()
    {
        Extensions.ListAsync(default!).ReturnsForAnyArgs(AccessErrors.Denied);
        var page = Open();
        Assert.NotNull(page.Find(".failed[role=alert]"));

        Show(Row());
        page.Find(".failed button").Click();

        Assert.Single(page.FindAll("tbody tr"));
    }

    [Theory]
    [InlineData(TenantRole.Admin, "riyadh/settings/call-center")]
    [InlineData(TenantRole.Supervisor, null)]
    public void Render_NoPbx_LeadsToTheSettingsWhoeverMaySetThem(TenantRole role, string? link)
    {
        Show();
        Connect(ConnectionState.NotConfigured);

        var page = Open(role: role);

        Assert.Equal("No PBX is connected", page.Find(".empty h2").TextContent);
        Assert.Equal(link, page.FindAll(".empty a") is [var way, ..] ? way.GetAttribute("href") : null);
    }

    [Fact]
    public void Render_NoRange_AsksForOneFirst()
    {
        Show();
        Extensions.SuggestNumberAsync().ReturnsForAnyArgs(ExtensionErrors.NoRange);

        Assert.Equal("No numbers to hand out yet", Open().Find(".empty h2").TextContent);
    }

    [Fact]
    public void Render_NoExtensions_OffersToCreate()
    {
        Show();
        var page = Open();

        page.Find(".empty .btn-primary").Click();

        Assert.Equal("1007", page.Find("#create-Number").GetAttribute("value"));
        Assert.Equal("riyadh/extensions/new-many", page.Find(".empty a").GetAttribute("href"));
    }

    [Fact]
    public void Render_NoMatch_ShowsTheWayBack()
    {
        Extensions.ListAsync(default!).ReturnsForAnyArgs(new ExtensionPage([], 1, 0, 3, 12, Now));
        var page = Open("?q=zz&state=Failed");

        page.Find(".empty button").Click();

        Assert.EndsWith("/riyadh/extensions", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_FiltersInTheAddress_AreWhatIsAskedFor()
    {
        var run = Guid.NewGuid();
        Open($"?q=12&state=Failed&registered=no&web=yes&origin=Pbx&assigned=no&attention=1&run={run}&sort=LastRegistered&desc=1&page=3");

        var expected = new ExtensionQuery
        {
            Search = "12",
            State = ExtensionState.Failed,
            Registered = false,
            WebPhone = true,
            Origin = ExtensionOrigin.Pbx,
            Assigned = false,
            Attention = true,
            RunId = run,
            Sort = ExtensionSort.LastRegistered,
            Descending = true,
            Page = 3,
        };
        Extensions.Received(1).ListAsync(expected, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Sort_HeadPressedTwice_TurnsTheOrderRound()
    {
        var page = Open("?page=2");

        page.FindAll("th .sort").Single(head => head.TextContent.Trim() == "Name").Click();
        Assert.EndsWith("/riyadh/extensions?sort=Name", Navigation.Uri, StringComparison.Ordinal);
        page.FindAll("th .sort").Single(head => head.TextContent.Trim() == "Name").Click();

        Assert.EndsWith("?sort=Name&desc=1", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("descending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task Notice_SomethingChanged_ShowsItWithoutAReload()
    {
        var row = Row() with { State = ExtensionState.Creating, Step = ExtensionStep.Queued, Status = LineStatus.Unknown };
        Show(row);
        var page = Open();
        Assert.Contains("Creating", page.Find("tbody tr").TextContent, StringComparison.Ordinal);

        Show(row with { State = ExtensionState.Active, Status = LineStatus.Idle, Version = 5 });
        await Changed();

        page.WaitForAssertion(() => Assert.Contains("Registered", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Creating", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_Rows_OffersActsAndForgetsThemWithTheFilter()
    {
        Show(Row("1001"), Row("1002") with { State = ExtensionState.Found });
        var page = Open();
        Assert.Empty(page.FindAll(".bulk-bar"));

        page.Find("thead .select input").Click();

        Assert.Contains("2 selected", page.Find(".bulk-bar").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Change", "New secrets", "Adopt", "Delete"], page.FindAll(".bulk-acts button").Select(button => button.TextContent.Trim()));
        page.Find("#filter-state").Change("Found");
        Assert.Empty(page.FindAll(".bulk-bar"));
    }

    [Fact]
    public void SelectAll_MoreThanOnePage_GathersEveryPage()
    {
        var pages = Enumerable.Range(0, 3).Select(at => Enumerable.Range(0, at < 2 ? 50 : 20).Select(i => Row($"{1000 + (at * 50) + i}")).ToArray()).ToArray();
        Extensions.ListAsync(default!).ReturnsForAnyArgs(call => new ExtensionPage(pages[call.Arg<ExtensionQuery>().Page - 1], call.Arg<ExtensionQuery>().Page, 120, 0, 120, Now));
        var page = Open();
        page.Find("thead .select input").Click();

        page.FindAll(".bulk-bar button").Single(button => button.TextContent.Contains("Select all 120", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.Contains("120 selected", page.Find(".bulk-bar").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_ReaderMayOnlyLook_OffersNothingToDo()
    {
        var page = Open(role: TenantRole.Supervisor);

        Assert.Empty(page.FindAll(".page-actions button, .page-actions a[href$=new-many], .select"));
        page.Find(".row-open").Click();

        Assert.Empty(page.FindAll("dialog.drawer .overlay-body button:not([data-copy])"));
        Assert.Contains("Nora Quinn", page.Find("dialog.drawer").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Row_HasAnAddressOfItsOwnAndKeepsTheFilters()
    {
        var row = Row();
        Show(row);
        var page = Open("?registered=yes");

        page.Find(".row-open").Click();
        Assert.EndsWith($"/riyadh/extensions/{row.Id}?registered=yes", Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("1005", page.Find("dialog.drawer h2").TextContent, StringComparison.Ordinal);
        page.Find("dialog.drawer [data-close]").Click();

        Assert.EndsWith("/riyadh/extensions?registered=yes", Navigation.Uri, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".ext-detail"));
        Extensions.ReceivedWithAnyArgs(1).ListAsync(default!);
    }

    [Fact]
    public void Open_AddressOfAnothersExtension_SaysNotFoundBesideTheList()
    {
        Extensions.GetAsync(default).ReturnsForAnyArgs(ExtensionErrors.NotFound);

        var page = Open($"/{Guid.NewGuid()}");

        Assert.Contains("no such extension", page.Find("dialog.drawer [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("tbody tr"));
    }

    [Fact]
    public async Task Notice_OpenOneIsDeleted_ClosesItAndSaysSo()
    {
        var row = Row() with { State = ExtensionState.Deleting };
        Show(row);
        var page = Open($"/{row.Id}");
        Extensions.GetAsync(row.Id, Arg.Any<CancellationToken>()).Returns(ExtensionErrors.NotFound);

        await Changed();

        page.WaitForAssertion(() => Assert.EndsWith("/riyadh/extensions", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("1005 is deleted", Assert.Single(Toasts.Shown).Text);
    }

    private static string Flat(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\s+", " ");
}
