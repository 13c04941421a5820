using CallCenter.Core.Calls;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Recordings;
using CallCenter.Infrastructure.Worklist;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Calls;

public sealed class CallBulkTextTests
{
    [Fact]
    public void Maps_AgainstTheModel_NameEveryColumnAndTheKeys()
    {
        foreach (var provider in Enum.GetValues<DatabaseProvider>())
        {
            using var db = new ContextOptions(new DatabaseOptions { Provider = provider }, "Server=none").Create(new ScopeContext());

            AssertMap<CallLeg, CallLegMap>(db);
            AssertMap<Call, CallMap>(db);
            AssertMap<CallParticipant, CallParticipantMap>(db);
            AssertMap<Recording, RecordingMap>(db);
            AssertMap<WorklistEntry, NewEntry, NewEntryMap>(db);
            AssertMap<WorklistCall, NewWorklistCall, NewWorklistCallMap>(db);
            var legKey = db.Model.FindEntityType(typeof(CallLeg))!.FindPrimaryKey()!.Properties.Select(p => p.Name);
            Assert.Equal(legKey, CallLegMap.Columns.Take(CallLegMap.KeyColumns));
            Assert.Equal(legKey, MovedLegMap.Columns.Take(MovedLegMap.KeyColumns));
        }
    }

    [Fact]
    public void SqlServerText_MovedLegs_IsPlainAndComplete()
    {
        Assert.Equal(
            "SELECT TOP 0 [PbxId], [UniqueId], [AccountId], [StartLocal], [TenantId], [CallId] INTO #BulkRows FROM [CallLegs]",
            SqlServerBulkText.CreateTemporary<MovedLeg, MovedLegMap>());
        Assert.Equal(
            "UPDATE t SET [CallId] = s.[CallId] FROM [CallLegs] AS t WITH (HOLDLOCK) INNER JOIN #BulkRows AS s ON t.[PbxId] = s.[PbxId]"
            + " AND t.[UniqueId] = s.[UniqueId] AND t.[AccountId] = s.[AccountId] AND t.[StartLocal] = s.[StartLocal] AND t.[TenantId] = s.[TenantId]",
            SqlServerBulkText.UpdateFromTemporary<MovedLeg, MovedLegMap>());
        Assert.Contains("sp_getapplock", SqlServerBulkText.Lock, StringComparison.Ordinal);
        Assert.Contains("@LockOwner = 'Transaction'", SqlServerBulkText.Lock, StringComparison.Ordinal);
    }

    [Fact]
    public void SqlServerRows_OfLegsAndCalls_HaveTheTypesOfTheirColumns()
    {
        var leg = LegMapping.ToRow(TestLegs.Leg(answeredBy: ""), Guid.NewGuid(), Guid.NewGuid(), new CopyBuffer());
        using var db = new ContextOptions(new DatabaseOptions { Provider = DatabaseProvider.SqlServer }, "Server=none").Create(new ScopeContext());

        var table = SqlServerCallBulkWriter.ToTable<CallLeg, CallLegMap>([leg, leg]);

        Assert.Equal(2, table.Rows.Count);
        Assert.Equal(DBNull.Value, table.Rows[0][nameof(CallLeg.AnsweredAtUtc)]);
        var entity = db.Model.FindEntityType(typeof(CallLeg))!;
        foreach (var property in entity.GetProperties())
        {
            var stored = property.GetValueConverter()?.ProviderClrType ?? property.ClrType;
            stored = Nullable.GetUnderlyingType(stored) ?? stored;
            Assert.Equal(stored.IsEnum ? typeof(int) : stored, table.Columns[property.GetColumnName()]!.DataType);
        }
    }

    [Fact]
    public void SqlServerQuery_OfLinkedLegs_PassesOneParameterPerList()
    {
        using var db = new ContextOptions(new DatabaseOptions { Provider = DatabaseProvider.SqlServer }, "Server=none").Create(Scope());
        var ids = new List<string> { "1.1", "2.1" };

        var sql = db.Set<CallLeg>().Where(leg => EF.Parameter(ids).Contains(leg.UniqueId)).ToQueryString();

        Assert.Contains("OPENJSON(@ids)", sql, StringComparison.Ordinal);
    }

    private static ScopeContext Scope()
    {
        var scope = new ScopeContext();
        scope.EnterAsSystem(new TenantInfo(Guid.NewGuid(), "t", "T", "Etc/UTC", "IE", "en"), "test");
        return scope;
    }

    private static void AssertMap<T, TMap>(CallCenterDbContext db)
        where TMap : IRowMap<T> =>
        AssertMap<T, T, TMap>(db);

    private static void AssertMap<TEntity, TRow, TMap>(CallCenterDbContext db)
        where TMap : IRowMap<TRow>
    {
        var entity = db.Model.FindEntityType(typeof(TEntity))!;
        Assert.Equal(entity.GetTableName(), TMap.Table);
        Assert.Equal(entity.GetProperties().Select(p => p.GetColumnName()).Order(StringComparer.Ordinal), TMap.Columns.Order(StringComparer.Ordinal));
    }
}
