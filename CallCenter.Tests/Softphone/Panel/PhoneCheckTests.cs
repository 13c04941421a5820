using CallCenter.Web.Features.Softphone.Panel;

namespace CallCenter.Tests.Softphone.Panel;

/// <summary>What the check of the own phone concludes from what it sees.</summary>
public sealed class PhoneCheckTests
{
    [Theory]
    [InlineData(Permission.Granted, true, 0.4, PhoneCheckState.Good, null)]
    [InlineData(Permission.Granted, true, 0.001, PhoneCheckState.Weak, null)]
    [InlineData(Permission.Granted, false, 0, PhoneCheckState.Bad, "microphone.missing")]
    [InlineData(Permission.Denied, true, 0, PhoneCheckState.Bad, "microphone.denied")]
    public void Microphone_Seen_Concludes(Permission permission, bool there, double level, PhoneCheckState state, string? code)
    {
        var result = PhoneCheck.Microphone(Phones.Sound with { Permission = permission, Microphones = there ? Phones.Sound.Microphones : [] }, level);

        Assert.Equal((state, code), (result.State, result.Code));
    }

    [Theory]
    [InlineData(LineState.Registered, null, PhoneCheckState.Good, PhoneCheckState.Good)]
    [InlineData(LineState.AuthFailed, "line.credentials", PhoneCheckState.Good, PhoneCheckState.Bad)]
    [InlineData(LineState.AuthFailed, "line.session", PhoneCheckState.Bad, PhoneCheckState.Bad)]
    [InlineData(LineState.Reconnecting, "line.down", PhoneCheckState.Bad, PhoneCheckState.Bad)]
    public void Line_Seen_TellsSocketFromRegistration(LineState line, string? cause, PhoneCheckState socket, PhoneCheckState registration)
    {
        var seen = Phones.Line(line, cause, 403);

        Assert.Equal((socket, registration), (PhoneCheck.Socket(seen).State, PhoneCheck.Registration(seen).State));
        Assert.Equal(registration == PhoneCheckState.Bad ? cause : null, PhoneCheck.Registration(seen).Code);
    }

    [Theory]
    [InlineData(2, 0, 0, false, false, null, PhoneCheckState.Good)]
    [InlineData(2, 0, 0, true, false, null, PhoneCheckState.Good)]
    [InlineData(2, 1, 0, true, true, null, PhoneCheckState.Weak)]
    [InlineData(2, 1, 1, true, true, null, PhoneCheckState.Good)]
    [InlineData(0, 0, 0, false, false, null, PhoneCheckState.Bad)]
    [InlineData(0, 0, 0, false, false, "session", PhoneCheckState.Bad)]
    public void Network_Candidates_Conclude(int host, int srflx, int relay, bool stun, bool turn, string? error, PhoneCheckState state) =>
        Assert.Equal(state, PhoneCheck.Network(new IceReport(host, srflx, relay, 100, stun, turn, error)).State);

    [Theory]
    [InlineData(0, 20, PhoneCheckState.Good)]
    [InlineData(2, 20, PhoneCheckState.Weak)]
    [InlineData(0, 300, PhoneCheckState.Weak)]
    [InlineData(6, 20, PhoneCheckState.Bad)]
    [InlineData(0, 900, PhoneCheckState.Bad)]
    public void Echo_LossAndRoundTrip_Conclude(double loss, double trip, PhoneCheckState state)
    {
        var result = PhoneCheck.Echo([new QualitySnapshot(4, loss, 3, trip), new QualitySnapshot(null, null, null, null)], null);

        Assert.Equal(state, result.State);
        Assert.Contains("samples 1", result.Figures, StringComparison.Ordinal);
        Assert.False(result.Unreached);
    }

    [Fact]
    public void Echo_NobodyThere_SaysWhy()
    {
        var result = PhoneCheck.Echo([], Phones.Ended(cause: EndCause.NotFound, code: 404));

        Assert.Equal((PhoneCheckState.Bad, true, "NotFound 404"), (result.State, result.Unreached, result.Figures));
    }

    [Fact]
    public void Text_ForSupport_HasEveryPart()
    {
        var text = PhoneCheck.Text(
            [PhoneCheck.Registration(Phones.Line(LineState.AuthFailed, "line.credentials", 403)), PhoneCheck.Echo([], null)], "1001", new DateTime(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc), "Browser/1");

        Assert.Equal(
            """
            CallCenter phone check, 2026-03-02 15:00:00 UTC, extension 1001
            Registration Bad      line AuthFailed, SIP 403 [line.credentials]
            Echo         Bad      no figures
            Browser/1

            """.ReplaceLineEndings("\n"),
            text);
    }
}
