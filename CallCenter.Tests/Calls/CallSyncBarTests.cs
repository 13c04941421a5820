using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using NSubstitute;

namespace CallCenter.Tests.Calls;

/// <summary>What the list says of the sync, and starting one.</summary>
public sealed class CallSyncBarTests : CallsPageBench
{
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
        Sync.StartAsync(default).ReturnsForAnyArgs(running);
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
        Sync.ReceivedWithAnyArgs(1).CancelAsync(default);
    }

    [Fact]
    public void SyncNow_Refused_SaysWhy()
    {
        Sync.StartAsync(default).ReturnsForAnyArgs(CallErrors.SyncRunsElsewhere);
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
        var next = Shown with { Id = Guid.NewGuid(), FromName = "Newcomer Demo" };
        Show(next, Shown);
        Status();

        await Changed();

        page.WaitForAssertion(() => Assert.Contains("Newcomer Demo", page.Markup, StringComparison.Ordinal));
    }
}
