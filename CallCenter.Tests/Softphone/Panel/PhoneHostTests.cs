using Bunit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Softphone.Panel;
using CallCenter.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Softphone.Panel;

/// <summary>Snapshots in, commands out, calls stored: the phone of a circuit with a page that is played.</summary>
public sealed class PhoneHostTests : PortalContext
{
    private readonly IPhoneSessions _sessions = Substitute.For<IPhoneSessions>();
    private readonly IPhoneCalls _calls = Substitute.For<IPhoneCalls>();
    private readonly IPhoneDirectory _directory = Substitute.For<IPhoneDirectory>();
    private readonly HeldTimers _clock = new(new DateTimeOffset(Now));
    private readonly BunitJSModuleInterop _script;

    public PhoneHostTests()
    {
        _sessions.FindPhoneAsync(default).ReturnsForAnyArgs(Phones.Info);
        _calls.ReportAsync([], default).ReturnsForAnyArgs(Result.Success);
        _calls.EndAsync([], default).ReturnsForAnyArgs(call => Phones.Listed([.. call.Arg<IReadOnlyList<PhoneCallEnd>>().Select(end => end.Id)]));
        _calls.FindAsync("", default).ReturnsForAnyArgs(PhoneErrors.CallNotFound);
        _directory.SearchAsync("", default).ReturnsForAnyArgs(Phones.Listed<PhoneHit>());
        _directory.ListFavouritesAsync(default).ReturnsForAnyArgs(Phones.Listed<PhoneFavouriteRow>());
        _directory.WhoIsAsync("", default).ReturnsForAnyArgs(call => new PhoneIdentity(call.Arg<string>(), 0, null, [], [], [], null));
        Services.AddSingleton(_sessions).AddSingleton(_calls).AddSingleton(_directory).AddSingleton(Substitute.For<IDispositions>());
        Services.AddScoped<PhoneState>();
        Services.AddScoped<PhoneWords>();
        Services.AddSingleton<TimeProvider>(_clock);
        _script = JSInterop.SetupModule(matcher => matcher.Identifier == "import");
        _script.Mode = JSRuntimeMode.Loose;
        _script.Setup<CommandResult>("cmd", _ => true).SetResult(new CommandResult(true));
        EnterAs(TenantRole.Agent);
    }

    private PhoneState State => Services.GetRequiredService<PhoneState>();

    [Fact]
    public void NobodysPhone_LoadsNothing()
    {
        _sessions.FindPhoneAsync(default).ReturnsForAnyArgs((PhoneInfo?)null);

        var page = Render<PhoneScope>(p => p.AddChildContent("<p>Page</p>"));

        Assert.Equal("<p>Page</p>", page.Markup.Trim());
        Assert.Empty(JSInterop.Invocations);
    }

    [Fact]
    public void LookupFails_ThePageIsThereAllTheSame()
    {
        _sessions.FindPhoneAsync(default).ReturnsForAnyArgs<PhoneInfo?>(_ => throw new InvalidOperationException("no database"));

        Assert.Equal("<p>Page</p>", Render<PhoneScope>(p => p.AddChildContent("<p>Page</p>")).Markup.Trim());
    }

    [Fact]
    public void Start_LoadsTheScriptsAndAttaches()
    {
        State.Know(Phones.Info with { Ringtone = PhoneRingtone.Soft });
        Render<PhoneHost>();

        Assert.EndsWith("/dist/phone.js", (string)Assert.Single(JSInterop.Invocations["import"]).Arguments[0]!, StringComparison.Ordinal);
        var open = Assert.Single(_script.Invocations["open"]);
        Assert.EndsWith("/dist/softphone.js", (string)open.Arguments[0]!, StringComparison.Ordinal);
        var config = System.Text.Json.JsonSerializer.Serialize(open.Arguments[1]);
        Assert.Contains("demo/1", config, StringComparison.Ordinal);
        Assert.Contains("\"ringtone\":\"soft\"", config, StringComparison.Ordinal);
        Assert.Contains("riyadh/phone/session", config, StringComparison.Ordinal);
        Assert.Single(_script.Invocations["attach"]);
    }

    [Fact]
    public async Task Snapshot_OfTheLeader_IsToldAndEndedCallsAreAcknowledgedOnceStored()
    {
        var host = Host().Instance;

        host.OnPhone(Phones.Snapshot(1, Phones.Call("live")) with { Ended = [Phones.Ended("over", EndCause.NoAnswer, 408)] });

        await _calls.Received(1).ReportAsync(
            Arg.Is<IReadOnlyList<PhoneCallReport>>(live => live.Single().Id == "live" && live.Single().StartedAtUtc == new DateTime(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc)), Arg.Any<CancellationToken>());
        await _calls.Received(1).EndAsync(
            Arg.Is<IReadOnlyList<PhoneCallEnd>>(ended => ended.Single().Cause == "noAnswer" && ended.Single().Quality!.Samples == 40), Arg.Any<CancellationToken>());
        var sent = Assert.Single(_script.Invocations["cmd"]);
        Assert.Equal("acknowledge", sent.Arguments[1]);
        Assert.Contains("over", System.Text.Json.JsonSerializer.Serialize(sent.Arguments[2]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_OfAFollower_DoesNotTellTheLeadersCalls()
    {
        Host().Instance.OnPhone(Phones.Snapshot(1, Phones.Call()) with { Leader = false });

        await _calls.DidNotReceiveWithAnyArgs().ReportAsync([], default);
    }

    [Fact]
    public async Task Snapshot_Older_IsDropped()
    {
        var host = Host().Instance;

        host.OnPhone(Phones.Snapshot(7));
        host.OnPhone(Phones.Snapshot(6) with { Ended = [Phones.Ended()] });

        await _calls.DidNotReceiveWithAnyArgs().EndAsync([], default);
    }

    [Fact]
    public async Task Store_Fails_IsTriedAgainAndNotAcknowledged()
    {
        _calls.EndAsync([], default).ReturnsForAnyArgs(_ => throw new InvalidOperationException("no database"), _ => Phones.Listed("c1"));
        var host = Host();

        await host.InvokeAsync(() => host.Instance.OnPhone(Phones.Snapshot(1) with { Ended = [Phones.Ended()] }));
        Assert.Empty(_script.Invocations["cmd"]);
        _clock.Fire(PhoneBooks.RetryAfter);

        host.WaitForAssertion(() => Assert.Equal("acknowledge", Assert.Single(_script.Invocations["cmd"]).Arguments[1]));
    }

    [Fact]
    public async Task Command_GoesToThePageUnderAnIdOfItsOwn()
    {
        Host();

        await State.DialAsync("1002");
        await State.CommandAsync("dnd", new { on = true });

        var sent = _script.Invocations["cmd"];
        Assert.Equal(["dial", "dnd"], sent.Select(one => (string)one.Arguments[1]!));
        Assert.NotEqual(sent[0].Arguments[0], sent[1].Arguments[0]);
    }

    [Fact]
    public async Task SignOut_InACall_AsksFirst()
    {
        var host = Host();
        var dialogs = Services.GetRequiredService<Dialogs>();

        var asked = host.InvokeAsync(host.Instance.OnSignOut);
        Assert.Contains("ends it", dialogs.Current!.Body, StringComparison.Ordinal);
        dialogs.Answer(false);
        await asked;
        Assert.Empty(_script.Invocations["signOut"]);

        asked = host.InvokeAsync(host.Instance.OnSignOut);
        dialogs.Answer(true);
        await asked;
        Assert.Single(_script.Invocations["signOut"]);
    }

    [Fact]
    public async Task Reload_BringsBackWhatWasBeingWrittenAbout_AndForgetsWhatIsDone()
    {
        _script.Setup<string[]?>("keptWrapUps").SetResult(["talked", "gone"]);
        var row = new PhoneCallRow(
            Guid.NewGuid(), "talked", Guid.NewGuid(), "Mona", "1001", PhoneDirection.In, "+353201234567", "", 353201234567, PhoneCallState.Ended,
            Now, Now, Now, PhoneEndedBy.Remote, "hangUp", null, null, null, "Wants a ref", null);
        _calls.FindAsync("talked", Arg.Any<CancellationToken>()).Returns(row);

        var host = Host();
        Assert.Equal("talked", Assert.Single(State.WrapUps).Id);
        await host.InvokeAsync(() => State.CloseWrapUp("talked"));

        var kept = _script.Invocations["keepWrapUps"].Select(call => (string[])call.Arguments[0]!).ToList();
        Assert.Equal([["talked"], []], kept);
    }

    [Fact]
    public async Task Dispose_Detaches()
    {
        var host = Host();
        var key = _script.Invocations["attach"].Single().Arguments[0];

        await host.Instance.DisposeAsync();

        Assert.Equal(key, Assert.Single(_script.Invocations["detach"]).Arguments[0]);
        Assert.False((await State.CommandAsync("retry")).Ok);
    }

    private IRenderedComponent<PhoneHost> Host()
    {
        State.Know(Phones.Info);
        return Render<PhoneHost>();
    }
}
