using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CallCenter.Infrastructure.Persistence;

/// <summary>The one place that knows which database provider runs.</summary>
internal sealed class ContextOptions
{
    private readonly DbContextOptions<PostgreSqlContext>? _postgreSql;
    private readonly DbContextOptions<SqlServerContext>? _sqlServer;
    private readonly TimeProvider _time;

    public ContextOptions(DatabaseOptions options, string connectionString, ILoggerFactory? loggers = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        Provider = options.Provider;
        ConnectionString = connectionString;

        // Capped counts and reads of a whole span take rows in no order on purpose.
        DbContextOptionsBuilder<T> Common<T>(DbContextOptionsBuilder<T> builder)
            where T : DbContext =>
            builder.UseLoggerFactory(loggers).ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning));

        if (options.Provider == DatabaseProvider.PostgreSQL)
        {
            var builder = new DbContextOptionsBuilder<PostgreSqlContext>();
            builder.UseNpgsql(WithBuffer(connectionString), npgsql =>
            {
                Apply(options.MaxBatchSize, size => npgsql.MaxBatchSize(size));
                Apply(Seconds(options), seconds => npgsql.CommandTimeout(seconds));
            });
            _postgreSql = Common(builder).Options;
        }
        else
        {
            var builder = new DbContextOptionsBuilder<SqlServerContext>();
            builder.UseSqlServer(connectionString, sqlServer =>
            {
                Apply(options.MaxBatchSize, size => sqlServer.MaxBatchSize(size));
                Apply(Seconds(options), seconds => sqlServer.CommandTimeout(seconds));
            });
            _sqlServer = Common(builder).Options;
        }
    }

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    public CallCenterDbContext Create(ITenantContext tenant) =>
        _postgreSql is not null ? new PostgreSqlContext(_postgreSql, tenant) { Time = _time } : new SqlServerContext(_sqlServer!, tenant) { Time = _time };

    /// <summary>
    /// Reads of thousands of rows wait for the server once per buffer, and each wait is a change of threads; the driver's own is 8 KB. Who sets
    /// another size in the connection string keeps it.
    /// </summary>
    private static string WithBuffer(string connectionString)
    {
        const int DriversOwn = 8192;
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            if (builder.ReadBufferSize != DriversOwn)
            {
                return connectionString;
            }

            builder.ReadBufferSize = 8 * DriversOwn;
            return builder.ConnectionString;
        }
        catch (ArgumentException)
        {
            // Whoever connects says that it cannot be read, in words that name the setting.
            return connectionString;
        }
    }

    private static int? Seconds(DatabaseOptions options) => (int?)options.CommandTimeout?.TotalSeconds;

    private static void Apply(int? value, Action<int> set)
    {
        if (value is { } given)
        {
            set(given);
        }
    }
}
