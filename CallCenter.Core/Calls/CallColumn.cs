namespace CallCenter.Core.Calls;

/// <summary>Columns of the history beside the caller, who names the row and is always there. In the order in which they are shown.</summary>
public enum CallColumn
{
    /// <summary>Number first dialled.</summary>
    To = 1,

    /// <summary>Who answered.</summary>
    AnsweredBy = 2,

    /// <summary>How it ended.</summary>
    Outcome = 3,

    /// <summary>When it began.</summary>
    Start = 4,

    /// <summary>Wait.</summary>
    Wait = 5,

    /// <summary>Talk time.</summary>
    Talk = 6,

    /// <summary>Queue it waited in first.</summary>
    Queue = 7,

    /// <summary>Way through the PBX.</summary>
    Path = 8,

    /// <summary>How long a phone rang.</summary>
    Ring = 9,

    /// <summary>How long it was on hold.</summary>
    Hold = 10,

    /// <summary>First start to last end.</summary>
    Duration = 11,

    /// <summary>Trunk.</summary>
    Trunk = 12,

    /// <summary>Who hung up.</summary>
    HungUpBy = 13,

    /// <summary>How often it was transferred.</summary>
    Transfers = 14,

    /// <summary>What an agent gave as its result.</summary>
    Disposition = 15,

    /// <summary>Its tags.</summary>
    Tags = 16,

    /// <summary>Whether there is a recording.</summary>
    Recording = 17,
}

/// <summary>Chosen columns as a value of the address: <c>to,outcome,start</c>. Names are permanent, as people keep links.</summary>
public static class CallColumns
{
    /// <summary>Name of the value in the address.</summary>
    public const string Key = "cols";

    /// <summary>What is written for the caller's column alone.</summary>
    private const string None = "none";

    /// <summary>Names of the columns, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<(CallColumn Column, string Name)> All =
    [
        (CallColumn.To, "to"),
        (CallColumn.AnsweredBy, "answered-by"),
        (CallColumn.Outcome, "outcome"),
        (CallColumn.Start, "start"),
        (CallColumn.Wait, "wait"),
        (CallColumn.Talk, "talk"),
        (CallColumn.Queue, "queue"),
        (CallColumn.Path, "path"),
        (CallColumn.Ring, "ring"),
        (CallColumn.Hold, "hold"),
        (CallColumn.Duration, "duration"),
        (CallColumn.Trunk, "trunk"),
        (CallColumn.HungUpBy, "hung-up-by"),
        (CallColumn.Transfers, "transfers"),
        (CallColumn.Disposition, "disposition"),
        (CallColumn.Tags, "tags"),
        (CallColumn.Recording, "recording"),
    ];

    /// <summary>What is shown to those who chose nothing.</summary>
    public static readonly IReadOnlyList<CallColumn> Default =
    [
        CallColumn.To, CallColumn.AnsweredBy, CallColumn.Outcome, CallColumn.Start, CallColumn.Wait, CallColumn.Talk, CallColumn.Recording,
    ];

    /// <summary>The value that the columns make, in the order in which they are shown.</summary>
    public static string Write(IEnumerable<CallColumn> columns)
    {
        var chosen = columns.ToHashSet();
        var names = All.Where(known => chosen.Contains(known.Column)).Select(known => known.Name).ToList();
        return names.Count == 0 ? None : string.Join(',', names);
    }

    /// <summary>The columns of a value; null when it says nothing that is understood.</summary>
    public static IReadOnlyList<CallColumn>? Read(string? text)
    {
        var words = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words is [var only] && string.Equals(only, None, StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var known = All.Where(column => words.Contains(column.Name, StringComparer.OrdinalIgnoreCase)).Select(column => column.Column).ToList();
        return known.Count == 0 ? null : known;
    }
}
