using System.Text.RegularExpressions;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
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

    [GeneratedRegex(@"\b(timestamp with time zone|character varying|bytea|jsonb|uuid)\b")]
    private static partial Regex PostgreSqlWords();

    [GeneratedRegex(@"EXEC\(N'CREATE TRIGGER")]
    private static partial Regex TriggerInExec();
}
