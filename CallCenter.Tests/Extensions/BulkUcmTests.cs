using System.Diagnostics;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Extensions;

/// <summary>Bulk acts through the real adapter against a simulated UCM over sockets.</summary>
public sealed class BulkUcmTests : IAsyncLifetime
{
    private const int Many = 500;

    /// <summary>Everything that a UCM is known to do to writes, one after the other, on every fourth write.</summary>
    private static readonly UcmMishaps AllMishaps = new()
    {
        Every = 4,
        LoseAnswers = 12,
        CutAnswers = 12,
        GarbleAnswers = 12,
        DelayAnswers = 4,
        DelayBy = TimeSpan.FromMilliseconds(400),
        MisreportAnswers = 12,
        DropRequests = 12,
        ExpireSessionEvery = 40,
        LoseApplyAnswers = 1,
        RefuseApplies = 2,
        RefuseAppliesWith = -51,
    };

    private UcmSimulator _ucm = null!;
    private ExtensionBench _bench = null!;

    public async Task InitializeAsync()
    {
        _ucm = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            // The PBX's own pause, so that -45 is met as well.
            ApplySpacing = TimeSpan.FromMilliseconds(600),
            ApplyDelay = TimeSpan.FromMilliseconds(60),
        });
        var connection = new PbxConnection
        {
            Kind = PbxKind.Ucm,
            Host = "127.0.0.1",
            Port = _ucm.Port,
            WebSocketPath = "/ws",
            ApiUser = "portalapi",
            PinnedCertificateSha256 = _ucm.CertificateSha256,
            ChangedBy = "test",
        };
        _bench = await ExtensionBench.StartAsync(null, "1000", "1999", connection, settings: SagaHost.Settings);
    }

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _ucm.DisposeAsync();
    }

    [Fact]
    public async Task Create_FiveHundredWithEveryMishapAndKills_ExactlyFiveHundredOnBothSides()
    {
        var run = await _bench.StartRangeAsync(Many);
        _ucm.Mishaps.Update(_ => AllMishaps);
        foreach (var done in new[] { 60, 190, 330 })
        {
            await KillWhenThePbxHasAsync(done);
        }

        Assert.Null((await _bench.RunAsync(run)).FinishedAtUtc);
        await KilledProcess.CompleteAsync(Arguments);

        await _bench.PassAsync();
        var progress = await _bench.RunAsync(run);
        Assert.Equal((Many, 0, 0, 0, 0), progress.Figures());
        Assert.NotNull(progress.FinishedAtUtc);
        Assert.Equal(Many, _ucm.Accounts.Configured.Count);
        Assert.False(_ucm.Accounts.NeedsApply);
        await _bench.AssertEqualAsync(Truth());
        Assert.Equal(Enumerable.Range(71000, Many).Select(number => $"{number}"), (await _bench.RowsAsync()).Select(row => row.Number));
        Assert.True(_ucm.Mishaps.Happened >= 60, $"Only {_ucm.Mishaps.Happened} mishaps happened.");
    }

    [Fact]
    public async Task Cancel_InTheMiddleWithMishaps_SumHoldsAndPbxEqualsPortal()
    {
        var run = await _bench.StartRangeAsync(120);
        _ucm.Mishaps.Update(_ => AllMishaps with { DelayAnswers = 0 });
        var following = _bench.FollowAsync();
        for (var watch = Stopwatch.StartNew(); _ucm.Accounts.Configured.Count < 30 && watch.Elapsed < TimeSpan.FromMinutes(4);)
        {
            await Task.Delay(5);
        }

        Assert.True((await _bench.BulkAsync(bulk => bulk.CancelAsync(run))).Succeeded);
        await following;
        await _bench.FollowAsync();
        await _bench.PassAsync();

        var progress = await _bench.RunAsync(run);
        Assert.Equal((120, 0, 0, 0), (progress.Done + progress.TakenBack, progress.Failed, progress.Waiting, progress.Written));
        Assert.InRange(progress.TakenBack, 1, 90);
        Assert.NotNull(progress.FinishedAtUtc);
        Assert.Equal(progress.Done, _ucm.Accounts.Configured.Count);
        await _bench.AssertEqualAsync(Truth());
    }

    private Dictionary<string, PbxTruth> Truth() =>
        _ucm.Accounts.Running.ToDictionary(pair => pair.Key, pair => new PbxTruth(pair.Value.FullName, pair.Value.Secret), StringComparer.Ordinal);

    private async Task KillWhenThePbxHasAsync(int extensions)
    {
        await KilledProcess.RunAsync(Arguments, () => _ucm.Accounts.Configured.Count >= extensions);
        Assert.InRange(_ucm.Accounts.Configured.Count, extensions, Many - 1);

        // The lease of a dead process runs out within a minute, which a test need not wait for.
        await using var db = _bench.Database.Global().CreateDbContext();
        await db.Set<JobLease>().ExecuteDeleteAsync();
    }

    private string[] Arguments => [SagaHost.Verb, _bench.Database.ConnectionString, _bench.Tenant.Id.ToString()];
}
