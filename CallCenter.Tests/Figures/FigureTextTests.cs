using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Figures;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Figures;

public sealed class FigureTextTests
{
    [Theory]
    [MemberData(nameof(Models.Providers), MemberType = typeof(Models))]
    public void Maps_AgainstTheModel_NameEveryColumnAndTheKeys(string provider)
    {
        using var db = Models.Create(provider);

        AssertMap<FigureQuarter, FigureRow, FigureQuarterMap>(db);
        AssertMap<FigureDay, FigureRow, FigureDayMap>(db);
        AssertMap<FigureAgentDay, FigureRow, FigureAgentDayMap>(db);
        AssertMap<FigureSlice, FigureSlice, FigureSliceMap>(db);
    }

    [Fact]
    public void SqlServerText_Add_ChangesStoredRowsThenAddsTheOthers()
    {
        var add = SqlServerBulkText.AddToStored<FigureRow, FigureQuarterMap>();
        var missing = SqlServerBulkText.AddMissing<FigureRow, FigureQuarterMap>();

        Assert.StartsWith("UPDATE t SET [Answered] = t.[Answered] + s.[Answered], ", add, StringComparison.Ordinal);
        Assert.Contains("[LongestWaitSeconds] = CASE WHEN s.[LongestWaitSeconds] > t.[LongestWaitSeconds] THEN s.[LongestWaitSeconds] ELSE t.[LongestWaitSeconds] END", add, StringComparison.Ordinal);
        const string Key = "t.[TenantId] = s.[TenantId] AND t.[Quarter] = s.[Quarter] AND t.[SliceId] = s.[SliceId]";
        Assert.EndsWith($"FROM [FigureQuarters] AS t WITH (UPDLOCK, HOLDLOCK) INNER JOIN #BulkRows AS s ON {Key}", add, StringComparison.Ordinal);
        Assert.EndsWith($"FROM #BulkRows AS s WHERE NOT EXISTS (SELECT 1 FROM [FigureQuarters] AS t WHERE {Key})", missing, StringComparison.Ordinal);
    }

    [Fact]
    public void SqlServerText_Read_SumsInWideNumbersWithinTheTenant()
    {
        var ask = new SumsAsk("FigureDays", "Day", [(10, 20)], ["Answered", "TalkSeconds"]) { Kind = SliceKind.Trunk, Slices = [7, -8], ByTime = true };

        Assert.Equal(
            "SELECT [Day], SUM(CAST([Answered] AS bigint)), SUM(CAST([TalkSeconds] AS bigint)) FROM [FigureDays] WHERE [TenantId] = @tenant AND [Kind] = 2"
            + " AND (([Day] >= 10 AND [Day] < 20)) AND [SliceId] IN (7, -8) GROUP BY [Day]",
            new FigureStore(new SqlServerFigureText()).Write(ask));
    }

    private static void AssertMap<TEntity, TRow, TMap>(CallCenterDbContext db)
        where TMap : IRowMap<TRow>
    {
        var entity = db.Model.FindEntityType(typeof(TEntity))!;
        Assert.Equal(entity.GetTableName(), TMap.Table);
        Assert.Equal(entity.GetProperties().Select(p => p.GetColumnName()).Order(StringComparer.Ordinal), TMap.Columns.Order(StringComparer.Ordinal));
        Assert.Equal(entity.FindPrimaryKey()!.Properties.Select(p => p.Name), TMap.Columns.Take(TMap.KeyColumns));
    }
}
