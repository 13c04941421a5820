namespace CallCenter.Core.Worklist;

/// <summary>What happened between a caller and us, as far as the worklist cares. The order decides among events of one moment.</summary>
public enum CallerEventKind
{
    /// <summary>The caller got through.</summary>
    CalledAgain = 1,

    /// <summary>We called and the caller answered.</summary>
    CalledBack = 2,

    /// <summary>We called and nobody answered.</summary>
    Tried = 3,

    /// <summary>The caller gave up.</summary>
    Abandoned = 4,

    /// <summary>Somebody dismissed what had been abandoned until then.</summary>
    Dismissed = 5,
}

/// <summary>One event.</summary>
/// <param name="AtUtc">When, UTC: starts of calls; of a dismissal the start of the last call it dismisses.</param>
/// <param name="Kind">What.</param>
/// <param name="Id">The call or the dismissal.</param>
public readonly record struct CallerEvent(DateTime AtUtc, CallerEventKind Kind, Guid Id);

/// <summary>Abandoned calls of one caller that stand for one wish to be called back, and what became of it.</summary>
/// <param name="Abandoned">The calls by time; at least one.</param>
/// <param name="Tried">Calls of ours that nobody answered meanwhile.</param>
/// <param name="End">What ended it; null while it is open.</param>
public sealed record CallerEpisode(IReadOnlyList<CallerEvent> Abandoned, IReadOnlyList<CallerEvent> Tried, CallerEvent? End);

/// <summary>Makes episodes of the events with one caller. Pure, and the same for any order in which the events became known.</summary>
public static class CallerEpisodes
{
    /// <summary>The episodes by time; only the last can be open.</summary>
    public static IReadOnlyList<CallerEpisode> Of(IEnumerable<CallerEvent> events)
    {
        var episodes = new List<CallerEpisode>();
        var (abandoned, tried) = (new List<CallerEvent>(), new List<CallerEvent>());
        foreach (var happened in events.Distinct().OrderBy(e => e.AtUtc).ThenBy(e => e.Kind).ThenBy(e => e.Id))
        {
            if (happened.Kind == CallerEventKind.Abandoned)
            {
                abandoned.Add(happened);
            }
            else if (abandoned.Count > 0)
            {
                if (happened.Kind == CallerEventKind.Tried)
                {
                    tried.Add(happened);
                    continue;
                }

                episodes.Add(new CallerEpisode(abandoned, tried, happened));
                (abandoned, tried) = ([], []);
            }
        }

        if (abandoned.Count > 0)
        {
            episodes.Add(new CallerEpisode(abandoned, tried, null));
        }

        return episodes;
    }
}
