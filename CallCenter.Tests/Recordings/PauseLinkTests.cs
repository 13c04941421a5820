using CallCenter.Core.Calls;
using CallCenter.Core.Recordings;

namespace CallCenter.Tests.Recordings;

public sealed class PauseLinkTests
{
    private static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Guid First = Guid.NewGuid();
    private static readonly Guid Second = Guid.NewGuid();

    [Theory]
    [InlineData(-6, false)]
    [InlineData(-5, true)]
    [InlineData(0, true)]
    [InlineData(60, true)]
    [InlineData(65, true)]
    [InlineData(66, false)]
    public void Find_AMomentOfOneCall_IsThatCallWithinTheSlack(int second, bool found) =>
        Assert.Equal(found ? First : null, PauseLink.Find(Noon.AddSeconds(second), [Call(First, 0, 60)]));

    [Fact]
    public void Find_CallsBackToBack_IsTheOneThatHoldsTheMoment()
    {
        List<PauseCandidate> calls = [Call(Second, 62, 120), Call(First, 0, 60)];

        Assert.Equal(First, PauseLink.Find(Noon.AddSeconds(59), calls));
        Assert.Equal(Second, PauseLink.Find(Noon.AddSeconds(62), calls));
    }

    [Fact]
    public void Find_SecondCallWithinTheFirst_IsTheSecond() =>
        Assert.Equal(Second, PauseLink.Find(Noon.AddSeconds(30), [Call(First, 0, 60), Call(Second, 20, 40)]));

    [Fact]
    public void Find_CallThatOnlyRang_IsNone() =>
        Assert.Equal(First, PauseLink.Find(Noon.AddSeconds(30), [Call(First, 0, 60), Call(Second, 20, 40, CallPart.Rang | CallPart.Missed)]));

    [Theory]
    [InlineData(-10, 5, 0.0, 5.0)]
    [InlineData(10, 20, 10.0, 20.0)]
    [InlineData(50, 99, 50.0, 60.0)]
    public void Of_AMark_IsClippedToTheRecording(int from, int until, double first, double last) =>
        Assert.Equal(new PauseStretch(first, last), PauseStretch.Of(Noon, 60, Noon.AddSeconds(from), Noon.AddSeconds(until)));

    [Theory]
    [InlineData(-10, 0)]
    [InlineData(60, 70)]
    [InlineData(20, 20)]
    public void Of_AMarkOutside_IsNone(int from, int until) =>
        Assert.Null(PauseStretch.Of(Noon, 60, Noon.AddSeconds(from), Noon.AddSeconds(until)));

    [Fact]
    public void Merge_StretchesThatTouch_AreOne() =>
        Assert.Equal([new(1, 5), new(7, 8)], PauseStretch.Merge([new(7, 8), new(3, 5), new(1, 3), new(2, 4)]));

    private static PauseCandidate Call(Guid id, int from, int until, CallPart part = CallPart.Answered) =>
        new(id, Noon.AddSeconds(from), Noon.AddSeconds(until), part);
}
