using Bunit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Softphone.Panel;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Softphone.Panel;

/// <summary>The panel with a page that only notes its commands, and services that know nobody.</summary>
public abstract class PhonePanelContext : PortalContext
{
    protected IPhoneCalls Calls { get; } = Substitute.For<IPhoneCalls>();

    protected IPhoneDirectory Directory { get; } = Substitute.For<IPhoneDirectory>();

    protected IDispositions Dispositions { get; } = Substitute.For<IDispositions>();

    protected PhoneState State { get; } = new();

    private protected HeldTimers Clock { get; } = new(new DateTimeOffset(Now));

    /// <summary>Commands, with their arguments.</summary>
    protected List<string> Sent { get; } = [];

    /// <summary>What the page answers.</summary>
    protected CommandResult Answer { get; set; } = new(true);

    protected PhonePanelContext()
    {
        Calls.FindAsync("", default).ReturnsForAnyArgs(PhoneErrors.CallNotFound);
        Calls.SaveWorkAsync("", "", null, default).ReturnsForAnyArgs(Result.Success);
        Directory.SearchAsync("", default).ReturnsForAnyArgs(Phones.Listed<PhoneHit>());
        Directory.ListColleaguesAsync(default).ReturnsForAnyArgs(Phones.Listed<PhoneHit>());
        Directory.ListFavouritesAsync(default).ReturnsForAnyArgs(Phones.Listed<PhoneFavouriteRow>());
        Directory.WhoIsAsync("", default).ReturnsForAnyArgs(call => new PhoneIdentity(call.Arg<string>(), 0, null, [], [], [], null));
        Dispositions.ListAsync(default).ReturnsForAnyArgs(Phones.Listed<DispositionRow>());
        Services.AddSingleton(Calls).AddSingleton(Directory).AddSingleton(Dispositions).AddSingleton(State);
        Services.AddScoped<PhoneWords>();
        Services.AddSingleton<TimeProvider>(Clock);
        State.Know(Phones.Info);
        State.Connect((name, args) =>
        {
            Sent.Add($"{name} {System.Text.Json.JsonSerializer.Serialize(args)}");
            return Task.FromResult(Answer);
        });
        EnterAs(TenantRole.Agent);
    }

    protected static PhoneHit Hit(string number, LineStatus line) => new(PhoneHitKind.Extension, number, 0, $"Agent {number}", "", line, null, null);

    protected static IEnumerable<string> Acts(AngleSharp.Dom.IElement card) =>
        card.QuerySelectorAll("[data-phone-act]").Select(button => $"{button.GetAttribute("data-phone-act")} {button.GetAttribute("data-phone-call")}");

    protected static AngleSharp.Dom.IElement Button(IRenderedComponent<PhonePanel> panel, string text) =>
        panel.FindAll("button").First(button => button.TextContent.Trim() == text);

    protected IRenderedComponent<PhonePanel> Open(PhoneSnapshot snapshot)
    {
        State.Accept(snapshot);
        State.Open(true);
        return Render<PhonePanel>();
    }
}
