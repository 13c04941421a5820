using CallCenter.Core.Calls;
using CallCenter.Core.Recordings;
using CallCenter.Core.Reports;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Recordings.Fetch;
using CallCenter.Infrastructure.Reports;
using CallCenter.Tests.Support;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace CallCenter.Tests.Reports;

public sealed class RecordingReportTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Read_EveryState_CountsOnceAndWhatIsTooOldDoesNotWait()
    {
        await using var database = await TestDatabase.CreateAsync();
        var tenant = new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Europe/Dublin", "IE", "en");
        await AddAsync(database, tenant.Id, RecordingState.Stored, Now.AddDays(-40), bytes: 1000);
        foreach (var state in Enum.GetValues<RecordingState>().Where(state => state != RecordingState.Skipped))
        {
            await AddAsync(database, tenant.Id, state, Now.AddHours(-3), bytes: state == RecordingState.Stored ? 500 : 0);
        }

        await AddAsync(database, tenant.Id, RecordingState.Waiting, Now.AddDays(-20));
        await AddAsync(database, tenant.Id, RecordingState.Failed, Now.AddDays(-20));
        await AddAsync(database, Guid.NewGuid(), RecordingState.Stored, Now.AddHours(-3), bytes: 7);
        var scope = new ScopeContext();
        scope.EnterAsSystem(tenant, "test");
        var reaches = Substitute.For<ICallReaches>();
        reaches.ReadAsync(default).ReturnsForAnyArgs(CallReach.Everything);
        var report = new RecordingReport(database.As(tenant), scope, reaches, Options.Create(new RecordingFetchOptions { FetchDays = 10 }), new ManualClock(new DateTimeOffset(Now)));

        var table = (await report.ReadAsync(ReportCatalogue.Find("recordings")!, new ReportAsk(new DateOnly(2026, 2, 1), new DateOnly(2026, 3, 2)), default)).Value;

        string[] shown = ["Recordings", "Stored", "Waiting", "Skipped", "Lost", "Deleted", "Bytes", "BytesKept"];
        Assert.Equal([2, 0, 0, 2, 0, 0, 0, 1000], Values(table.Rows[0]));
        Assert.Equal([8, 1, 2, 0, 3, 2, 500, 1500], Values(table.Rows[1]));
        Assert.Equal([10, 1, 2, 2, 3, 2, 500, 1500], Values(table.Total!));

        IEnumerable<double?> Values(ReportRow row) => shown.Select(key => row.Values[table.Columns.ToList().FindIndex(column => column.Key == key)]);
    }

    private static async Task AddAsync(TestDatabase database, Guid tenantId, RecordingState state, DateTime startedAtUtc, long bytes = 0)
    {
        await using var db = await database.As(tenantId).CreateDbContextAsync();
        db.Add(new Recording
        {
            TenantId = tenantId,
            PbxId = Guid.NewGuid(),
            CallId = Guid.NewGuid(),
            PbxName = Guid.NewGuid().ToString("N"),
            State = state,
            StartedAtUtc = startedAtUtc,
            DurationSeconds = 60,
            SizeBytes = bytes,
            FoundAtUtc = startedAtUtc,
        });
        await db.SaveChangesAsync();
    }
}
