using System.Globalization;
using System.Security.Cryptography;
using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Recordings.Store;
using CallCenter.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Recordings;

/// <summary>Fetching that is killed again and again, without a chance to tidy up.</summary>
public sealed class RecordingFetchKillTests
{
    private const int Kills = 4;
    private const int Count = 30;

    [Fact]
    public async Task Fetch_ProcessKilledAgainAndAgain_LosesDoublesAndHalvesNothing()
    {
        await using var bench = await FetchBench.StartAsync(days: 20);
        await bench.NameAsync(Count);
        var random = new Random(2311);
        var parts = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = bench.Files.Count;
            var wanted = before + random.Next(0, 4);

            // Every other kill waits for a file that is being written; the rest come whenever they come.
            var inFile = kill % 2 == 0;
            await KilledProcess.RunAsync(Arguments(bench, kill * 24), () => bench.Files.Count > wanted && (!inFile || Parts(bench).Any()));
            parts += Parts(bench).Count();

            // Whatever has its final name is whole: its row, or nobody, knows the key, so the length tells.
            Assert.All(await bench.RowsAsync(), row => Assert.True(row.State is RecordingState.Stored or RecordingState.Waiting, row.Failure));
        }

        await KilledProcess.CompleteAsync(Arguments(bench, (Kills + 1) * 24));

        var rows = await bench.RowsAsync();
        Assert.Equal(Count, rows.Count);
        Assert.All(rows, row => Assert.Equal(RecordingState.Stored, row.State));
        Assert.Equal(rows.Select(row => row.StoreKey).Order(), bench.Files.Order());
        foreach (var row in rows)
        {
            Assert.Equal(row.Sha256, Convert.ToHexStringLower(SHA256.HashData(await bench.ReadAsync(row))));
        }

        // The kills did hit the middle of files; an hour later their beginnings are gone.
        Assert.True(parts > 0, "No kill came while a file was being written.");
        foreach (var part in Parts(bench).ToList())
        {
            File.SetLastWriteTimeUtc(part, FetchBench.Now.UtcDateTime.AddHours(-2));
        }

        bench.Services.GetRequiredService<IRecordingStoreUpkeep>().CleanIncoming(bench.Tenant.Id);
        Assert.Empty(Parts(bench));
    }

    private static IEnumerable<string> Parts(FetchBench bench) => Directory.EnumerateFiles(bench.Folder, "*.part", SearchOption.AllDirectories);

    private static string[] Arguments(FetchBench bench, int hours) =>
    [
        RecordingHost.Verb, bench.Database.ConnectionString, bench.Tenant.Id.ToString(), bench.PbxId.ToString(),
        bench.Ucm.Port.ToString(CultureInfo.InvariantCulture), bench.Ucm.CertificateSha256, bench.Folder, hours.ToString(CultureInfo.InvariantCulture),
    ];
}
