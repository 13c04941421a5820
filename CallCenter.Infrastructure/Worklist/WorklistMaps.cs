using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Calls;

namespace CallCenter.Infrastructure.Worklist;

/// <summary>An entry that is new, and whose.</summary>
internal sealed record NewEntry(Guid TenantId, WorklistEntry Entry);

/// <summary>An abandoned call that is new to the list, and whose.</summary>
internal sealed record NewWorklistCall(Guid TenantId, WorklistCall Call);

internal sealed class NewEntryMap : IRowMap<NewEntry>
{
    public static string Table => WorklistEntryConfiguration.Table;

    public static int KeyColumns => 2;

    public static IReadOnlyList<string> Columns { get; } =
    [
        nameof(WorklistEntry.TenantId), nameof(WorklistEntry.Id), nameof(WorklistEntry.E164), nameof(WorklistEntry.Number), nameof(WorklistEntry.FirstAtUtc),
        nameof(WorklistEntry.LastAtUtc), nameof(WorklistEntry.Calls), nameof(WorklistEntry.LongestWaitSeconds), nameof(WorklistEntry.IsShort),
        nameof(WorklistEntry.Groups), nameof(WorklistEntry.State), nameof(WorklistEntry.ClosedAtUtc), nameof(WorklistEntry.ClosedByCallId),
        nameof(WorklistEntry.ClosedBy), nameof(WorklistEntry.DismissalId), nameof(WorklistEntry.Tries), nameof(WorklistEntry.LastTryAtUtc),
        nameof(WorklistEntry.ClaimedById), nameof(WorklistEntry.ClaimedByName), nameof(WorklistEntry.ClaimedUntilUtc),
    ];

    public static void Write<TSink>(NewEntry row, TSink sink)
        where TSink : IRowSink
    {
        var entry = row.Entry;
        sink.Uuid(row.TenantId);
        sink.Uuid(entry.Id);
        sink.Int64(entry.E164);
        sink.Text(entry.Number);
        sink.Instant(entry.FirstAtUtc);
        sink.Instant(entry.LastAtUtc);
        sink.Int32(entry.Calls);
        sink.Int32(entry.LongestWaitSeconds);
        sink.Flag(entry.IsShort);
        sink.Text(entry.Groups);
        sink.Int32((int)entry.State);
        sink.Instant(entry.ClosedAtUtc);
        sink.OptionalUuid(entry.ClosedByCallId);
        sink.Text(entry.ClosedBy);
        sink.OptionalUuid(entry.DismissalId);
        sink.Int32(entry.Tries);
        sink.Instant(entry.LastTryAtUtc);
        sink.OptionalUuid(entry.ClaimedById);
        sink.Text(entry.ClaimedByName);
        sink.Instant(entry.ClaimedUntilUtc);
    }
}

internal sealed class NewWorklistCallMap : IRowMap<NewWorklistCall>
{
    public static string Table => WorklistCallConfiguration.Table;

    public static int KeyColumns => 2;

    public static IReadOnlyList<string> Columns { get; } =
        [nameof(WorklistCall.TenantId), nameof(WorklistCall.CallId), nameof(WorklistCall.EntryId), nameof(WorklistCall.Group)];

    public static void Write<TSink>(NewWorklistCall row, TSink sink)
        where TSink : IRowSink
    {
        sink.Uuid(row.TenantId);
        sink.Uuid(row.Call.CallId);
        sink.Uuid(row.Call.EntryId);
        sink.Text(row.Call.Group);
    }
}
