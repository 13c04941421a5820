using Bunit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Extensions;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Extensions;

public sealed class BulkPagesTests : PortalContext
{
    private static readonly Guid RunId = Guid.NewGuid();

    private readonly IExtensionBulk _bulk = Substitute.For<IExtensionBulk>();
    private readonly IExtensions _extensions = Substitute.For<IExtensions>();

    public BulkPagesTests()
    {
        Services.AddSingleton(_bulk).AddSingleton(_extensions);
        _extensions.GetQueueAsync().ReturnsForAnyArgs(new ExtensionQueueStatus(0, 0, null, null, []));
        EnterAs(TenantRole.Admin);
        Navigation.NavigateTo("/riyadh/extensions/new-many");
    }

    [Fact]
    public void NewMany_Preview_ShowsEachLineAndStartsTheGoodOnes()
    {
        _bulk.PreviewRangeAsync(default!).ReturnsForAnyArgs(Preview(Good(1, "1001"), Bad(2, "1002", ExtensionErrors.NumberTakenOnPbx), Good(3, "1003")));
        _bulk.StartCreateAsync(default!).ReturnsForAnyArgs(RunId);
        var page = Render<NewManyPage>(parameters => parameters.Add(p => p.Slug, "riyadh"));

        page.Find("form").Submit();
        Assert.Equal(3, page.FindAll("tbody tr").Count);
        Assert.Contains("The PBX already uses", page.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
        page.Find("#bulk-only-refused").Change(true);
        Assert.Contains("1002", Assert.Single(page.FindAll("tbody tr")).TextContent, StringComparison.Ordinal);
        page.Find("section .btn-primary").Click();
        page.FindAll(".btn-primary").Single(button => button.TextContent.Contains("Create extensions: 2", StringComparison.Ordinal)).Click();

        _bulk.ReceivedWithAnyArgs(1).StartCreateAsync(default!);
        var lines = (IReadOnlyList<CreateLine>)_bulk.ReceivedCalls().Single(call => call.GetMethodInfo().Name == nameof(IExtensionBulk.StartCreateAsync)).GetArguments()[0]!;
        Assert.Equal(["1001", "1003"], lines.Select(line => line.Number));
        Assert.EndsWith($"/extensions/runs/{RunId}", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void NewMany_StalePreview_SaysSoAndCannotBeStartedAgain()
    {
        _bulk.PreviewRangeAsync(default!).ReturnsForAnyArgs(Preview(Good(1, "1001")));
        _bulk.StartCreateAsync(default!).ReturnsForAnyArgs(ExtensionErrors.PreviewStale);
        var page = Render<NewManyPage>(parameters => parameters.Add(p => p.Slug, "riyadh"));
        page.Find("form").Submit();

        StartButton(page).Click();

        Assert.Contains("Nothing was started", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.True(StartButton(page).HasAttribute("disabled"));
    }

    [Fact]
    public void NewMany_RangeRefused_SaysWhyAndKeepsTheForm()
    {
        _bulk.PreviewRangeAsync(default!).ReturnsForAnyArgs(ExtensionErrors.RangeExhausted);
        var page = Render<NewManyPage>(parameters => parameters.Add(p => p.Slug, "riyadh"));
        page.Find("#bulk-count").Input("400");

        page.Find("form").Submit();

        Assert.StartsWith("Every number of the range is taken.", page.Find("[role=alert]").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("400", page.Find("#bulk-count").GetAttribute("value"));
        Assert.Empty(page.FindAll("tbody"));
    }

    [Fact]
    public void NewMany_PbxAwayAndUnknownColumns_AreTold()
    {
        _bulk.PreviewRangeAsync(default!).ReturnsForAnyArgs(
            new CreatePreview([Good(1, "1001")], ["Shoe size"], ["1000"]) { PbxError = TelephonyErrors.Unreachable });
        var page = Render<NewManyPage>(parameters => parameters.Add(p => p.Slug, "riyadh"));

        page.Find("form").Submit();

        var notices = page.FindAll(".notice").Select(notice => notice.TextContent).ToList();
        Assert.Contains(notices, text => text.Contains("Shoe size", StringComparison.Ordinal));
        Assert.Contains(notices, text => text.Contains("1000", StringComparison.Ordinal));
        Assert.Contains(notices, text => text.Contains("last known ones", StringComparison.Ordinal));
    }

    [Fact]
    public void Act_Delete_ShowsWhyNotAndWarnsOfCalls()
    {
        _bulk.PreviewActAsync(default!, default!).ReturnsForAnyArgs(new ActPreview(
        [
            new ActPreviewItem(Guid.NewGuid(), 3, "1001", "Maha", [], null, true),
            new ActPreviewItem(Guid.NewGuid(), 5, "1002", "Nora", [], ExtensionErrors.Locked, false),
        ]));
        _bulk.StartActAsync(default!, default!).ReturnsForAnyArgs(RunId);
        var started = Guid.Empty;
        var panel = Render<ExtensionActPanel>(parameters => parameters
            .Add(p => p.Kind, ExtensionRunKind.Delete)
            .Add(p => p.Ids, [Guid.NewGuid(), Guid.NewGuid()])
            .Add(p => p.OnStarted, EventCallback.Factory.Create<Guid>(this, run => started = run)));

        Assert.Contains("Deleting ends it", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("locked", panel.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
        panel.Find("form").Submit();

        Assert.Equal(RunId, started);
        var items = (IReadOnlyList<ActTarget>)_bulk.ReceivedCalls().Single(call => call.GetMethodInfo().Name == nameof(IExtensionBulk.StartActAsync)).GetArguments()[1]!;
        Assert.Equal(3, Assert.Single(items).Version);
    }

    [Fact]
    public void Act_Change_ShowsFieldByFieldOnlyAfterSomethingWasChosen()
    {
        _bulk.PreviewActAsync(default!, default!).ReturnsForAnyArgs(call => new ActPreview(
            [new ActPreviewItem(Guid.NewGuid(), 1, "1001", "Maha", [new FieldChange(nameof(ExtensionProfile.RingTimeoutSeconds), null, 45)], null, false)]));
        var panel = Render<ExtensionActPanel>(parameters => parameters.Add(p => p.Kind, ExtensionRunKind.Change).Add(p => p.Ids, [Guid.NewGuid()]));
        Assert.Empty(_bulk.ReceivedCalls());

        panel.Find("#act-set-RingTimeoutSeconds").Change(true);
        panel.Find("#act-RingTimeoutSeconds").Input("45");
        panel.Find("form").Submit();

        var act = (ExtensionAct)Assert.Single(_bulk.ReceivedCalls()).GetArguments()[0]!;
        Assert.Equal([nameof(ExtensionProfile.RingTimeoutSeconds)], act.Fields);
        Assert.Equal(45, act.Profile!.RingTimeoutSeconds);
        Assert.Equal("45 s", panel.Find("ins").TextContent);

        // What is shown must be what is done.
        panel.Find("#act-RingTimeoutSeconds").Input("50");
        Assert.Empty(panel.FindAll("tbody"));
    }

    [Fact]
    public async Task Run_UnderWay_ShowsFiguresAndWhatItWaitsForAndCancels()
    {
        _bulk.GetRunAsync(default).ReturnsForAnyArgs(Run() with { Done = 10, Waiting = 85, Written = 5 });
        _bulk.CancelAsync(default).ReturnsForAnyArgs(Result.Success);
        _extensions.GetQueueAsync().ReturnsForAnyArgs(new ExtensionQueueStatus(90, 0, ExtensionErrors.ApplyConference.Code, Now.AddMinutes(1), []));
        var page = RenderRun();

        Assert.Equal(["10", "5", "85", "0", "0"], page.FindAll(".run-figures dd").Take(5).Select(figure => figure.TextContent));
        Assert.Equal("10", page.Find("progress").GetAttribute("value"));
        Assert.Contains("conference", page.Find(".notice").TextContent, StringComparison.Ordinal);
        var click = page.FindAll(".run-card button").Single().ClickAsync();
        Assert.Equal(2, Services.GetRequiredService<Dialogs>().Current!.Losses.Count);
        Services.GetRequiredService<Dialogs>().Answer(true);
        await click;

        await _bulk.Received(1).CancelAsync(RunId, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Run_WithFailures_ListsReasonsAndCausesAndRetries()
    {
        _bulk.GetRunAsync(default).ReturnsForAnyArgs(Run() with { Done = 98, Failed = 2, FinishedAtUtc = Now });
        _bulk.RetryFailedAsync(default).ReturnsForAnyArgs(Result.Success);
        var row = new ExtensionRow(
            Guid.NewGuid(), "1042", "Maha", null, null, "", true, true, ExtensionState.Failed, ExtensionOperation.Create, ExtensionStep.Sent, ExtensionErrors.RefusedByPbx.Code,
            [ExtensionHints.WeakSecret], null, ExtensionOrigin.Portal, 0, null, LineStatus.Unknown, null, "", "", false, false, null, RunId, 4);
        _extensions.ListAsync(default!).ReturnsForAnyArgs(new ExtensionPage([row], 1, 1, 0, 100, null));
        var page = RenderRun();

        var text = page.Find("tbody tr").TextContent;
        Assert.Contains("1042", text, StringComparison.Ordinal);
        Assert.Contains("password rules", text, StringComparison.Ordinal);
        page.Find(".run-card .btn-primary").Click();

        _bulk.Received(1).RetryFailedAsync(RunId, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Run_Unknown_SaysSo()
    {
        _bulk.GetRunAsync(default).ReturnsForAnyArgs(ExtensionErrors.RunNotFound);

        Assert.Contains("There is no such bulk act.", RenderRun().Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ReaderMayNotEdit_HasNoButtons()
    {
        Scope.EnterTenant(Riyadh, TenantRole.Manager);
        _bulk.GetRunAsync(default).ReturnsForAnyArgs(Run() with { Waiting = 100 });

        var page = RenderRun();

        Assert.Equal(Scope.May(Permissions.Extensions.Edit) ? 1 : 0, page.FindAll(".run-card button").Count);
    }

    [Fact]
    public void Runs_EmptyFailedAndFilled_AreTold()
    {
        _bulk.ListRunsAsync().ReturnsForAnyArgs(AccessErrors.Denied);
        var page = Render<RunsPage>(parameters => parameters.Add(p => p.Slug, "riyadh"));
        Assert.NotNull(page.Find("[role=alert]"));

        _bulk.ListRunsAsync().ReturnsForAnyArgs(Listed());
        page.Find("[role=alert] button").Click();
        Assert.Equal("No bulk acts yet", page.Find(".empty h2").TextContent);

        _bulk.ListRunsAsync().ReturnsForAnyArgs(Listed(Run() with { Done = 100, FinishedAtUtc = Now }, Run() with { Id = Guid.NewGuid(), Failed = 3, FinishedAtUtc = Now }));
        var filled = Render<RunsPage>(parameters => parameters.Add(p => p.Slug, "riyadh"));
        Assert.Equal(["Done", "Ended with failures"], filled.FindAll("tbody .badge").Select(badge => badge.TextContent));
    }

    private static AngleSharp.Dom.IElement StartButton(IRenderedComponent<NewManyPage> page) =>
        page.FindAll(".btn-primary").Single(button => button.TextContent.Contains("Create extensions", StringComparison.Ordinal));

    private static CreatePreview Preview(params CreateLine[] lines) => new(lines, [], []);

    private static CreateLine Good(int line, string number) => new(line, number, true, new ExtensionProfile { Name = $"Agent {line}" }, null, null, []);

    private static CreateLine Bad(int line, string number, Error error) => Good(line, number) with { Errors = [error] };

    private static ExtensionRunProgress Run() => new(RunId, ExtensionRunKind.Create, 100, 0, 0, 0, 0, 0, Now.AddMinutes(-2), "Mona", null, null);

    private static Result<IReadOnlyList<ExtensionRunProgress>> Listed(params ExtensionRunProgress[] runs) => runs;

    private IRenderedComponent<RunPage> RenderRun() => Render<RunPage>(parameters => parameters.Add(p => p.Slug, "riyadh").Add(p => p.Id, RunId));
}
