using CallCenter.Core.Calls;
using CallCenter.Core.Erasure;
using CallCenter.Core.Phones;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using Npgsql;

namespace CallCenter.Tests.Erasure;

/// <summary>Where in a tenant's rows a number stands; asks the database for its tables, not the model.</summary>
internal static class NumberTraces
{
    /// <summary>Tables and columns of the tenant in which the number stands in any spelling; asks the database, not the model.</summary>
    public static async Task<List<string>> FindAsync(TestDatabase database, TenantInfo tenant, long e164)
    {
        var number = NumberDigits.Of(PhoneNumbers.Text(e164), tenant.CountryCode) ?? throw new InvalidOperationException("No number.");
        var eraser = NumberEraser.Of(number, tenant.CountryCode);
        var traces = new List<string>();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        foreach (var (table, column, type) in await ColumnsAsync(connection))
        {
            var sql = type is "bigint"
                ? $"""SELECT count(*)::text FROM "{table}" WHERE "TenantId" = @tenant AND "{column}" IN (@e164, @tail)"""
                : $"""SELECT "{column}"::text FROM "{table}" WHERE "TenantId" = @tenant AND "{column}" IS NOT NULL""";
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddWithValue("tenant", tenant.Id);
            if (type is "bigint")
            {
                command.Parameters.AddWithValue("e164", e164);
                command.Parameters.AddWithValue("tail", NumberTail.Of(number.Whole));
            }

            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var text = reader.GetString(0);
                if (type is "bigint" ? text != "0" : eraser.Holds(text) || text.Contains(number.National, StringComparison.Ordinal))
                {
                    traces.Add($"{table}.{column}: {text}");
                }
            }
        }

        return traces;
    }

    private static async Task<List<(string Table, string Column, string Type)>> ColumnsAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
            WHERE c.table_schema = 'public' AND c.data_type IN ('text', 'character varying', 'bigint', 'jsonb', 'json', 'ARRAY')
              AND EXISTS (SELECT 1 FROM information_schema.columns t WHERE t.table_name = c.table_name AND t.column_name = 'TenantId')
            ORDER BY 1, 2
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<(string, string, string)>();
        while (await reader.ReadAsync())
        {
            columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return columns;
    }
}
