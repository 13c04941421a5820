using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CallCenter.Infrastructure.Calls;

/// <summary>Binary COPY: into the table for new rows, into a temporary one for changes.</summary>
internal sealed class PostgreSqlCallBulkWriter : ICallBulkWriter
{
    private const int FlushBytes = 64 * 1024;

    // Not waiting for the disk is safe here: a power cut takes back whole transactions, rows and cursor together, and the
    // next run reads them again.
    public async Task LockAsync(CallCenterDbContext db, Guid pbxId, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"SELECT set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock({LockKey.Of(db.CurrentTenantId, pbxId)})",
            cancellationToken);

    public Task InsertAsync<T, TMap>(CallCenterDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where TMap : IRowMap<T> =>
        CopyAsync<T, TMap>(db, PostgreSqlBulkText.Quote(TMap.Table), rows, cancellationToken);

    public async Task UpdateAsync<T, TMap>(CallCenterDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where TMap : IRowMap<T>
    {
        if (rows.Count == 0)
        {
            return;
        }

        await ExecuteAsync(db, PostgreSqlBulkText.CreateTemporary<T, TMap>(), cancellationToken);
        await CopyAsync<T, TMap>(db, PostgreSqlBulkText.Temporary, rows, cancellationToken);
        await ExecuteAsync(db, PostgreSqlBulkText.UpdateFromTemporary<T, TMap>(), cancellationToken);
        await ExecuteAsync(db, PostgreSqlBulkText.DropTemporary, cancellationToken);
    }

    public async Task AddAsync<T, TMap>(CallCenterDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where TMap : ISumMap<T>
    {
        if (rows.Count == 0)
        {
            return;
        }

        // A few hundred rows of numbers: making and dropping a table for them would cost more than they do.
        await using var command = ((NpgsqlConnection)db.Database.GetDbConnection()).CreateCommand();
        command.Transaction = (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = PostgreSqlBulkText.AddFromArrays<T, TMap>();
        command.Parameters.AddRange(ColumnArrays.Of<T, TMap>(rows).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task CopyAsync<T, TMap>(CallCenterDbContext db, string table, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where TMap : IRowMap<T>
    {
        if (rows.Count == 0)
        {
            return;
        }

        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var stream = await connection.BeginRawBinaryCopyAsync(
            $"COPY {table} ({PostgreSqlBulkText.List(TMap.Columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        try
        {
            var buffer = new CopyBuffer();
            buffer.WriteHeader();
            foreach (var row in rows)
            {
                buffer.BeginRow(TMap.Columns.Count);
                TMap.Write(row, buffer);
                if (buffer.Length >= FlushBytes)
                {
                    await stream.WriteAsync(buffer.Written, cancellationToken);
                    buffer.Clear();
                }
            }

            buffer.WriteTrailer();
            await stream.WriteAsync(buffer.Written, cancellationToken);
        }
        catch
        {
            // Disposing alone would complete the copy with the rows so far.
            await stream.CancelAsync();
            throw;
        }
    }

    // The text holds identifiers of our own maps only.
    private static async Task ExecuteAsync(CallCenterDbContext db, string sql, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlRawAsync(sql, cancellationToken);
}
