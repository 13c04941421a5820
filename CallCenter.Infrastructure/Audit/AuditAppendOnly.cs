using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CallCenter.Infrastructure.Audit;

// Written by hand, as EF Core generates no triggers, and kept out of Migrations/, which tools/add-migration --redo rebuilds.
// Whoever owns the database can still drop the trigger: the chain of hashes is what shows that.

/// <summary>Makes PostgreSQL refuse changes of audit entries.</summary>
[DbContext(typeof(PostgreSqlContext))]
[Migration(Id)]
internal sealed class AuditAppendOnlyPostgreSql : Migration
{
    internal const string Id = "20261122000000_AuditAppendOnly";

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql($"""
        CREATE FUNCTION audit_entries_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            RAISE EXCEPTION 'Audit entries are never changed or deleted.';
        END $body$;
        CREATE TRIGGER "{AuditEntryConfiguration.Trigger}" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEntries"
            FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_append_only();
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql($"""
        DROP TRIGGER "{AuditEntryConfiguration.Trigger}" ON "AuditEntries";
        DROP FUNCTION audit_entries_append_only();
        """);
}

/// <summary>Makes SQL Server refuse changes of audit entries. TRUNCATE fires no trigger there; the chain shows it.</summary>
[DbContext(typeof(SqlServerContext))]
[Migration(AuditAppendOnlyPostgreSql.Id)]
internal sealed class AuditAppendOnlySqlServer : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql($"""
        EXEC(N'CREATE TRIGGER [{AuditEntryConfiguration.Trigger}] ON [AuditEntries] INSTEAD OF UPDATE, DELETE AS
        BEGIN
            SET NOCOUNT ON;
            THROW 51000, ''Audit entries are never changed or deleted.'', 1;
        END');
        """);

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql($"DROP TRIGGER [{AuditEntryConfiguration.Trigger}];");
}
