using System.Globalization;
using System.Text.RegularExpressions;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CallCenter.Tests.Persistence;

public sealed partial class MigrationTests
{
    [Theory]
    [MemberData(nameof(Models.Providers), MemberType = typeof(Models))]
    public void Model_ComparedWithMigrations_HasNoDrift(string provider)
    {
        using var db = Models.Create(provider);

        Assert.False(db.Database.HasPendingModelChanges(), "The model changed: run tools/add-migration.");
    }

    [Fact]
    public void Migrations_OfBothProviders_HaveTheSameNames()
    {
        static IEnumerable<string> Names(DatabaseProvider provider)
        {
            using var db = Models.Create(provider);
            return [.. db.Database.GetMigrations().Select(id => id[15..])];
        }

        Assert.Equal(Names(DatabaseProvider.PostgreSQL), Names(DatabaseProvider.SqlServer));
    }

    [Fact]
    public void SqlServerScript_Whole_UsesItsOwnTypesAndGuardsTheAuditLog()
    {
        using var db = Models.Create(DatabaseProvider.SqlServer);

        var script = db.GetService<IMigrator>().GenerateScript();

        Assert.Contains("CREATE TABLE [AuditEntries]", script, StringComparison.Ordinal);
        Assert.Contains("CREATE TRIGGER [TR_AuditEntries_AppendOnly] ON [AuditEntries] INSTEAD OF UPDATE, DELETE", script, StringComparison.Ordinal);
        Assert.Contains("[Hash] binary(32) NOT NULL", script, StringComparison.Ordinal);
        Assert.Contains("CREATE UNIQUE INDEX [EmailIndex] ON [Users] ([NormalizedEmail]) WHERE [NormalizedEmail] IS NOT NULL", script, StringComparison.Ordinal);
        Assert.DoesNotMatch(PostgreSqlWords(), script);
    }

    [Fact]
    public void SqlServerScript_Batches_EndBeforeWhatNeedsABatchOfItsOwn()
    {
        using var db = Models.Create(DatabaseProvider.SqlServer);

        var script = db.GetService<IMigrator>().GenerateScript();

        // CREATE TRIGGER must be alone in its batch; inside EXEC it is, also in one that EF joins with others.
        Assert.Matches(TriggerInExec(), script);
    }

    [Fact]
    public void PostgreSqlScript_Whole_GuardsTheAuditLog()
    {
        using var db = Models.Create(DatabaseProvider.PostgreSQL);

        var script = db.GetService<IMigrator>().GenerateScript();

        Assert.Contains("BEFORE UPDATE OR DELETE OR TRUNCATE ON \"AuditEntries\"", script, StringComparison.Ordinal);
        Assert.DoesNotContain("nvarchar", script, StringComparison.Ordinal);
    }

    [Fact]
    public void SqlServerKeys_AtTheirLongest_FitIntoItsPages()
    {
        using var db = Models.Create(DatabaseProvider.SqlServer);

        // SQL Server: 900 bytes in a clustered key, 1,700 in another index, which carries the clustered key besides its own.
        var tables = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.ToList();
        Assert.NotEmpty(tables);
        Assert.All(tables, table => Assert.InRange(BytesOf(table.PrimaryKey!.Columns), 1, 900));
        Assert.All(tables.SelectMany(table => table.Indexes), index => Assert.InRange(BytesOf(index.Columns), 1, 1700));
    }

    [Fact]
    public void SqlServerForeignKeys_ThatCascade_ReachATableByOneWayOnly()
    {
        using var db = Models.Create(DatabaseProvider.SqlServer);

        // Two ways are error 1785 when the table is made.
        var cascades = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.SelectMany(table => table.ForeignKeyConstraints)
            .Where(key => key.OnDeleteAction is ReferentialAction.Cascade or ReferentialAction.SetNull).ToList();
        Assert.NotEmpty(cascades);
        Assert.All(cascades.GroupBy(key => key.Table.Name), ways => Assert.Single(ways));
        Assert.DoesNotContain(cascades, key => key.PrincipalTable == key.Table);
    }

    [Theory]
    [MemberData(nameof(Models.Providers), MemberType = typeof(Models))]
    public void Columns_Durations_SayTheirUnitAndTimesAreUtc(string provider)
    {
        using var db = Models.Create(provider);
        var properties = db.Model.GetEntityTypes().Where(e => e.ClrType.Namespace!.StartsWith("CallCenter", StringComparison.Ordinal))
            .SelectMany(e => e.GetDeclaredProperties().Where(p => p.PropertyInfo is not null)).ToList();

        Assert.DoesNotContain(properties, p => p.ClrType == typeof(TimeSpan) || p.ClrType == typeof(TimeSpan?));
        Assert.Empty(properties
            .Where(p => p.ClrType == typeof(DateTime) || p.ClrType == typeof(DateTime?))
            .Where(p => !p.Name.EndsWith("Utc", StringComparison.Ordinal) && !p.Name.EndsWith("Local", StringComparison.Ordinal))
            .Select(p => $"{p.DeclaringType.ShortName()}.{p.Name}"));
    }

    private static int BytesOf(IEnumerable<IColumn> columns) => columns.Sum(column => column.StoreType switch
    {
        "uniqueidentifier" => 16,
        "bigint" or "datetime2" => 8,
        "int" => 4,
        "bit" => 1,
        var type when NVarChar().Match(type) is { Success: true } text => 2 * int.Parse(text.Groups[1].Value, CultureInfo.InvariantCulture),
        var type => throw new InvalidOperationException($"{column.Table.Name}.{column.Name} is {type}: no type for a key."),
    });

    [GeneratedRegex(@"^nvarchar\((\d+)\)$")]
    private static partial Regex NVarChar();

    [GeneratedRegex(@"\b(timestamp with time zone|character varying|bytea|jsonb|uuid)\b")]
    private static partial Regex PostgreSqlWords();

    [GeneratedRegex(@"EXEC\(N'CREATE TRIGGER")]
    private static partial Regex TriggerInExec();
}
