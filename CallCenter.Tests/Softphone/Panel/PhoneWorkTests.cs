using Bunit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Work;
using CallCenter.Web.Features.Softphone.Panel;
using NSubstitute;

namespace CallCenter.Tests.Softphone.Panel;

/// <summary>Notes and results of calls while they run and after.</summary>
public sealed class PhoneWorkTests : PhonePanelContext
{
    [Fact]
    public async Task WrapUp_NoteAndResult_AreSavedAfterTheCall()
    {
        var result = Guid.NewGuid();
        Dispositions.ListAsync(default).ReturnsForAnyArgs(Phones.Listed(new DispositionRow(result, "Sold", "تم البيع", true, false, true, 0)));
        var panel = Open(Phones.Snapshot(1, Phones.Call()));
        await panel.InvokeAsync(() => State.Accept(Phones.Snapshot(2)));

        panel.Find("#phone-result-c1").Change(result.ToString());
        panel.Find("#phone-note-c1").Input("Calls back on Monday");
        panel.Find(".phone-work").Submit();
        await Calls.Received(1).SaveWorkAsync("c1", "Calls back on Monday", result, Arg.Any<CancellationToken>());
        Assert.Contains("Saved", panel.Find(".phone-work").TextContent, StringComparison.Ordinal);
        Button(panel, "Done").Click();

        Assert.Empty(panel.FindAll(".phone-work"));
    }

    [Fact]
    public async Task Note_HalfTypedWhenTheCallEnds_IsThereAndSavedByDone()
    {
        var panel = Open(Phones.Snapshot(1, Phones.Call()));
        panel.Find("#phone-note-c1").Input("Half a sen");

        await panel.InvokeAsync(() => State.Accept(Phones.Snapshot(2)));
        Assert.Equal("Half a sen", panel.Find(".is-over #phone-note-c1").GetAttribute("value"));
        Button(panel, "Done").Click();

        await Calls.Received(1).SaveWorkAsync("c1", "Half a sen", null, Arg.Any<CancellationToken>());
        Assert.Empty(panel.FindAll(".is-over"));
    }

    [Fact]
    public async Task Typed_AndLeftAlone_IsSavedByItself()
    {
        var panel = Open(Phones.Snapshot(1, Phones.Call()));

        panel.Find("#phone-note-c1").Input("Wants");
        panel.Find("#phone-note-c1").Input("Wants a refund");
        await Calls.DidNotReceiveWithAnyArgs().SaveWorkAsync("", "", null, default);
        Clock.Fire(PhoneWork.KeepAfter);

        panel.WaitForAssertion(() => Assert.Contains("Saved", panel.Find(".phone-work [role=status]").TextContent, StringComparison.Ordinal));
        await Calls.Received(1).SaveWorkAsync("c1", "Wants a refund", null, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Typed_ServerCannot_SaysSoAndTriesAgain()
    {
        Calls.SaveWorkAsync("", "", null, default).ReturnsForAnyArgs(
            _ => PhoneErrors.CallNotFound, _ => throw new InvalidOperationException("no database"), _ => Result.Success);
        var panel = Open(Phones.Snapshot(1, Phones.Call()));

        panel.Find("#phone-note-c1").Input("Wants a refund");
        Clock.Fire(PhoneWork.KeepAfter);
        panel.WaitForAssertion(() => Assert.Contains("Not saved yet", panel.Find(".phone-work [role=status]").TextContent, StringComparison.Ordinal));
        Clock.Fire(PhoneWork.RetryAfter);
        Clock.Fire(PhoneWork.RetryAfter);

        panel.WaitForAssertion(() => Assert.Contains("Saved", panel.Find(".phone-work [role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Chosen_ResultThatStillNeedsANote_IsNoErrorBeforeSave()
    {
        Calls.SaveWorkAsync("", "", null, default).ReturnsForAnyArgs(WorkErrors.DispositionNeedsNote);
        Dispositions.ListAsync(default).ReturnsForAnyArgs(Phones.Listed(new DispositionRow(Guid.NewGuid(), "Complaint", "شكوى", true, true, true, 0)));
        var panel = Open(Phones.Snapshot(1, Phones.Call()));

        panel.Find("#phone-result-c1").Change(panel.FindAll("#phone-result-c1 option")[1].GetAttribute("value")!);
        Clock.Fire(PhoneWork.KeepAfter);
        Assert.Empty(panel.FindAll(".phone-work [role=alert]"));
        panel.Find(".phone-work").Submit();

        Assert.NotEmpty(panel.FindAll(".phone-work [role=alert]"));
    }

    [Fact]
    public void Ended_WhileNoCircuitWasThere_IsOfferedForWrapUp()
    {
        var panel = Open(Phones.Snapshot(1) with { Ended = [Phones.Ended("missed") with { AnsweredAt = null }, Phones.Ended("talked")] });

        Assert.NotNull(panel.Find(".is-over #phone-note-talked"));
        Assert.Single(panel.FindAll(".is-over"));
    }

    [Fact]
    public void WrapUp_NotSaved_SaysWhyAndKeepsTheText()
    {
        Calls.SaveWorkAsync("", "", null, default).ReturnsForAnyArgs(WorkErrors.NoteTooLong);
        var panel = Open(Phones.Snapshot(1, Phones.Call()));

        panel.Find("#phone-note-c1").Input("long");
        panel.Find(".phone-work").Submit();

        Assert.NotEmpty(panel.FindAll(".phone-work [role=alert]"));
        Assert.Equal("long", panel.Find("#phone-note-c1").GetAttribute("value"));
    }
}
