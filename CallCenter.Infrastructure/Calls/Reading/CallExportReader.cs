using System.Data.Common;
using System.Runtime.CompilerServices;
using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>
/// Rows of files, by the very statement that EF Core writes for the selection, with its filters and parameters; only the rows are taken from
/// the data reader directly, since shaping them costs more than reading them.
/// </summary>
internal static class CallExportReader
{
    // As in CallProjections.Export; what a statement gives is compared with it before the first row is read.
    private static readonly string[] Columns =
    [
        nameof(Call.Id), nameof(Call.StartedAtUtc), nameof(Call.AnsweredAtUtc), nameof(Call.EndedAtUtc), nameof(Call.Direction), nameof(Call.Outcome),
        nameof(Call.FromNumber), nameof(Call.FromName), nameof(Call.ToNumber), nameof(Call.AnsweredBy), nameof(Call.Queue), nameof(Call.Path),
        nameof(Call.Trunk), nameof(Call.WaitSeconds), nameof(Call.TalkSeconds), nameof(Call.DurationSeconds), nameof(Call.HasRecording),
        nameof(Call.CallKey), nameof(Call.OutsideE164), nameof(Call.ClientId), nameof(Call.ClientCount),
    ];

    public static async IAsyncEnumerable<CallExportRow> ReadAsync(
        CallCenterDbContext db, IQueryable<Call> calls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = calls.Select(CallProjections.Export).CreateDbCommand();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            Check(reader);
            while (await reader.ReadAsync(cancellationToken))
            {
                yield return Read(reader);
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    // A joined statement may number a name that it gives twice.
    private static void Check(DbDataReader reader)
    {
        if (reader.FieldCount != Columns.Length || Columns.Where((column, at) => !Names(reader.GetName(at), column)).Any())
        {
            throw new InvalidOperationException("The statement gives other columns than rows of files have.");
        }
    }

    private static bool Names(string name, string column) =>
        name.StartsWith(column, StringComparison.Ordinal) && !name.AsSpan(column.Length).ContainsAnyExceptInRange('0', '9');

    private static CallExportRow Read(DbDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        StartedAtUtc = Utc(reader, 1),
        AnsweredAtUtc = reader.IsDBNull(2) ? null : Utc(reader, 2),
        EndedAtUtc = Utc(reader, 3),
        Direction = (CallDirection)reader.GetInt32(4),
        Outcome = (CallOutcome)reader.GetInt32(5),
        FromNumber = reader.GetString(6),
        FromName = reader.GetString(7),
        ToNumber = reader.GetString(8),
        AnsweredBy = reader.GetString(9),
        Queue = reader.GetString(10),
        Path = reader.GetString(11),
        Trunk = reader.GetString(12),
        WaitSeconds = reader.GetInt32(13),
        TalkSeconds = reader.GetInt32(14),
        DurationSeconds = reader.GetInt32(15),
        HasRecording = reader.GetBoolean(16),
        CallKey = reader.GetString(17),
        OutsideE164 = reader.GetInt64(18),
        ClientId = reader.IsDBNull(19) ? null : reader.GetGuid(19),
        ClientCount = reader.GetInt32(20),
    };

    // SQL Server's times have no kind.
    private static DateTime Utc(DbDataReader reader, int column) => DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);
}
