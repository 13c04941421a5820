using System.Diagnostics;
using CallCenter.Core.Extensions;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Demo.Portal;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Extensions;

/// <summary>The saga through the real adapter against a simulated UCM over sockets: misbehaviours, and processes that are killed.</summary>
public sealed class SagaUcmTests : IAsyncLifetime
{
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(300);

    private UcmSimulator _ucm = null!;
    private ExtensionBench _bench = null!;

    public static TheoryData<string> Mishaps => [.. MishapsByName.Keys];

    private static Dictionary<string, UcmMishaps> MishapsByName { get; } = new(StringComparer.Ordinal)
    {
        ["answers lost"] = new() { LoseAnswers = 3, Every = 2 },
        ["answers cut"] = new() { CutAnswers = 3, Every = 2 },
        ["answers garbled"] = new() { GarbleAnswers = 3, Every = 2 },
        ["misreported -8"] = new() { MisreportAnswers = 3, Every = 2 },
        ["requests dropped"] = new() { DropRequests = 3, Every = 2 },
        ["sessions ended"] = new() { ExpireSessionEvery = 2 },
        ["apply answer lost"] = new() { LoseApplyAnswers = 1 },
        ["apply -45"] = new() { RefuseApplies = 1, RefuseAppliesWith = -45 },
        ["apply -51"] = new() { RefuseApplies = 2, RefuseAppliesWith = -51 },
        ["apply -69"] = new() { RefuseApplies = 2, RefuseAppliesWith = -69 },
    };

    public async Task InitializeAsync()
    {
        _ucm = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            ApplySpacing = Spacing,
            ApplyDelay = TimeSpan.FromMilliseconds(60),
            Extensions = [new SimExtension("7101", "Theirs")],
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
        _bench = await ExtensionBench.StartAsync(null, connection: connection, settings: SagaHost.Settings);
    }

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _ucm.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Mishaps))]
    public async Task Everything_PbxMisbehaves_EndsExactlyRight(string mishap)
    {
        var ids = await CreateActiveAsync(6);
        _ucm.Mishaps.Update(_ => MishapsByName[mishap]);

        await AskMixedAsync(ids);
        await _bench.FollowAsync();

        await AssertSameAsync(6);
        Assert.True(mishap == "sessions ended" || _ucm.Mishaps.Happened > 0, "The mishap did not happen.");
    }

    [Fact]
    public async Task WrongPassword_DoesNotRunIntoTheLockOut()
    {
        await using var bench = await ExtensionBench.StartAsync(
            null, connection: new PbxConnection
            {
                Kind = PbxKind.Ucm,
                Host = "127.0.0.1",
                Port = _ucm.Port,
                WebSocketPath = "/ws",
                ApiUser = "portalapi",
                PinnedCertificateSha256 = _ucm.CertificateSha256,
                ChangedBy = "test",
            },
            apiPassword: new Core.Primitives.Secret("Wrong-Pass#1"),
            settings: new(SagaHost.Settings) { ["Extensions:LongestPause"] = "00:05:00" });
        var id = (await bench.CreateAsync("7150")).Value;
        for (var i = 0; i < 20; i++)
        {
            await bench.PassAsync();
        }

        Assert.Equal(ExtensionState.Creating, (await bench.RowAsync(id)).State);
        Assert.InRange(_ucm.Requests.Count("login"), 1, 2);
        Assert.Equal(TelephonyErrors.WrongCredentials.Code, (await bench.UseAsync(e => e.GetQueueAsync())).Value.WaitingCode);
    }

    [Fact]
    public async Task Process_KilledAgainAndAgain_NothingTwiceAndNoOrphan()
    {
        const int Kills = 5;
        var ids = await CreateActiveAsync(12);
        var before = Successes("addSIPAccountAndUser");
        for (var i = 0; i < 40; i++)
        {
            Assert.True((await _bench.CreateAsync(name: $"Agent {i}")).Succeeded);
        }

        await AskMixedAsync(ids);
        _ucm.Faults.ResponseDelay = TimeSpan.FromMilliseconds(15);
        var random = new Random(1121);
        var survived = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = Start();
            Assert.Equal("running", await process.StandardOutput.ReadLineAsync());

            // Somewhere in the first calls, or in the middle of many, or while changes are applied.
            var from = _ucm.Requests.All.Count;
            var more = random.Next(4, 45);
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(20) && _ucm.Requests.All.Count < from + more && !process.HasExited;)
            {
                await Task.Delay(1);
            }

            await Task.Delay(random.Next(0, 25));
            survived += process.HasExited ? 1 : 0;
            process.Kill();
            await process.WaitForExitAsync();
            await ExpireLeaseAsync();
        }

        using (var last = Start())
        {
            var said = await last.StandardOutput.ReadToEndAsync();
            await last.WaitForExitAsync();
            Assert.True(last.ExitCode == 0, said);
        }

        Assert.InRange(survived, 0, Kills - 3);
        await AssertSameAsync(52);
        Assert.Equal(44, Successes("addSIPAccountAndUser") - before);
    }

    [Fact]
    public async Task ManyChanges_OneApplying_NeverTooSoon()
    {
        await CreateActiveAsync(30);

        Assert.Equal(1, _ucm.Requests.Count("applyChanges"));
        await CreateActiveAsync(1);
        await CreateActiveAsync(1);

        var applies = _ucm.Requests.All.Where(request => request.Action == "applyChanges").ToList();
        Assert.Equal(3, applies.Count);
        Assert.All(applies, apply => Assert.Equal(0, apply.Status));
    }

    private async Task<List<Guid>> CreateActiveAsync(int count)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            ids.Add((await _bench.CreateAsync(name: $"Old {i}")).Value);
        }

        await _bench.FollowAsync();
        return ids;
    }

    /// <summary>A third changed, a third given a new secret, a third deleted and as many created.</summary>
    private async Task AskMixedAsync(List<Guid> ids)
    {
        for (var i = 0; i < ids.Count; i++)
        {
            var (id, row) = (ids[i], await _bench.RowAsync(ids[i]));
            var asked = (i % 3) switch
            {
                0 => await _bench.UseAsync(e => e.ChangeAsync(id, row.Wanted with { Name = $"New {id:N}"[..20], RingTimeoutSeconds = 25, ForwardBusy = "5551" }, row.Version)),
                1 => await _bench.UseAsync(e => e.RotateSecretAsync(id, row.Version)),
                _ => await _bench.UseAsync(e => e.DeleteAsync(id, row.Version, evenInCall: false)),
            };
            Assert.Null(asked.Error);
            if (i % 3 == 2)
            {
                Assert.True((await _bench.CreateAsync(name: $"Fresh {i}")).Succeeded);
            }
        }
    }

    /// <summary>The portal, what the PBX has stored and what is in force there are one.</summary>
    private async Task AssertSameAsync(int count)
    {
        var rows = await _bench.RowsAsync();
        var configured = _ucm.Accounts.Configured.Where(account => account.Extension != "7101").ToDictionary(account => account.Extension, StringComparer.Ordinal);
        Assert.Equal(count, rows.Count);
        Assert.Equal(configured.Keys.Order(StringComparer.Ordinal), rows.Select(row => row.Number));
        Assert.Equal(
            _ucm.Accounts.Configured.Select(account => (account.Extension, account.Secret, account.FullName)),
            _ucm.Accounts.Running.Values.Select(account => (account.Extension, account.Secret, account.FullName)).OrderBy(account => account.Extension, StringComparer.Ordinal));
        Assert.Equal("Theirs", _ucm.Accounts.Running["7101"].FullName);
        foreach (var row in rows)
        {
            Assert.Equal((row.Number, ExtensionState.Active, ExtensionStep.None, 0, (string?)null), (row.Number, row.State, row.Step, row.DifferenceCount, row.ErrorCode));
            Assert.Equal(row.Wanted.Name, configured[row.Number].FullName);
            Assert.Equal(await _bench.SecretOfAsync(row.Id), configured[row.Number].Secret);
        }
    }

    private int Successes(string action) => _ucm.Requests.All.Count(request => request.Action == action && request.Status == 0);

    private Process Start()
    {
        string[] arguments = [typeof(SagaHost).Assembly.Location, SagaHost.Verb, _bench.Database.ConnectionString, _bench.Tenant.Id.ToString()];
        return Process.Start(new ProcessStartInfo(PortalBuild.DotnetHost, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("The process did not start.");
    }

    // A killed process cannot give its lease back; it runs out within a minute, which a test need not wait for.
    private async Task ExpireLeaseAsync()
    {
        await using var db = _bench.Database.Global().CreateDbContext();
        await db.Set<JobLease>().ExecuteDeleteAsync();
    }
}
