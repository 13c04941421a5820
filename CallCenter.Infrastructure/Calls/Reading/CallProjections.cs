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

    public static readonly Expression<Func<Call, CallExportRow>> Export = OfExport();

    private static Expression<Func<Call, CallExportRow>> OfExport()
    {
        var call = Row.Parameters[0];
        var constructor = typeof(CallExportRow).GetConstructors().Single(candidate => candidate.GetParameters().Length == 6);
        string[] columns = [nameof(Call.AnsweredAtUtc), nameof(Call.EndedAtUtc), nameof(Call.DurationSeconds), nameof(Call.Trunk), nameof(Call.CallKey)];
        return Expression.Lambda<Func<Call, CallExportRow>>(
            Expression.New(constructor, [Row.Body, .. columns.Select(column => Expression.Property(call, column))]), call);
    }
}
