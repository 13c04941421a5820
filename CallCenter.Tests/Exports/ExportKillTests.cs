using CallCenter.Core.Exports;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Exports;

/// <summary>An export whose process is killed while it writes, without a chance to tidy up.</summary>
public sealed class ExportKillTests
{
    private const int Calls = 40_000;
    private const int Kills = 2;

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    public async Task Export_ProcessKilledWhileWriting_LeavesNoHalfFileAndEndsWhole(ExportFormat format)
    {
        await using var fixture = await ExportFixture.CreateAsync();
        await ExportFixture.AddCallsAsync(fixture.Identity.Database, fixture.Tenant.Id, Calls, new DateTime(2026, 2, 20, 0, 0, 0, DateTimeKind.Utc));
        var id = await fixture.StartAsync(format);

        for (var kill = 1; kill <= Kills; kill++)
        {
            var attempt = kill;
            await KilledProcess.RunAsync(Arguments(fixture), () => HasRows(fixture, id, attempt));

            Assert.Equal(ExportState.Running, (await fixture.RowAsync(id)).State);
            Assert.All(fixture.Files(), name => Assert.EndsWith(".tmp", name, StringComparison.Ordinal));

            // A killed process cannot give its lease back; it runs out by itself, which a test need not wait for.
            await using var db = fixture.Identity.Database.Global().CreateDbContext();
            await db.Set<JobLease>().ExecuteDeleteAsync();
        }

        await KilledProcess.CompleteAsync(Arguments(fixture));
        Assert.Equal((ExportState.Done, (long)Calls), ((await fixture.RowAsync(id)).State, (await fixture.RowAsync(id)).RowsDone));
        var rows = format == ExportFormat.Csv
            ? (await fixture.LinesAsync(id)).Length
            : new XlsxBook(new MemoryStream(await fixture.DownloadAsync(id))).Sheets[0].RowCount;
        Assert.Equal(Calls + 1, rows);
    }

    private static string[] Arguments(ExportFixture fixture) =>
        [ExportHost.Verb, fixture.Identity.Database.ConnectionString, fixture.Tenant.Id.ToString(), fixture.Folder];

    private static bool HasRows(ExportFixture fixture, Guid id, int attempt)
    {
        using var db = fixture.Identity.Database.As(fixture.Tenant).CreateDbContext();
        return db.Set<Export>().Any(e => e.Id == id && e.Attempts == attempt && e.RowsDone > 0);
    }
}
