using Bunit;
using CallCenter.Web.Features.Softphone.Panel;

namespace CallCenter.Tests.Softphone.Panel;

/// <summary>The check when the page's phone comes late or not at all: support needs its text most then.</summary>
public sealed class PhoneCheckPageTests : PhonePanelContext
{
    [Fact]
    public void Start_PhoneNeverStarts_SaysSoAndSkipsTheRest()
    {
        var page = Open();

        var clicked = page.Find(".page-actions .btn-primary").ClickAsync(new());
        page.WaitForState(() => Clock.Due.Count > 0);
        Clock.Fire(Clock.Due[^1]);

        page.WaitForElement(".phone-check-report");
        Assert.True(clicked.IsCompletedSuccessfully);
        Assert.Equal(
            [(PhoneCheckStep.Microphone, PhoneCheckState.Bad), (PhoneCheckStep.Socket, PhoneCheckState.Skipped), (PhoneCheckStep.Registration, PhoneCheckState.Skipped)],
            page.FindAll("[data-step]").Take(3).Select(step => (Enum.Parse<PhoneCheckStep>(step.GetAttribute("data-step")!), Enum.Parse<PhoneCheckState>(step.GetAttribute("data-state")!))));
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task Start_PhoneStartsAfterTheClick_IsTestedThen()
    {
        Answer = new CommandResult(false, Error: "microphone.denied");
        var page = Open();

        var clicked = page.Find(".page-actions .btn-primary").ClickAsync(new());
        await page.InvokeAsync(() => State.Accept(Phones.Snapshot(1)));

        page.WaitForElement(".phone-check-report");
        await clicked;
        Assert.Contains(Sent, command => command.StartsWith("microphoneTest", StringComparison.Ordinal));
        Assert.Equal("Good", page.Find("[data-step=Registration]").GetAttribute("data-state"));
    }

    private IRenderedComponent<PhoneCheckPage> Open() => Render<PhoneCheckPage>(page => page.Add(p => p.Slug, "demo").AddCascadingValue(State));
}
