namespace CallCenter.Infrastructure.Calls.Sync;

/// <summary>Spans of the sync; see docs/adr/0012-call-sync.md for why they are what they are.</summary>
internal sealed record CallSyncRules
{
    public static readonly CallSyncRules Default = new();

    /// <summary>How far behind its cursor each run begins: a leg appears at its end but is found by its start.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromHours(3);

    /// <summary>How far beyond our clock a run reads, for a PBX whose clock is ahead.</summary>
    public TimeSpan ClockMargin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far before the oldest row history begins: rows are not strictly sorted.</summary>
    public TimeSpan OldestMargin { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The current day is read again as a whole this often.</summary>
    public TimeSpan DayEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>So much of the newest comes before history does: a year takes minutes, and people look at today first.</summary>
    public TimeSpan NewestFirst { get; init; } = TimeSpan.FromDays(2);

    public TimeSpan FirstWindow { get; init; } = TimeSpan.FromDays(7);

    public TimeSpan ShortestWindow { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan LongestWindow { get; init; } = TimeSpan.FromDays(90);

    /// <summary>A window with fewer legs makes the next one twice as long.</summary>
    public int FewLegs { get; init; } = 4_000;

    /// <summary>A window with more legs makes the next one half as long.</summary>
    public int ManyLegs { get; init; } = 20_000;

    /// <summary>Legs gathered before they are stored; fewer at the end of a window.</summary>
    public int LegsPerWrite { get; init; } = 8_000;

    /// <summary>Pauses before a failed step is tried again within a run; after the last one the run fails.</summary>
    public IReadOnlyList<TimeSpan> Retries { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15)];

    /// <summary>Pause of the job after a failed run; doubles each time.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan NextWindow(TimeSpan window, int legs)
    {
        var next = legs < FewLegs ? window * 2 : legs > ManyLegs ? window / 2 : window;
        return next < ShortestWindow ? ShortestWindow : next > LongestWindow ? LongestWindow : next;
    }
}
