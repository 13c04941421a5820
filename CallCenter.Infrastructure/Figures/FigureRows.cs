using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;

namespace CallCenter.Infrastructure.Figures;

/// <summary>Sums of the calls of a flow slice that began in one quarter of an hour. The sums are shadow columns, <see cref="FigureColumns"/>.</summary>
internal sealed class FigureQuarter : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary><see cref="FigureTime.QuarterOf"/>.</summary>
    public int Quarter { get; init; }

    public long SliceId { get; init; }

    /// <summary>Of offered calls.</summary>
    public int LongestWaitSeconds { get; init; }
}

/// <summary>Sums of the calls of a slice of any kind but <see cref="SliceKind.Agent"/> that began on one day of the tenant's zone.</summary>
internal sealed class FigureDay : ITenantOwned
{
    public Guid TenantId { get; init; }

    public SliceKind Kind { get; init; }

    /// <summary><see cref="DateOnly.DayNumber"/>.</summary>
    public int Day { get; init; }

    public long SliceId { get; init; }
}

/// <summary>Sums of an extension's parts in the calls of a day. The sums are shadow columns, <see cref="AgentColumns"/>.</summary>
internal sealed class FigureAgentDay : ITenantOwned
{
    public Guid TenantId { get; init; }

    public int Day { get; init; }

    public long SliceId { get; init; }
}

/// <summary>A row of any of the three as it is written.</summary>
internal sealed record FigureRow(Guid TenantId, SliceKind Kind, int At, long SliceId, int[] Sums)
{
    public int LongestWaitSeconds { get; set; }
}

internal sealed class FigureQuarterMap : ISumMap<FigureRow>
{
    public static string Table => FigureQuarterConfiguration.Table;

    public static int KeyColumns => 3;

    public static IReadOnlyList<string> Columns { get; } =
        [nameof(FigureQuarter.TenantId), nameof(FigureQuarter.Quarter), nameof(FigureQuarter.SliceId), .. FigureColumns.Names, Longest];

    public static IReadOnlySet<string> Greatest { get; } = new HashSet<string>(StringComparer.Ordinal) { Longest };

    private const string Longest = nameof(FigureQuarter.LongestWaitSeconds);

    public static void Write<TSink>(FigureRow row, TSink sink)
        where TSink : IRowSink
    {
        sink.Uuid(row.TenantId);
        sink.Int32(row.At);
        sink.Int64(row.SliceId);
        foreach (var sum in row.Sums)
        {
            sink.Int32(sum);
        }

        sink.Int32(row.LongestWaitSeconds);
    }
}

/// <summary>The longest wait of rows from which a call went.</summary>
internal sealed class LongestWaitMap : IRowMap<FigureRow>
{
    public static string Table => FigureQuarterConfiguration.Table;

    public static int KeyColumns => FigureQuarterMap.KeyColumns;

    public static IReadOnlyList<string> Columns { get; } = [.. FigureQuarterMap.Columns.Take(FigureQuarterMap.KeyColumns), nameof(FigureQuarter.LongestWaitSeconds)];

    public static void Write<TSink>(FigureRow row, TSink sink)
        where TSink : IRowSink
    {
        sink.Uuid(row.TenantId);
        sink.Int32(row.At);
        sink.Int64(row.SliceId);
        sink.Int32(row.LongestWaitSeconds);
    }
}

internal sealed class FigureDayMap : ISumMap<FigureRow>
{
    public static string Table => FigureDayConfiguration.Table;

    public static int KeyColumns => 4;

    public static IReadOnlyList<string> Columns { get; } =
        [nameof(FigureDay.TenantId), nameof(FigureDay.Kind), nameof(FigureDay.Day), nameof(FigureDay.SliceId), .. FigureColumns.Names];

    public static IReadOnlySet<string> Greatest { get; } = new HashSet<string>();

    public static void Write<TSink>(FigureRow row, TSink sink)
        where TSink : IRowSink
    {
        sink.Uuid(row.TenantId);
        sink.Int32((int)row.Kind);
        sink.Int32(row.At);
        sink.Int64(row.SliceId);
        foreach (var sum in row.Sums)
        {
            sink.Int32(sum);
        }
    }
}

internal sealed class FigureAgentDayMap : ISumMap<FigureRow>
{
    public static string Table => FigureAgentDayConfiguration.Table;

    public static int KeyColumns => 3;

    public static IReadOnlyList<string> Columns { get; } =
        [nameof(FigureAgentDay.TenantId), nameof(FigureAgentDay.Day), nameof(FigureAgentDay.SliceId), .. AgentColumns.Names];

    public static IReadOnlySet<string> Greatest { get; } = new HashSet<string>();

    public static void Write<TSink>(FigureRow row, TSink sink)
        where TSink : IRowSink
    {
        sink.Uuid(row.TenantId);
        sink.Int32(row.At);
        sink.Int64(row.SliceId);
        foreach (var sum in row.Sums)
        {
            sink.Int32(sum);
        }
    }
}

internal sealed class FigureSliceMap : IRowMap<FigureSlice>
{
    public static string Table => FigureSliceConfiguration.Table;

    public static int KeyColumns => 2;

    public static IReadOnlyList<string> Columns { get; } =
    [
        nameof(FigureSlice.TenantId), nameof(FigureSlice.Id), nameof(FigureSlice.PbxId), nameof(FigureSlice.Kind), nameof(FigureSlice.Direction),
        nameof(FigureSlice.Offered), nameof(FigureSlice.Queue), nameof(FigureSlice.RingGroup), nameof(FigureSlice.Value),
    ];

    public static void Write<TSink>(FigureSlice row, TSink sink)
        where TSink : IRowSink
    {
        sink.Uuid(row.TenantId);
        sink.Int64(row.Id);
        sink.Uuid(row.PbxId);
        sink.Int32((int)row.Kind);
        sink.Int32((int)row.Direction);
        sink.Flag(row.Offered);
        sink.Text(row.Queue);
        sink.Text(row.RingGroup);
        sink.Text(row.Value);
    }
}
