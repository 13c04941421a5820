using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Calls;

namespace CallCenter.Infrastructure.Recordings;

/// <summary>A recording as it is named first.</summary>
internal sealed class RecordingMap : IRowMap<Recording>
{
    public static string Table => RecordingConfiguration.Table;

    public static int KeyColumns => 2;

    public static IReadOnlyList<string> Columns { get; } =
    [
        nameof(Recording.TenantId), nameof(Recording.Id), nameof(Recording.PbxId), nameof(Recording.CallId), nameof(Recording.PbxName),
        nameof(Recording.State), nameof(Recording.StartedAtUtc), nameof(Recording.DurationSeconds), nameof(Recording.SizeBytes),
        nameof(Recording.Sha256), nameof(Recording.StoreKey), nameof(Recording.FileKey), nameof(Recording.Attempts),
        nameof(Recording.NextAttemptUtc), nameof(Recording.Failure), nameof(Recording.FoundAtUtc), nameof(Recording.StoredAtUtc),
        nameof(Recording.DeletedAtUtc), nameof(Recording.Version),
    ];

    public static void Write<TSink>(Recording row, TSink sink)
        where TSink : IRowSink
    {
        sink.Uuid(row.TenantId);
        sink.Uuid(row.Id);
        sink.Uuid(row.PbxId);
        sink.Uuid(row.CallId);
        sink.Text(row.PbxName);
        sink.Int32((int)row.State);
        sink.Instant(row.StartedAtUtc);
        sink.Int32(row.DurationSeconds);
        sink.Int64(row.SizeBytes);
        sink.Text(row.Sha256);
        sink.Text(row.StoreKey);
        sink.Text(row.FileKey);
        sink.Int32(row.Attempts);
        sink.Instant(row.NextAttemptUtc);
        sink.Text(row.Failure);
        sink.Instant(row.FoundAtUtc);
        sink.Instant(row.StoredAtUtc);
        sink.Instant(row.DeletedAtUtc);
        sink.Int32(row.Version);
    }
}

/// <summary>A recording whose call is another one now.</summary>
internal sealed record MovedRecording(Guid TenantId, Guid Id, Guid CallId);

internal sealed class MovedRecordingMap : IRowMap<MovedRecording>
{
    public static string Table => RecordingConfiguration.Table;

    public static int KeyColumns => RecordingMap.KeyColumns;

    public static IReadOnlyList<string> Columns { get; } = [nameof(Recording.TenantId), nameof(Recording.Id), nameof(Recording.CallId)];

    public static void Write<TSink>(MovedRecording row, TSink sink)
        where TSink : IRowSink
    {
        sink.Uuid(row.TenantId);
        sink.Uuid(row.Id);
        sink.Uuid(row.CallId);
    }
}
