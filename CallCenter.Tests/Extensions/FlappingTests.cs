using CallCenter.Core.Extensions;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Extensions;

public sealed class FlappingTests
{
    private static readonly DateTime Start = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(3, 5, false)]
    [InlineData(4, 5, true)]
    [InlineData(4, 11, false)]
    public void Next_LossesInShortOrder_BeginIt(int losses, int minutesBetween, bool expected)
    {
        var at = Enumerable.Range(0, losses).Select(i => Start.AddMinutes(i * minutesBetween)).ToList();

        Assert.Equal(expected, Flapping.Next(false, at, at[^1]));
    }

    [Fact]
    public void Next_OneLossNowAndThen_KeepsItUntilAWholeQuietTime()
    {
        var last = Start.AddMinutes(-59);

        Assert.True(Flapping.Next(true, [last], Start));
        Assert.False(Flapping.Next(true, [last], Start.AddMinutes(1)));
    }

    [Fact]
    public void Next_AskedMoreOften_SaysTheSameAtTheSameMoments()
    {
        var scenarios = from gaps in Gen.Choose(0, 90).ListOf(14)
                        from asks in Gen.Choose(0, 600).ListOf(20)
                        select (gaps, asks);

        Prop.ForAll(Arb.From(scenarios), scenario =>
        {
            var losses = Losses(scenario.gaps);
            var atLosses = Answers(losses, losses);
            var often = Answers(losses, [.. losses.Concat(scenario.asks.Select(minute => Start.AddMinutes(minute))).Distinct().Order()]);
            return losses.All(loss => atLosses[loss] == often[loss]);
        }).Holds();
    }

    [Fact]
    public void Next_FoldedOverLosses_EqualsTheRuleInWords()
    {
        Prop.ForAll(Arb.From(Gen.Choose(0, 90).ListOf(14)), gaps =>
        {
            var losses = Losses(gaps);
            var answers = Answers(losses, losses);
            return Enumerable.Range(0, losses.Count).All(i => answers[losses[i]] == InWords(losses, i));
        }).Holds();
    }

    private static List<DateTime> Losses(IEnumerable<int> gaps)
    {
        var at = Start;
        return [.. gaps.Select(gap => at = at.AddMinutes(gap + 1))];
    }

    private static Dictionary<DateTime, bool> Answers(IReadOnlyList<DateTime> losses, IEnumerable<DateTime> asked)
    {
        var flapping = false;
        return asked.ToDictionary(now => now, now => flapping = Flapping.Next(flapping, losses.Where(loss => loss <= now), now));
    }

    // Some loss ended four in half an hour, and from there to now no hour passed without one.
    private static bool InWords(List<DateTime> losses, int now) => Enumerable.Range(0, now + 1).Any(begin =>
        begin >= Flapping.Losses - 1
        && losses[begin] - losses[begin - Flapping.Losses + 1] < Flapping.Window
        && Enumerable.Range(begin + 1, now - begin).All(i => losses[i] - losses[i - 1] < Flapping.Quiet));
}
