using System.Data;
using System.Globalization;
using CallCenter.Infrastructure.Persistence;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CallCenter.Infrastructure.Calls;

/// <summary>SqlBulkCopy: into the table for new rows, into a temporary one for changes.</summary>
internal sealed class SqlServerCallBulkWriter : ICallBulkWriter
{
    public async Task LockAsync(CallCenterDbContext db, Guid pbxId, CancellationToken cancellationToken)
    {
        var resource = string.Create(CultureInfo.InvariantCulture, $"CallCenter.Calls.{LockKey.Of(db.CurrentTenantId, pbxId)}");
        await db.Database.ExecuteSqlRawAsync(SqlServerBulkText.Lock, [new SqlParameter("@resource", resource)], cancellationToken);
    }

    public Task InsertAsync<T, TMap>(CallCenterDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where TMap : IRowMap<T> =>
        CopyAsync<T, TMap>(db, SqlServerBulkText.Quote(TMap.Table), rows, cancellationToken);

    public async Task UpdateAsync<T, TMap>(CallCenterDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where TMap : IRowMap<T>
    {
        if (rows.Count == 0)
        {
            return;
        }

        await db.Database.ExecuteSqlRawAsync(SqlServerBulkText.CreateTemporary<T, TMap>(), cancellationToken);
        await CopyAsync<T, TMap>(db, SqlServerBulkText.Temporary, rows, cancellationToken);
        await db.Database.ExecuteSqlRawAsync(SqlServerBulkText.UpdateFromTemporary<T, TMap>(), cancellationToken);
        await db.Database.ExecuteSqlRawAsync(SqlServerBulkText.DropTemporary, cancellationToken);
    }

    public async Task AddAsync<T, TMap>(CallCenterDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where TMap : ISumMap<T>
    {
        if (rows.Count == 0)
        {
            return;
        }

        await db.Database.ExecuteSqlRawAsync(SqlServerBulkText.CreateTemporary<T, TMap>(), cancellationToken);
        await CopyAsync<T, TMap>(db, SqlServerBulkText.Temporary, rows, cancellationToken);
        await db.Database.ExecuteSqlRawAsync(SqlServerBulkText.AddToStored<T, TMap>(), cancellationToken);
        await db.Database.ExecuteSqlRawAsync(SqlServerBulkText.AddMissing<T, TMap>(), cancellationToken);
        await db.Database.ExecuteSqlRawAsync(SqlServerBulkText.DropTemporary, cancellationToken);
    }

    /// <summary>Rows as SqlBulkCopy takes them, columns typed by what the map writes.</summary>
    public static DataTable ToTable<T, TMap>(IReadOnlyCollection<T> rows)
        where TMap : IRowMap<T>
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        var sink = new ValueSink();
        foreach (var row in rows)
        {
            sink.Begin();
            TMap.Write(row, sink);
            if (table.Columns.Count == 0)
            {
                for (var i = 0; i < TMap.Columns.Count; i++)
                {
                    table.Columns.Add(TMap.Columns[i], sink.Types[i]);
                }
            }

            table.Rows.Add([.. sink.Values]);
        }

        return table;
    }

    private static async Task CopyAsync<T, TMap>(CallCenterDbContext db, string table, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where TMap : IRowMap<T>
    {
        if (rows.Count == 0)
        {
            return;
        }

        using var values = ToTable<T, TMap>(rows);
        using var copy = new SqlBulkCopy(
            (SqlConnection)db.Database.GetDbConnection(),
            SqlBulkCopyOptions.CheckConstraints,
            (SqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction())
        {
            DestinationTableName = table,
            BulkCopyTimeout = db.Database.GetCommandTimeout() ?? 120,
        };
        foreach (var column in TMap.Columns)
        {
            copy.ColumnMappings.Add(column, column);
        }

        await copy.WriteToServerAsync(values, cancellationToken);
    }

    private sealed class ValueSink : IRowSink
    {
        public List<object?> Values { get; } = [];

        public List<Type> Types { get; } = [];

        public void Begin()
        {
            Values.Clear();
            Types.Clear();
        }

        public void Uuid(Guid value) => Add(value, typeof(Guid));

        public void OptionalUuid(Guid? value) => Add(value is { } id ? id : DBNull.Value, typeof(Guid));

        public void Text(string value) => Add(value, typeof(string));

        public void Instant(DateTime? utc) => Add(utc is { } value ? value : DBNull.Value, typeof(DateTime));

        public void Int32(int value) => Add(value, typeof(int));

        public void OptionalInt32(int? value) => Add(value is { } number ? number : DBNull.Value, typeof(int));

        public void Int64(long value) => Add(value, typeof(long));

        public void Flag(bool value) => Add(value, typeof(bool));

        private void Add(object value, Type type)
        {
            Values.Add(value);
            Types.Add(type);
        }
    }
}
