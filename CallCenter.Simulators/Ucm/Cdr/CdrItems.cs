namespace CallCenter.Simulators.Ucm.Cdr;

/// <summary>One root item of a cdrapi reply: a single leg, or several under a <c>main_cdr</c>.</summary>
/// <param name="Legs">At least one.</param>
/// <param name="Head">The leg whose session and start the item carries.</param>
internal sealed record CdrItem(IReadOnlyList<CdrEntry> Legs, CdrEntry Head);

/// <summary>Groups legs into root items, rightly or as the firmware that is one leg late does. Pure.</summary>
internal static class CdrItems
{
    public static List<CdrItem> Of(IReadOnlyList<CdrEntry> legs, CdrColumns columns, UcmQuirks quirks)
    {
        List<List<CdrEntry>> sessions = [];
        string? last = null;
        foreach (var entry in legs)
        {
            var session = columns.Session(entry);
            if (session != last || !ReferenceEquals(sessions[^1][0].Call, entry.Call))
            {
                sessions.Add([]);
                last = session;
            }

            sessions[^1].Add(entry);
        }

        return quirks.ShiftedGroups ? Shifted(sessions) : [.. sessions.Select(s => new CdrItem(s, s[0]))];
    }

    // Each session's last leg opens the next item; every group shows the session and start of the first group.
    private static List<CdrItem> Shifted(List<List<CdrEntry>> sessions)
    {
        List<CdrItem> items = [];
        List<CdrEntry> open = [];
        CdrEntry? firstGroup = null;
        foreach (var session in sessions)
        {
            open.AddRange(session.Take(session.Count - 1));
            Close();
            open = [session[^1]];
        }

        Close();
        return items;

        void Close()
        {
            if (open.Count > 1)
            {
                firstGroup ??= open[0];
            }

            if (open.Count > 0)
            {
                items.Add(new CdrItem(open, open.Count > 1 ? firstGroup!.Value : open[0]));
            }
        }
    }
}
