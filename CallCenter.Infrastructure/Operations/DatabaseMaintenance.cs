using System.Data.Common;
using System.Net.Sockets;
using CallCenter.Core.Operations;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Operations;

internal sealed class DatabaseMaintenance(ContextOptions options) : IDatabaseMaintenance
{
    public async Task<DatabaseReport> InspectAsync(CancellationToken cancellationToken = default)
    {
        await using var db = Open();
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            var known = db.Database.GetMigrations().ToList();
            var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
            return new DatabaseReport(true, null, [.. known.Except(applied)], [.. applied.Except(known)]);
        }
        catch (Exception exception) when (IsUnavailable(exception))
        {
            return new DatabaseReport(false, WordsOf(exception), [], []);
        }
    }

    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken = default)
    {
        await using var db = Open();

        // A big table may take minutes; the limit for everyday commands would end it half-way.
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        List<string> pending = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
        await db.Database.MigrateAsync(cancellationToken);
        return pending;
    }

    public async Task<DateTime> ReadClockAsync(CancellationToken cancellationToken = default)
    {
        await using var db = Open();
        var now = options.Provider == DatabaseProvider.PostgreSQL
            ? db.Database.SqlQueryRaw<DateTime>("SELECT clock_timestamp() AT TIME ZONE 'UTC' AS \"Value\"")
            : db.Database.SqlQueryRaw<DateTime>("SELECT SYSUTCDATETIME() AS [Value]");
        return DateTime.SpecifyKind(await now.SingleAsync(cancellationToken), DateTimeKind.Utc);
    }

    // The driver's own words, and the system's where they say more: SQL Server's innermost exception is just "Success" on Linux.
    private static string WordsOf(Exception exception)
    {
        var outer = exception is InvalidOperationException { InnerException: { } inner } ? inner : exception;
        return outer.GetBaseException() is SocketException socket && !outer.Message.Contains(socket.Message, StringComparison.Ordinal)
            ? $"{outer.Message}: {socket.Message}"
            : outer.Message;
    }

    // PostgreSQL's provider wraps what may pass, such as a refused connection, in an InvalidOperationException.
    private static bool IsUnavailable(Exception exception) =>
        exception is DbException or TimeoutException or ArgumentException or InvalidOperationException { InnerException: DbException };

    // Without a tenant: nothing tenant-owned can be read through it.
    private CallCenterDbContext Open() => options.Create(new ScopeContext());
}
