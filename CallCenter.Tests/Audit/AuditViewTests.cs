using Bunit;
using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Audit;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Audit;

public sealed class AuditViewTests : PortalContext
{
    private readonly IAuditLog _log = Substitute.For<IAuditLog>();
    private readonly AuditRow _row = new(7, Now.AddMinutes(-5), "Nora Quinn", AuditActions.UserRoleChanged, AuditSubjects.User, "Liam Byrne", "192.0.2.7");

    public AuditViewTests()
    {
        Services.AddSingleton(_log);
        EnterAs(TenantRole.Admin);
        _log.ReadAsync(default, default!, default, default).ReturnsForAnyArgs(new KeysetPage<AuditRow>([_row], null, "older", 1, 10_000));
        _log.GetActionsAsync(default).ReturnsForAnyArgs(Result(AuditActions.UserRoleChanged));
    }

    [Fact]
    public void Render_Entry_ReadsInWords()
    {
        var view = RenderView();

        var cells = view.Find("tbody tr").TextContent;
        Assert.Contains("Role changed", cells, StringComparison.Ordinal);
        Assert.Contains("User Liam Byrne", cells, StringComparison.Ordinal);
        Assert.Contains("5 min ago", cells, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Arabic_ReadsInArabic()
    {
        Language("ar");

        Assert.Contains("تغيير الدور", RenderView().Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Denied_ShowsWhy()
    {
        _log.ReadAsync(default, default!, default, default).ReturnsForAnyArgs(AccessErrors.Denied);

        Assert.Contains("not allowed", RenderView().Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_InTheAddress_AreTheTenantsDays()
    {
        Navigation.NavigateTo("/riyadh/audit?from=2026-03-01&to=2026-03-01&who=nora&page=k");

        RenderView();

        _log.Received(1).ReadAsync(
            AuditChain.Tenant,
            Arg.Is<AuditFilter>(f => f.Actor == "nora"
                && f.FromUtc == new DateTime(2026, 2, 28, 21, 0, 0) && f.ToUtc == new DateTime(2026, 3, 1, 21, 0, 0)),
            "k",
            Arg.Any<int>(),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Open_Entry_ShowsBeforeAndAfter()
    {
        _log.GetAsync(AuditChain.Tenant, 7).ReturnsForAnyArgs(new AuditDetail(
            _row, Guid.NewGuid(), "1", [new AuditChange("role", "Agent", "Supervisor"), new AuditChange("password", Secret.Mask, AuditValues.ChangedSecret)], "ab12"));
        var view = RenderView();

        view.Find(".row-open").Click();

        Assert.Contains("Agent", view.Find(".diff-before").TextContent, StringComparison.Ordinal);
        Assert.Contains("Supervisor", view.Find(".diff-after").TextContent, StringComparison.Ordinal);
        Assert.Contains("(secret, changed)", view.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_Broken_NamesTheFirstBrokenEntry()
    {
        _log.VerifyAsync(AuditChain.Tenant).ReturnsForAnyArgs(new AuditVerification(6, new AuditBreak(7, AuditBreakKind.Changed, _row)));
        var view = RenderView();

        view.Find(".page-actions button").Click();

        var notice = view.Find(".notice.tone-bad").TextContent;
        Assert.Contains("broken at entry 7", notice, StringComparison.Ordinal);
        Assert.Contains("changed afterwards", notice, StringComparison.Ordinal);
        Assert.Contains("Nora Quinn", notice, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_Intact_SaysHowMany()
    {
        _log.VerifyAsync(AuditChain.Tenant).ReturnsForAnyArgs(new AuditVerification(1234, null));
        var view = RenderView();

        view.Find(".page-actions button").Click();

        Assert.Contains("1,234", view.Find(".notice.tone-good").TextContent, StringComparison.Ordinal);
    }

    private static Result<IReadOnlyList<string>> Result(params string[] actions) => actions;

    private IRenderedComponent<AuditView> RenderView() => Render<AuditView>(p => p.Add(v => v.Chain, AuditChain.Tenant).Add(v => v.Title, "Audit"));
}
