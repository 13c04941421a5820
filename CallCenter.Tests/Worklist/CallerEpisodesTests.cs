using CallCenter.Core.Worklist;

namespace CallCenter.Tests.Worklist;

public sealed class CallerEpisodesTests
{
    private static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Of_SeveralAbandons_AreOneEpisode()
    {
        var episode = Assert.Single(Make("A0 A5 T7 A9"));

        Assert.Equal((3, 1, null), (episode.Abandoned.Count, episode.Tried.Count, episode.End));
    }

    [Theory]
    [InlineData("A0 B5", CallerEventKind.CalledBack)]
    [InlineData("A0 T3 B5", CallerEventKind.CalledBack)]
    [InlineData("A0 C5 B6", CallerEventKind.CalledAgain)]
    [InlineData("A0 D0 C5", CallerEventKind.Dismissed)]
    public void Of_FirstEnd_Decides(string events, CallerEventKind end) => Assert.Equal(end, Assert.Single(Make(events)).End?.Kind);

    [Fact]
    public void Of_AbandonAfterTheEnd_IsAnotherEpisode()
    {
        var episodes = Make("A0 B5 A9 D9 A12");

        Assert.Equal([CallerEventKind.CalledBack, CallerEventKind.Dismissed, null], episodes.Select(episode => episode.End?.Kind));
    }

    [Fact]
    public void Of_AnswerBeforeOrAtTheSameMoment_EndsNothing() => Assert.Null(Assert.Single(Make("B0 C3 A3 B3")).End);

    [Fact]
    public void Of_DismissalOfWhatWasKnown_LeavesALaterOneOpen()
    {
        // Dismissed after the call of minute 0; that of minute 2 came to us only afterwards.
        Assert.Equal([CallerEventKind.Dismissed, null], Make("A0 D0 A2").Select(episode => episode.End?.Kind));
    }

    [Fact]
    public void Of_NoAbandon_IsNothing() => Assert.Empty(Make("B0 C1 T2 D3"));

    private static IReadOnlyList<CallerEpisode> Make(string events) => CallerEpisodes.Of(events.Split(' ').Select((text, i) => new CallerEvent(
        Noon.AddMinutes(int.Parse(text[1..], System.Globalization.CultureInfo.InvariantCulture)),
        text[0] switch
        {
            'A' => CallerEventKind.Abandoned,
            'B' => CallerEventKind.CalledBack,
            'C' => CallerEventKind.CalledAgain,
            'T' => CallerEventKind.Tried,
            _ => CallerEventKind.Dismissed,
        },
        new Guid(i, 0, 0, new byte[8]))));
}
