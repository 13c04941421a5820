using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Work;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Work;

public sealed class CallWorkPanelTests : PortalContext
{
    private static readonly Guid Call = Guid.NewGuid();
    private static readonly DispositionRow Sale = new(Guid.NewGuid(), "Sale", "عملية بيع", true, false, true, 0);
    private static readonly DispositionRow Complaint = new(Guid.NewGuid(), "Complaint", "شكوى", true, true, false, 0);
    private static readonly CallNoteRow Note = new(Guid.NewGuid(), "wants a quote", "Liam Byrne", Now.AddMinutes(-5), null, 3, true, true);

    private readonly ICallWork _work = Substitute.For<ICallWork>();
    private readonly IDispositions _list = Substitute.For<IDispositions>();

    public CallWorkPanelTests()
    {
        Services.AddSingleton(_work).AddSingleton(_list);
        EnterAs(TenantRole.Agent);
        _list.ListAsync(Arg.Any<CancellationToken>()).Returns((Result<IReadOnlyList<DispositionRow>>)new[] { Sale, Complaint });
        _work.SuggestTagsAsync("", Arg.Any<CancellationToken>()).ReturnsForAnyArgs((Result<IReadOnlyList<CallTagRow>>)Array.Empty<CallTagRow>());
        Show(true, [Note], [new CallTagRow("vip", "VIP")]);
    }

    [Fact]
    public void Render_CallThatIsGone_SaysSoAndOffersNothing()
    {
        _work.ReadAsync(Call, Arg.Any<CancellationToken>()).Returns((Result<CallWork>)CallErrors.NotFound);

        var panel = RenderPanel();

        Assert.NotEmpty(panel.FindAll("[role=alert], .error-state, .empty"));
        Assert.Empty(panel.FindAll("textarea"));
    }

    [Fact]
    public void Render_ReaderWhoMayNotWrite_SeesOnly()
    {
        Show(false, [Note with { MayChange = false, MayDelete = false }], [new CallTagRow("vip", "VIP")]);

        var panel = RenderPanel();

        Assert.Contains("wants a quote", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("VIP", panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("textarea, select, button"));
    }

    [Fact]
    public void AddNote_Refused_KeepsTheTextAndSaysWhy()
    {
        _work.AddNoteAsync(Call, "too long", Arg.Any<CancellationToken>()).Returns((Result<Guid>)WorkErrors.NoteTooLong);
        var panel = RenderPanel();

        panel.Find("#call-note-new").Input("too long");
        panel.Find("#call-note-new").Closest("form")!.Submit();

        Assert.Contains("4,000", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("too long", panel.Find("#call-note-new").GetAttribute("value"));
    }

    [Fact]
    public void ChooseDisposition_ThatNeedsANote_AsksForItAndGivesBoth()
    {
        _work.SetDispositionAsync(Call, Complaint.Id, null, Arg.Any<CancellationToken>()).Returns((Result)WorkErrors.DispositionNeedsNote);
        _work.SetDispositionAsync(Call, Complaint.Id, "rude", Arg.Any<CancellationToken>()).Returns(Result.Success);
        var panel = RenderPanel();

        panel.Find("#call-disposition").Change(Complaint.Id.ToString());
        panel.Find("#call-disposition-note").Input("rude");
        panel.Find("#call-disposition-note").Closest("form")!.Submit();

        _work.Received(1).SetDispositionAsync(Call, Complaint.Id, "rude", Arg.Any<CancellationToken>());
        Assert.Empty(panel.FindAll("#call-disposition-note"));
    }

    [Fact]
    public void RemoveTag_IsSentByItsKey()
    {
        _work.RemoveTagAsync(Call, "vip", Arg.Any<CancellationToken>()).Returns(Result.Success);
        var panel = RenderPanel();

        panel.Find(".call-tag-remove").Click();

        _work.Received(1).RemoveTagAsync(Call, "vip", Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Render_InArabic_NamesResultsInArabic()
    {
        Language("ar");

        Assert.Contains("عملية بيع", RenderPanel().Find("#call-disposition").TextContent, StringComparison.Ordinal);
    }

    private void Show(bool mayWrite, IReadOnlyList<CallNoteRow> notes, IReadOnlyList<CallTagRow> tags) =>
        _work.ReadAsync(Call, Arg.Any<CancellationToken>()).Returns((Result<CallWork>)new CallWork(notes, tags, [], mayWrite));

    private IRenderedComponent<CallWorkPanel> RenderPanel() => Render<CallWorkPanel>(parameters => parameters.Add(panel => panel.CallId, Call));
}
