using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Clients;

namespace CallCenter.Infrastructure.Calls;

/// <summary>A leg that is new or has changed.</summary>
internal sealed class CallLegMap : IRowMap<CallLeg>
{
    public static string Table => CallLegConfiguration.Table;

    public static int KeyColumns => 5;

    public static IReadOnlyList<string> Columns { get; } =
    [
        nameof(CallLeg.PbxId), nameof(CallLeg.UniqueId), nameof(CallLeg.AccountId), nameof(CallLeg.StartLocal), nameof(CallLeg.TenantId),
        nameof(CallLeg.CallId), nameof(CallLeg.ContentHash),
        nameof(CallLeg.Session), nameof(CallLeg.StartedAtUtc), nameof(CallLeg.AnsweredAtUtc), nameof(CallLeg.EndedAtUtc),
        nameof(CallLeg.DurationSeconds), nameof(CallLeg.BillableSeconds), nameof(CallLeg.Disposition), nameof(CallLeg.Direction),
        nameof(CallLeg.Action), nameof(CallLeg.ActionTarget), nameof(CallLeg.Source), nameof(CallLeg.Destination), nameof(CallLeg.CallerName),
        nameof(CallLeg.AnsweredBy), nameof(CallLeg.SourceDevice), nameof(CallLeg.DestinationDevice), nameof(CallLeg.ReachedDevice),
        nameof(CallLeg.LastApplication), nameof(CallLeg.LastData), nameof(CallLeg.SourceTrunk), nameof(CallLeg.DestinationTrunk),
        nameof(CallLeg.RecordingFiles), nameof(CallLeg.Raw),
    ];

    public static void Write<TSink>(CallLeg row, TSink sink)
        where TSink : IRowSink
    {
        WriteKey(row.TenantId, row.PbxId, LegKey.Of(row), sink);
        sink.Uuid(row.CallId);
        sink.Int64(row.ContentHash);
        WriteContent(row, sink);
    }

    public static void WriteKey<TSink>(Guid tenantId, Guid pbxId, LegKey key, TSink sink)
        where TSink : IRowSink
    {
        sink.Uuid(pbxId);
        sink.Text(key.UniqueId);
        sink.Text(key.AccountId);
        sink.Text(WallClockConverter.Write(key.StartLocal));
        sink.Uuid(tenantId);
    }

    public static void WriteContent<TSink>(CallLeg row, TSink sink)
        where TSink : IRowSink
    {
        sink.Text(row.Session);
        sink.Instant(row.StartedAtUtc);
        sink.Instant(row.AnsweredAtUtc);
        sink.Instant(row.EndedAtUtc);
        sink.Int32(row.DurationSeconds);
        sink.Int32(row.BillableSeconds);
        sink.Int32((int)row.Disposition);
        sink.Int32((int)row.Direction);
        sink.Int32((int)row.Action);
        sink.Text(row.ActionTarget);
        sink.Text(row.Source);
        sink.Text(row.Destination);
        sink.Text(row.CallerName);
        sink.Text(row.AnsweredBy);
        sink.Text(row.SourceDevice);
        sink.Text(row.DestinationDevice);
        sink.Flag(row.ReachedDevice);
        sink.Text(row.LastApplication);
        sink.Text(row.LastData);
        sink.Text(row.SourceTrunk);
        sink.Text(row.DestinationTrunk);
        sink.Text(row.RecordingFiles);
        sink.Text(row.Raw);
    }
}

/// <summary>A leg that only moved to another call; its content is not at hand and stays.</summary>
internal sealed class MovedLegMap : IRowMap<MovedLeg>
{
    public static string Table => CallLegConfiguration.Table;

    public static int KeyColumns => CallLegMap.KeyColumns;

    public static IReadOnlyList<string> Columns { get; } = [.. CallLegMap.Columns.Take(CallLegMap.KeyColumns), nameof(CallLeg.CallId)];

    public static void Write<TSink>(MovedLeg row, TSink sink)
        where TSink : IRowSink
    {
        CallLegMap.WriteKey(row.TenantId, row.PbxId, row.Key, sink);
        sink.Uuid(row.CallId);
    }
}

internal sealed class CallMap : IRowMap<Call>
{
    public static string Table => CallConfiguration.Table;

    public static int KeyColumns => 2;

    public static IReadOnlyList<string> Columns { get; } =
    [
        nameof(Call.TenantId), nameof(Call.Id), nameof(Call.PbxId), nameof(Call.CallKey), nameof(Call.StartedAtUtc), nameof(Call.EndedAtUtc),
        nameof(Call.AnsweredAtUtc), nameof(Call.Direction), nameof(Call.Outcome), nameof(Call.FromNumber), nameof(Call.FromName),
        nameof(Call.ToNumber), nameof(Call.AnsweredBy), nameof(Call.Via), nameof(Call.Trunk), nameof(Call.DurationSeconds),
        nameof(Call.WaitSeconds), nameof(Call.TalkSeconds), nameof(Call.LegCount), nameof(Call.HasRecording), nameof(Call.FailureReason), nameof(Call.FromTail),
        nameof(Call.ToTail), nameof(Call.AnsweredByTail), nameof(Call.OutsideE164), nameof(Call.ClientId), nameof(Call.ClientCount),
        nameof(Call.Queue), nameof(Call.Ivr), nameof(Call.Path), nameof(Call.RingSeconds), nameof(Call.HoldSeconds), nameof(Call.HungUpBy),
        nameof(Call.TransferCount), nameof(Call.RulesVersion),
    ];

    public static void Write<TSink>(Call row, TSink sink)
        where TSink : IRowSink
    {
        sink.Uuid(row.TenantId);
        sink.Uuid(row.Id);
        sink.Uuid(row.PbxId);
        sink.Text(row.CallKey);
        sink.Instant(row.StartedAtUtc);
        sink.Instant(row.EndedAtUtc);
        sink.Instant(row.AnsweredAtUtc);
        sink.Int32((int)row.Direction);
        sink.Int32((int)row.Outcome);
        sink.Text(row.FromNumber);
        sink.Text(row.FromName);
        sink.Text(row.ToNumber);
        sink.Text(row.AnsweredBy);
        sink.Text(row.Via);
        sink.Text(row.Trunk);
        sink.Int32(row.DurationSeconds);
        sink.Int32(row.WaitSeconds);
        sink.Int32(row.TalkSeconds);
        sink.Int32(row.LegCount);
        sink.Flag(row.HasRecording);
        sink.Text(row.FailureReason);
        sink.Int64(row.FromTail);
        sink.Int64(row.ToTail);
        sink.Int64(row.AnsweredByTail);
        sink.Int64(row.OutsideE164);
        sink.OptionalUuid(row.ClientId);
        sink.Int32(row.ClientCount);
        sink.Text(row.Queue);
        sink.Text(row.Ivr);
        sink.Text(row.Path);
        sink.OptionalInt32(row.RingSeconds);
        sink.OptionalInt32(row.HoldSeconds);
        sink.Int32((int)row.HungUpBy);
        sink.Int32(row.TransferCount);
        sink.Int32(row.RulesVersion);
    }
}

internal sealed class CallParticipantMap : IRowMap<CallParticipant>
{
    public static string Table => CallParticipantConfiguration.Table;

    public static int KeyColumns => 3;

    public static IReadOnlyList<string> Columns { get; } =
    [
        nameof(CallParticipant.TenantId), nameof(CallParticipant.CallId), nameof(CallParticipant.Extension), nameof(CallParticipant.StartedAtUtc),
        nameof(CallParticipant.Part), nameof(CallParticipant.Queue), nameof(CallParticipant.Offers), nameof(CallParticipant.RingSeconds),
        nameof(CallParticipant.TalkSeconds),
    ];

    public static void Write<TSink>(CallParticipant row, TSink sink)
        where TSink : IRowSink
    {
        sink.Uuid(row.TenantId);
        sink.Uuid(row.CallId);
        sink.Text(row.Extension);
        sink.Instant(row.StartedAtUtc);
        sink.Int32((int)row.Part);
        sink.Text(row.Queue);
        sink.Int32(row.Offers);
        sink.Int32(row.RingSeconds);
        sink.Int32(row.TalkSeconds);
    }
}

/// <summary>Whose a call is, for matching anew.</summary>
internal sealed record CallOwner(Guid TenantId, Guid CallId, long OutsideE164, ClientMatch Match);

/// <summary>A call of which only the client changed.</summary>
internal sealed class CallOwnerMap : IRowMap<CallOwner>
{
    public static string Table => CallConfiguration.Table;

    public static int KeyColumns => CallMap.KeyColumns;

    public static IReadOnlyList<string> Columns { get; } =
        [.. CallMap.Columns.Take(CallMap.KeyColumns), nameof(Call.OutsideE164), nameof(Call.ClientId), nameof(Call.ClientCount)];

    public static void Write<TSink>(CallOwner row, TSink sink)
        where TSink : IRowSink
    {
        sink.Uuid(row.TenantId);
        sink.Uuid(row.CallId);
        sink.Int64(row.OutsideE164);
        sink.OptionalUuid(row.Match.ClientId);
        sink.Int32(row.Match.Count);
    }
}
