using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CallCenter.Infrastructure.Figures;

/// <summary>How the columns of several rows become one.</summary>
internal enum SumsOf
{
    /// <summary>Added.</summary>
    All,

    /// <summary>The greatest.</summary>
    Greatest,

    /// <summary>Not at all: each row as stored.</summary>
    EachRow,
}

/// <summary>What to read of the sums.</summary>
/// <param name="Table">Which table.</param>
/// <param name="Time">Its column of time.</param>
/// <param name="Ranges">Times, the ends not included.</param>
/// <param name="Columns">What to add up.</param>
internal sealed record SumsAsk(string Table, string Time, IReadOnlyList<(int First, int End)> Ranges, IReadOnlyList<string> Columns)
{
    public SliceKind? Kind { get; init; }

    /// <summary>Slices that count; null for all.</summary>
    public IReadOnlyCollection<long>? Slices { get; init; }

    /// <summary>Only slices of this PBX.</summary>
    public Guid? PbxId { get; init; }

    public bool ByTime { get; init; }

    public bool BySlice { get; init; }

    public SumsOf Of { get; init; }
}

/// <summary>Sums as read; time and slice are 0 where they were not asked for.</summary>
internal sealed record SumsRow(int At, long SliceId, long[] Values);

/// <summary>Reads sums. Statements are written here because the columns asked for differ with every question; all values in them are our own numbers.</summary>
internal sealed class FigureStore(IFigureText text)
{
    public async IAsyncEnumerable<SumsRow> ReadAsync(
        CallCenterDbContext db, SumsAsk ask, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (ask.Slices is { Count: 0 } || ask.Ranges.Count == 0)
        {
            yield break;
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = Write(ask);
            Add(command, "@tenant", db.CurrentTenantId);
            if (ask.PbxId is { } pbx)
            {
                Add(command, "@pbx", pbx);
            }

            var (byTime, bySlice) = Keys(ask);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var at = 0;
                var time = byTime ? reader.GetInt32(at++) : 0;
                var slice = bySlice ? reader.GetInt64(at++) : 0;
                var values = new long[ask.Columns.Count];
                for (var i = 0; i < values.Length; i++, at++)
                {
                    values[i] = await reader.IsDBNullAsync(at, cancellationToken) ? 0 : reader.GetInt64(at);
                }

                yield return new SumsRow(time, slice, values);
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>The statement; for tests.</summary>
    public string Write(SumsAsk ask)
    {
        var (byTime, bySlice) = Keys(ask);
        List<string> keys = [];
        if (byTime)
        {
            keys.Add(text.Quote(ask.Time));
        }

        if (bySlice)
        {
            keys.Add(text.Quote(nameof(FigureDay.SliceId)));
        }

        var columns = ask.Columns.Select(column => ask.Of switch
        {
            SumsOf.All => text.Sum(column),
            SumsOf.Greatest => text.Max(column),
            _ => text.Value(column),
        });
        var sql = new StringBuilder("SELECT ").AppendJoin(", ", keys.Concat(columns))
            .Append(" FROM ").Append(text.Quote(ask.Table)).Append(" WHERE ").Append(text.Quote(nameof(FigureDay.TenantId))).Append(" = @tenant");
        if (ask.Kind is { } kind)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND {text.Quote(nameof(FigureDay.Kind))} = {(int)kind}");
        }

        var time = text.Quote(ask.Time);
        sql.Append(" AND (").AppendJoin(
            " OR ", ask.Ranges.Select(range => string.Create(CultureInfo.InvariantCulture, $"({time} >= {range.First} AND {time} < {range.End})"))).Append(')');
        if (ask.Slices is { } slices)
        {
            sql.Append(" AND ").Append(text.Quote(nameof(FigureDay.SliceId))).Append(" IN (")
                .AppendJoin(", ", slices.Select(id => id.ToString(CultureInfo.InvariantCulture))).Append(')');
        }

        if (ask.PbxId is not null)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND {text.Quote(nameof(FigureDay.SliceId))} IN (SELECT {text.Quote(nameof(FigureSlice.Id))} FROM {text.Quote(FigureSliceConfiguration.Table)}")
                .Append(CultureInfo.InvariantCulture, $" WHERE {text.Quote(nameof(FigureSlice.TenantId))} = @tenant AND {text.Quote(nameof(FigureSlice.PbxId))} = @pbx)");
        }

        if (ask.Of != SumsOf.EachRow && keys.Count > 0)
        {
            sql.Append(" GROUP BY ").AppendJoin(", ", keys);
        }

        return sql.ToString();
    }

    private static (bool ByTime, bool BySlice) Keys(SumsAsk ask) => ask.Of == SumsOf.EachRow ? (true, true) : (ask.ByTime, ask.BySlice);

    private static void Add(DbCommand command, string name, Guid value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
