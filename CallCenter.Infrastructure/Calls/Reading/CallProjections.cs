using System.Linq.Expressions;
using CallCenter.Core.Calls;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>What of a call is read.</summary>
internal static class CallProjections
{
    public static readonly Expression<Func<Call, CallRow>> Row = call => new CallRow(
        call.Id,
        call.StartedAtUtc,
        call.Direction,
        call.Outcome,
        call.FromNumber,
        call.FromName,
        call.ToNumber,
        call.AnsweredBy,
        call.Via,
        call.WaitSeconds,
        call.TalkSeconds,
        call.HasRecording)
    {
        OutsideE164 = call.OutsideE164,
        Queue = call.Queue,
        Path = call.Path,
        Trunk = call.Trunk,
        DurationSeconds = call.DurationSeconds,
        RingSeconds = call.RingSeconds,
        HoldSeconds = call.HoldSeconds,
        HungUpBy = call.HungUpBy,
        TransferCount = call.TransferCount,
        FailureReason = call.FailureReason,
        ClientId = call.ClientId,
        ClientCount = call.ClientCount,
    };

    public static readonly Func<Call, CallRow> ToRow = Row.Compile();

    /// <summary>Only what files hold, and what finds the clients: every column more costs with every row.</summary>
    public static readonly Expression<Func<Call, CallExportRow>> Export = call => new CallExportRow
    {
        Id = call.Id,
        StartedAtUtc = call.StartedAtUtc,
        AnsweredAtUtc = call.AnsweredAtUtc,
        EndedAtUtc = call.EndedAtUtc,
        Direction = call.Direction,
        Outcome = call.Outcome,
        FromNumber = call.FromNumber,
        FromName = call.FromName,
        ToNumber = call.ToNumber,
        AnsweredBy = call.AnsweredBy,
        Queue = call.Queue,
        Path = call.Path,
        Trunk = call.Trunk,
        WaitSeconds = call.WaitSeconds,
        TalkSeconds = call.TalkSeconds,
        DurationSeconds = call.DurationSeconds,
        HasRecording = call.HasRecording,
        CallKey = call.CallKey,
        OutsideE164 = call.OutsideE164,
        ClientId = call.ClientId,
        ClientCount = call.ClientCount,
    };
}
