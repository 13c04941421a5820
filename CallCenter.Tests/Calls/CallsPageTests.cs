using System.Globalization;
using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Softphone;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Calls;
using CallCenter.Web.Features.Tenants;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using NSubstitute;

namespace CallCenter.Tests.Calls;

public sealed class CallsPageTests : BunitContext
{
    private static readonly DateTime Now = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);

    private readonly ICallLog _log = Substitute.For<ICallLog>();
    private readonly ICallSync _sync = Substitute.For<ICallSync>();
    private static readonly Guid Sale = Guid.NewGuid();
    private static readonly Guid Ana = Guid.NewGuid();

    private readonly ISavedViews _views = Substitute.For<ISavedViews>();
    private readonly ICallChoices _choices = Substitute.For<ICallChoices>();
    private readonly IClients _clients = Substitute.For<IClients>();
    private readonly ICallMarks _marks = Substitute.For<ICallMarks>();
    private readonly IPhoneCalls _phones = Substitute.For<IPhoneCalls>();
    private readonly IRawLegs _raw = Substitute.For<IRawLegs>();
    private readonly ScopeContext _scope = new();
    private readonly CallRow _call = new(
        Guid.NewGuid(), Now.AddMinutes(-2), CallDirection.Inbound, CallOutcome.Answered, "+353209100123", "Ana Demo", "+353209100100", "1001", "6500", 12, 187, true);

    private Func<Task> _changed = () => Task.CompletedTask;

    public CallsPageTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        JSInterop.Mode = JSRuntimeMode.Loose;
        _sync.Subscribe(Arg.Do<Func<Task>>(changed => _changed = changed)).Returns(Substitute.For<IDisposable>());
        Status();
        Show(_call);
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddSingleton(_log).AddSingleton(_sync).AddSingleton(_scope).AddSingleton<ITenantContext>(_scope);
        Services.AddSingleton<TimeProvider>(new ManualClock(new DateTimeOffset(Now)));
        Services.AddScoped<DisplayFormat>();
        Services.AddScoped<ErrorTexts>();
        Services.AddScoped<Pulse>();
        Services.AddScoped<Toasts>();
        var work = Substitute.For<ICallWork>();
        work.ReadAsync(Guid.Empty).ReturnsForAnyArgs((Result<CallWork>)CallErrors.NotFound);
        work.SuggestTagsAsync("").ReturnsForAnyArgs((Result<IReadOnlyList<CallTagRow>>)new[] { new CallTagRow("vip", "VIP") });
        var dispositions = Substitute.For<IDispositions>();
        dispositions.ListAsync().ReturnsForAnyArgs((Result<IReadOnlyList<DispositionRow>>)new[] { new DispositionRow(Sale, "Sale", "بيع", true, false, true, 0) });
        Services.AddSingleton(work).AddSingleton(dispositions);
        Kept(CallViews.None);
        _choices.ReadAsync().ReturnsForAnyArgs(new CallChoices([new NumberName("6500", "Support"), new NumberName("6501", "Sales")], [], [new NumberName("1001", "Nora Quinn")]));
        _clients.SearchAsync(ClientFilter.None).ReturnsForAnyArgs(new KeysetPage<ClientRow>([new ClientRow(Ana, "Ana Demo", "", [353209100123], [], null)], null, null, 1, 1));
        _clients.FindAsync(default).ReturnsForAnyArgs(ClientErrors.NotFound);
        Services.AddSingleton(_views).AddSingleton(_choices).AddSingleton(_clients).AddSingleton(_marks);
        _phones.ListOpenAsync(CallFilter.None).ReturnsForAnyArgs((Result<IReadOnlyList<PhoneCallRow>>)Array.Empty<PhoneCallRow>());
        _phones.ListOfCallAsync(default).ReturnsForAnyArgs((Result<IReadOnlyList<PhoneCallRow>>)Array.Empty<PhoneCallRow>());
        Services.AddSingleton(_phones);
        Services.AddSingleton(Substitute.For<IRecordingPauses>());
        var recordings = Substitute.For<IRecordings>();
        recordings.OfCallAsync(Arg.Any<Guid>(), Arg.Any<CancellationToken>())
            .Returns((Result<IReadOnlyList<RecordingRow>>)Array.Empty<RecordingRow>());
        Services.AddSingleton(recordings).AddSingleton(Substitute.For<IRecordingHolds>()).AddSingleton<Dialogs>();
        Services.AddScoped<CountryNames>();
        Services.AddSingleton(_raw);
        _log.SumAsync(default!).ReturnsForAnyArgs(new CallSums(1, 187, 12, 1));
        Services.AddSingleton(Substitute.For<IExports>()).AddSingleton(Substitute.For<IExportWords>());
        _scope.SignIn(Guid.NewGuid(), "Mona", false, null);
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Render_CallsOnPhones_AreShownAboveAndReadAgainWhenTheyJoin()
    {
        var joined = () => Task.CompletedTask;
        _phones.Subscribe(Arg.Do<Func<Task>>(changed => joined = changed)).Returns(Substitute.For<IDisposable>());
        var live = new PhoneCallRow(
            Guid.NewGuid(), "c1", Guid.NewGuid(), "Nora Quinn", "1001", PhoneDirection.In, "+353209100123", "", 353209100123, PhoneCallState.Ringing,
            Now.AddSeconds(-5), null, null, null, "", null, null, null, "", null);
        _phones.ListOpenAsync(CallFilter.None).ReturnsForAnyArgs((Result<IReadOnlyList<PhoneCallRow>>)new[] { live });
        var page = RenderPage();
        Assert.Contains("Nora Quinn", page.Find("[data-phone-calls]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Ringing here", page.Find("[data-phone-calls]").TextContent, StringComparison.Ordinal);
        _log.ClearReceivedCalls();

        _phones.ListOpenAsync(CallFilter.None).ReturnsForAnyArgs((Result<IReadOnlyList<PhoneCallRow>>)Array.Empty<PhoneCallRow>());
        await joined();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-phone-calls]")));
        await _log.ReceivedWithAnyArgs(1).SearchAsync(default!);
    }

    [Fact]
    public void Filtered_CallsOnPhones_FollowWhatTheyCanAndAreElseCountedInWords()
    {
        var live = new PhoneCallRow(
            Guid.NewGuid(), "c1", Guid.NewGuid(), "Nora Quinn", "1001", PhoneDirection.In, "+353209100123", "", 353209100123, PhoneCallState.Active,
            Now.AddSeconds(-5), null, null, null, "", null, null, null, "", null);
        _phones.ListOpenAsync(CallFilter.None).ReturnsForAnyArgs((Result<IReadOnlyList<PhoneCallRow>>)new[] { live });
        var page = RenderPage("?agent=1001");
        page.WaitForElement("[data-phone-calls]");
        _phones.Received().ListOpenAsync(Arg.Is<CallFilter>(filter => filter.Agent == "1001"), Arg.Any<int>(), Arg.Any<CancellationToken>());

        page.InvokeAsync(() => Navigation.NavigateTo("demo/calls?queue=6500"));

        page.WaitForAssertion(() => Assert.Contains("not shown", page.Find("[data-phone-calls-hidden]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-phone-calls]"));
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
        _log.SearchAsync(default!).ReturnsForAnyArgs(new KeysetPage<CallRow>([_call], null, "o1", 1, 1));
        _log.SumAsync(default!).ReturnsForAnyArgs(new CallSums(10_000, 7_260, 0, 2_500) { IsCapped = true });

        var page = RenderPage();

        Assert.Equal("10,000+", page.Find(".count").TextContent);
        Assert.Contains("2:01:00", page.Find(".sums-line").TextContent, StringComparison.Ordinal);
        Assert.Contains("Answered: 25%", page.Find(".sums-line").TextContent, StringComparison.Ordinal);
        Assert.Contains("newest 10,000", page.Find(".sums-line").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NotLoadedYet_ShowsTheShapeOfWhatComes()
    {
        _log.SearchAsync(default!).ReturnsForAnyArgs(new TaskCompletionSource<Result<KeysetPage<CallRow>>>().Task);

        Assert.NotNull(RenderPage().Find(".skeleton[role=status]"));
    }

    [Fact]
    public void Render_SearchFails_SaysSoAndRetries()
    {
        _log.SearchAsync(default!).ReturnsForAnyArgs(AccessErrors.Denied);
        var page = RenderPage();
        Assert.NotNull(page.Find(".failed[role=alert]"));

        Show(_call);
        page.Find(".failed button").Click();

        Assert.NotNull(page.Find("tbody tr"));
    }

    [Fact]
    public void Render_NumberWithoutDigits_SaysSoUnderTheFilters()
    {
        _log.SearchAsync(default!).ReturnsForAnyArgs(CallErrors.NumberWithoutDigits);

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
        _log.Received(1).SearchAsync(expected, "oabc", Arg.Any<int>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Filter_Chosen_GoesIntoTheAddressAndBackToTheNewestPage()
    {
        var page = RenderPage("?page=oabc");

        page.Find("#filter-outcome").Change("Busy");

        Assert.EndsWith("/demo/calls?outcome=Busy", Navigation.Uri, StringComparison.Ordinal);
        _log.Received(1).SearchAsync(new CallFilter { Outcome = CallOutcome.Busy }, null, Arg.Any<int>(), Arg.Any<CancellationToken>());
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
    public void Render_SearchStoppedEarly_SaysHowFarItCameAndGoesOn()
    {
        _log.SearchAsync(default!).ReturnsForAnyArgs(new KeysetPage<CallRow>([], null, "o9", 0, 0) { SearchedToUtc = Now.AddDays(-400) });

        var page = RenderPage("?talk-min=3600");

        Assert.Contains("Nothing found back to 26 Jan 2025", page.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("page=o9", page.Find(".empty a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void CallPage_OwnAddress_ShowsPathAxisAndOtherCalls()
    {
        _scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en"), TenantRole.Owner);
        var detail = Detail();
        detail = detail with
        {
            Call = detail.Call with { Path = "I7000 Q6500 R1002 A1001", OutsideE164 = 353209100123, HungUpBy = CallEnd.Caller },
            Parts = [new AssembledParticipant("1002", CallPart.Rang, "6500", 1, 12, 0)],
        };
        _log.FindAsync(_call.Id, Arg.Any<CancellationToken>()).Returns(detail);
        Show(_call, _call with { Id = Guid.NewGuid() });

        var page = Render<CallPage>(parameters => parameters.Add(p => p.Slug, "demo").Add(p => p.CallId, _call.Id));

        Assert.Equal(["Menu", "Queue", "Rang", "Answered"], page.FindAll(".call-path li > span:not(.muted)").Select(step => step.TextContent));
        Assert.Equal("0:12", page.Find(".call-path .muted").TextContent);
        Assert.Equal("inset-inline-start: 0%; inline-size: 6.03%", page.Find(".leg-ring").GetAttribute("style"));
        Assert.Single(page.FindAll(".calls-before li"));
        Assert.Equal("tel:+353209100123", page.Find(".call-acts a").GetAttribute("href"));
        Assert.Contains("the caller", page.Find(".facts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void List_CallsThatCameToNothing_SayWhyInOurWordsOrThePbxs()
    {
        Show(
            _call with { Id = Guid.NewGuid(), Outcome = CallOutcome.Failed, FailureReason = "ss-noservice" },
            _call with { Id = Guid.NewGuid(), Outcome = CallOutcome.Blocked, FailureReason = "odd-vendor-word" },
            _call with { Id = Guid.NewGuid(), FailureReason = "" });

        var reasons = RenderPage().FindAll(".call-reason");

        Assert.Equal(["The number is not in service", "odd-vendor-word"], reasons.Select(reason => reason.TextContent.Trim()));
        Assert.Equal("ltr", reasons[1].QuerySelector("bdi")!.GetAttribute("dir"));
    }

    [Fact]
    public void CallPage_FailedCall_SaysWhyAndThePbxsWord()
    {
        _scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en"), TenantRole.Agent);
        var detail = Detail();
        _log.FindAsync(_call.Id, Arg.Any<CancellationToken>()).Returns(
            detail with { Call = detail.Call with { Outcome = CallOutcome.Failed }, FailureReason = "wrong-number" });

        var page = Render<CallPage>(parameters => parameters.Add(p => p.Slug, "demo").Add(p => p.CallId, _call.Id));

        var facts = page.Find(".facts").TextContent;
        Assert.Contains("The number is wrong or incomplete", facts, StringComparison.Ordinal);
        Assert.Contains("wrong-number", facts, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#raw-show"));
    }

    [Fact]
    public void RawRows_OnRequest_ShowEveryFieldAsItWasSent()
    {
        _scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en"), TenantRole.Admin);
        const string Raw = """{"AcctId":"7","clid":"\"Ana\" <1001>","userfield":"","nested":{"a":1}}""";
        _log.FindAsync(_call.Id, Arg.Any<CancellationToken>()).Returns(Detail());
        _raw.ReadAsync(_call.Id, Arg.Any<CancellationToken>()).Returns((Result<IReadOnlyList<RawLeg>>)new[]
        {
            new RawLeg("7", "1772463480.1", "", new DateTime(2026, 3, 2, 18, 0, 0), new DateTime(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc), Raw),
            new RawLeg("x1", "1772463480.1", "", new DateTime(2026, 3, 2, 18, 0, 9), new DateTime(2026, 3, 2, 15, 0, 9, DateTimeKind.Utc), "\"1001\",\"1002\""),
        });
        var page = Render<CallPage>(parameters => parameters.Add(p => p.Slug, "demo").Add(p => p.CallId, _call.Id));
        _raw.DidNotReceiveWithAnyArgs().ReadAsync(default);

        page.Find("#raw-show").Click();

        Assert.Equal(["AcctId", "clid", "userfield", "nested"], page.FindAll(".raw-fields dt").Select(name => name.TextContent));
        Assert.Equal(["7", "\"Ana\" <1001>", "–", "{\"a\":1}"], page.FindAll(".raw-fields dd").Select(value => value.TextContent.Trim()));
        Assert.Equal("ltr", page.Find(".raw-fields").GetAttribute("dir"));
        Assert.Equal("\"1001\",\"1002\"", page.Find("pre.raw-line").TextContent);
        Assert.Equal(Raw, page.Find(".raw-acts [data-copy]").GetAttribute("data-copy"));
        Assert.Equal("UTC+03:00", page.Find(".raw-acts .num").TextContent);
    }

    [Fact]
    public void RawRows_Fail_SaysSoAndRetries()
    {
        _scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en"), TenantRole.Admin);
        _log.FindAsync(_call.Id, Arg.Any<CancellationToken>()).Returns(Detail());
        _raw.ReadAsync(default).ReturnsForAnyArgs((Result<IReadOnlyList<RawLeg>>)CallErrors.NotFound);
        var page = Render<CallPage>(parameters => parameters.Add(p => p.Slug, "demo").Add(p => p.CallId, _call.Id));
        page.Find("#raw-show").Click();
        Assert.Contains("not found", page.Find(".call-raw [role=alert]").TextContent, StringComparison.Ordinal);

        _raw.ReadAsync(default).ReturnsForAnyArgs((Result<IReadOnlyList<RawLeg>>)Array.Empty<RawLeg>());
        page.Find(".call-raw .failed button").Click();

        Assert.Contains("no longer kept", page.Find(".call-raw").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TenantRole.Admin, true)]
    [InlineData(TenantRole.Manager, false)]
    public void Header_Import_IsForThoseWhoMay(TenantRole role, bool offered) =>
        Assert.Equal(offered, RenderPage(role: role).FindAll("header a[href='demo/calls/import']").Count == 1);

    [Fact]
    public void CallPage_CallOfOthers_IsNotFound()
    {
        _scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en"), TenantRole.Owner);
        _log.FindAsync(default).ReturnsForAnyArgs(CallErrors.NotFound);

        var page = Render<CallPage>(parameters => parameters.Add(p => p.Slug, "demo").Add(p => p.CallId, _call.Id));

        Assert.Contains("not found", page.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button"));
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
    public void Render_NoPbx_LeadsAdminsToTheSettingsAndOthersToAnAdmin()
    {
        Show();
        Status(status => status with { IsConfigured = false });

        var page = RenderPage();

        Assert.Equal("demo/settings/call-center", page.Find(".empty a").GetAttribute("href"));
        Assert.Empty(page.FindAll("header button"));
    }

    [Fact]
    public void Render_NoPbxForAgent_HasNoDeadLink()
    {
        Show();
        Status(status => status with { IsConfigured = false });

        Assert.Empty(RenderPage(role: TenantRole.Agent).FindAll(".empty a"));
    }

    [Fact]
    public void SyncNow_NeverSynced_StartsAndShowsProgress()
    {
        Show();
        Status(status => status with { LastSucceededAtUtc = null });
        var running = new CallSyncProgress(CallSyncPhase.History, Now.AddSeconds(-65), Now.AddDays(-60), Now.AddDays(-53), 12, 11_500, 4_321, 3, 0.5);
        _sync.StartAsync(default).ReturnsForAnyArgs(running);
        var page = RenderPage();

        Status(status => status with { LastSucceededAtUtc = null, Running = running });
        page.Find(".empty .btn-primary").Click();

        var figures = page.Find(".sync-run").TextContent;
        Assert.Contains("11,500", figures, StringComparison.Ordinal);
        Assert.Contains("4,321", figures, StringComparison.Ordinal);
        Assert.Contains("1:05", figures, StringComparison.Ordinal);
        Assert.Contains("3 rows could not be understood", figures, StringComparison.Ordinal);
        Assert.Equal("0.5", page.Find("progress").GetAttribute("value"));

        page.Find(".sync-run button").Click();
        _sync.ReceivedWithAnyArgs(1).CancelAsync(default);
    }

    [Fact]
    public void SyncNow_Refused_SaysWhy()
    {
        _sync.StartAsync(default).ReturnsForAnyArgs(CallErrors.SyncRunsElsewhere);
        var page = RenderPage();

        page.Find("header button").Click();

        Assert.Contains("Another server", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ForAgent_OffersNoSync() => Assert.Empty(RenderPage(role: TenantRole.Agent).FindAll("header button"));

    [Fact]
    public void Render_LastSyncStopped_SaysItInWordsWithTheWayToHelp()
    {
        Status(status => status with { LastErrorCode = TelephonyErrors.WrongCredentials.Code, IsStopped = true, FailedAttempts = 1 });

        var alert = RenderPage().Find(".notice[role=alert]");

        Assert.Contains("until the settings are corrected", alert.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("telephony.", alert.TextContent, StringComparison.Ordinal);
        Assert.NotNull(alert.QuerySelector("a[href='demo/settings/call-center']"));
    }

    [Fact]
    public async Task Notice_RunEnded_ReadsTheListAgain()
    {
        Status(status => status with { Running = new CallSyncProgress(CallSyncPhase.Recent, Now) });
        var page = RenderPage();
        var next = _call with { Id = Guid.NewGuid(), FromName = "Newcomer Demo" };
        Show(next, _call);
        Status();

        await _changed();

        page.WaitForAssertion(() => Assert.Contains("Newcomer Demo", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_Row_ShowsItsLegsAndHasAnAddress()
    {
        _log.FindAsync(_call.Id, Arg.Any<CancellationToken>()).Returns(Detail());
        var page = RenderPage();

        page.Find(".row-open").Click();

        Assert.EndsWith($"/demo/calls?call={_call.Id}", Navigation.Uri, StringComparison.Ordinal);
        var legs = page.FindAll(".timeline li");
        Assert.Equal(2, legs.Count);
        Assert.Contains("Queue \u20666500\u2069", legs[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("1772463480.1", page.Find("dialog.drawer[data-open]").TextContent, StringComparison.Ordinal);

        page.Find("[data-close]").Click();
        Assert.EndsWith("/demo/calls", Navigation.Uri, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".timeline"));
    }

    [Fact]
    public void Render_AddressOfOthersCall_SaysNotFoundInTheDrawer()
    {
        _log.FindAsync(default).ReturnsForAnyArgs(CallErrors.NotFound);

        var page = RenderPage($"?call={Guid.NewGuid()}");

        Assert.Contains("not found", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("tbody tr"));
    }

    [Fact]
    public void Columns_Chosen_AreShownInOrderAndRemembered()
    {
        var page = RenderPage();
        Assert.Equal(["From", "To", "Answered by", "Outcome", "Start", "Wait", "Talk", "Recording"], Heads(page));

        page.Find("#column-queue").Change(true);
        page.Find("#column-wait").Change(false);

        Assert.Equal(["From", "To", "Answered by", "Outcome", "Start", "Talk", "Queue", "Recording"], Heads(page));
        _views.Received(1).RememberColumnsAsync(
            Arg.Is<IReadOnlyList<CallColumn>>(columns => CallColumns.Write(columns) == "to,answered-by,outcome,start,talk,queue,recording"), Arg.Any<CancellationToken>());
        Assert.EndsWith("/demo/calls", Navigation.Uri, StringComparison.Ordinal);

        page.Find("#columns-usual").Click();
        Assert.Equal(["From", "To", "Answered by", "Outcome", "Start", "Wait", "Talk", "Recording"], Heads(page));
    }

    [Fact]
    public void Columns_OfALink_AreChangedThereAndNotRemembered()
    {
        Kept(CallViews.None with { Columns = [CallColumn.Trunk] });
        var page = RenderPage("?cols=outcome,start");
        Assert.Equal(["From", "Outcome", "Start"], Heads(page));

        page.Find("#column-outcome").Change(false);

        Assert.EndsWith("?cols=start", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(["From", "Start"], Heads(page));
        _views.DidNotReceiveWithAnyArgs().RememberColumnsAsync([]);
    }

    [Fact]
    public void Columns_TagsAndResult_AreAskedForOnlyWhereShown()
    {
        _marks.ReadAsync([]).ReturnsForAnyArgs((Result<IReadOnlyDictionary<Guid, CallMarks>>)new Dictionary<Guid, CallMarks> { [_call.Id] = new(["VIP"], "Sale", "") });
        var page = RenderPage();
        _marks.DidNotReceiveWithAnyArgs().ReadAsync([]);

        page.Find("#column-tags").Change(true);
        page.Find("#column-disposition").Change(true);

        var row = page.Find("tbody tr").TextContent;
        Assert.Contains("VIP", row, StringComparison.Ordinal);
        Assert.Contains("Sale", row, StringComparison.Ordinal);
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
        _clients.FindAsync(Ana, Arg.Any<CancellationToken>()).Returns(new ClientDetail(Ana, new ClientForm { Name = "Ana Demo" }, [], [], Now, Now, 0));
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
        _log.Received(1).SearchAsync(new CallFilter { Disposition = Sale }, null, Arg.Any<int>(), Arg.Any<CancellationToken>());
    }

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

    private static string[] Heads(IRenderedComponent<CallsPage> page) => [.. page.FindAll("thead th").Select(head => head.TextContent.Trim())];

    private IRenderedComponent<CallsPage> RenderPage(string query = "", TenantRole role = TenantRole.Owner)
    {
        _scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en"), role);
        Navigation.NavigateTo("demo/calls" + query);
        return Render<CallsPage>(parameters => parameters.Add(page => page.Slug, "demo"));
    }

    private void Kept(CallViews views) => _views.ListAsync().ReturnsForAnyArgs(views);

    private void Show(params CallRow[] rows) =>
        _log.SearchAsync(default!).ReturnsForAnyArgs(new KeysetPage<CallRow>(rows, null, null, rows.Length, 10_000));

    private void Status(Func<CallSyncStatus, CallSyncStatus>? change = null)
    {
        var status = new CallSyncStatus(true, null, Now, true, Now.AddMinutes(-3), null, null, 0, null, false, 0);
        _sync.GetStatusAsync(default).ReturnsForAnyArgs(change?.Invoke(status) ?? status);
    }

    private CallDetail Detail()
    {
        var leg = new CallLegRow(
            _call.StartedAtUtc, null, _call.StartedAtUtc.AddSeconds(12), 12, 0, LegDisposition.NoAnswer, LegAction.Queue, "6500",
            _call.FromNumber, "1002", "", true, "Dial", false);
        return new CallDetail(
            _call, _call.StartedAtUtc.AddSeconds(12), _call.StartedAtUtc.AddSeconds(199), 199, "ITSP-A", "", "1772463480.1",
            [leg, leg with { Action = LegAction.Dial, Disposition = LegDisposition.Answered, AnsweredBy = "1001", HasRecording = true }]);
    }
}
