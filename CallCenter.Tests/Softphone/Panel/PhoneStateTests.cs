using CallCenter.Core.Softphone;
using CallCenter.Web.Features.Softphone.Panel;

namespace CallCenter.Tests.Softphone.Panel;

public sealed class PhoneStateTests
{
    private readonly PhoneState _state = new();
    private readonly List<string> _sent = [];

    public PhoneStateTests() => _state.Connect((name, args) =>
    {
        _sent.Add($"{name} {System.Text.Json.JsonSerializer.Serialize(args)}");
        return Task.FromResult(new CommandResult(true, "c9"));
    });

    [Theory]
    [InlineData("page", 5, false)]
    [InlineData("page", 4, false)]
    [InlineData("page", 6, true)]
    [InlineData("reloaded", 1, true)]
    public void Accept_RevisionAndEpoch_DropsWhatIsOlder(string epoch, long rev, bool taken)
    {
        _state.Accept(Phones.Snapshot(5));

        Assert.Equal(taken, _state.Accept(Phones.Snapshot(rev, Phones.Call()) with { Epoch = epoch }));

        Assert.Equal(taken ? 1 : 0, _state.Calls.Count);
    }

    [Fact]
    public void Accept_NewCall_Unfolds()
    {
        _state.Accept(Phones.Snapshot(1));
        Assert.False(_state.IsOpen);

        _state.Accept(Phones.Snapshot(2, Phones.Call(state: PhoneCallState.Ringing)));

        Assert.True(_state.IsOpen);
    }

    [Fact]
    public void Accept_SameCallAgain_LeavesAFoldedPanelFolded()
    {
        _state.Accept(Phones.Snapshot(1, Phones.Call()));
        _state.Open(false);

        _state.Accept(Phones.Snapshot(2, Phones.Call()));

        Assert.False(_state.IsOpen);
    }

    [Fact]
    public void Accept_CallOver_TellsTheEndAndKeepsAnsweredOnesForWrapUp()
    {
        _state.Accept(Phones.Snapshot(1, Phones.Call("a"), Phones.Call("b", PhoneCallState.Dialing)));

        _state.Accept(Phones.Snapshot(2) with { Ended = [Phones.Ended("a")], LastEnd = Phones.Ended("b", EndCause.Busy, 486) });

        Assert.Equal(EndCause.Busy, _state.LastEnd?.Cause);
        Assert.Equal("a", Assert.Single(_state.WrapUps).Id);
        _state.CloseWrapUp("a");
        Assert.Empty(_state.WrapUps);
    }

    [Theory]
    [InlineData("tel:+353%2020%20123%204567", "+353201234567")]
    [InlineData("+44 (0)20 7946 0018", "+442079460018")]
    [InlineData("٠١١-٤٥٦ ٧٨٩٠", "0114567890")]
    [InlineData(" *43# ", "*43#")]
    [InlineData("(020) 123.4567", "0201234567")]
    [InlineData("sip:1001@pbx.example.com", "1001")]
    public async Task Dial_AnySpelling_SendsDigits(string typed, string number)
    {
        await _state.DialAsync(typed);

        Assert.Equal($$"""dial {"number":"{{number.Replace("+", "\\u002B", StringComparison.Ordinal)}}"}""", Assert.Single(_sent));
        Assert.True(_state.IsOpen);
        Assert.Null(_state.Failure);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("Nora")]
    [InlineData("123456789012345678901234567890123")]
    public async Task Dial_NoNumber_SaysSoAndSendsNothing(string typed)
    {
        await _state.DialAsync(typed);

        Assert.Empty(_sent);
        Assert.Equal("call.badNumber", _state.Failure);
    }

    [Fact]
    public async Task Dial_WhileThePageThinks_ShowsTheNumberAtOnce()
    {
        var answer = new TaskCompletionSource<CommandResult>();
        _state.Connect((_, _) => answer.Task);

        var dialling = _state.DialAsync("1002");
        Assert.Equal("1002", _state.Dialling);
        answer.SetResult(new CommandResult(false, Error: "line.down", SipCode: 503));
        await dialling;

        Assert.Null(_state.Dialling);
        Assert.Equal(("line.down", 503), (_state.Failure, _state.FailureSipCode));
    }

    [Fact]
    public async Task Command_NoPage_SaysThePhoneDoesNotRun()
    {
        _state.Connect(null);

        Assert.False((await _state.CommandAsync("retry")).Ok);

        Assert.Equal("phone.stopped", _state.Failure);
    }
}
