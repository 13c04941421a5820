using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;

namespace CallCenter.Tests.Telephony.Ucm;

/// <summary>The adapter against a simulated UCM that misbehaves.</summary>
public sealed class UcmChaosTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 10, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly CdrWindow Window = new(Now.UtcDateTime.AddDays(-20), Now.UtcDateTime);

    private readonly ManualClock _clock = new(Now);
    private UcmSimulator _simulator = null!;
    private UcmGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _simulator = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            TimeProvider = _clock,
            Quirks = UcmQuirks.AllCdr with { ParallelCallsFail = true },
            Calls = SamplePbx.Dublin(new DateOnly(2026, 10, 5)) with { CallsPerWorkday = 30, To = new DateOnly(2026, 10, 19) },
        });
        _gateway = ScriptedUcm.Gateway(_clock, o =>
        {
            o.RequestTimeout = TimeSpan.FromSeconds(5);
            o.CdrTimeout = TimeSpan.FromSeconds(5);
        });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Read_SessionExpiresBetweenPages_LogsInAgainAndLosesNothing()
    {
        List<CdrLeg> legs = [];
        await foreach (var page in Source(pageSize: 20).ReadAsync(Pbx, Window))
        {
            legs.AddRange(page.Value.Legs);
            _simulator.Faults.ExpireSessionsOnce();
        }

        LedgerComparison.AssertEqual(_simulator.Ledger.Calls, UcmQuirks.AllCdr, CallAssembler.Assemble(legs));
        Assert.Equal(1, _simulator.MostParallelCalls);
    }

    [Fact]
    public async Task Read_DropsGarbageAndRefusalsBetweenPages_AreSurvived()
    {
        List<CdrLeg> legs = [];
        var pages = 0;
        await foreach (var page in Source(pageSize: 20, retries: 8).ReadAsync(Pbx, Window))
        {
            legs.AddRange(page.Value.Legs);
            var turn = pages++ % 3;
            _simulator.Faults.DropHalfWay = turn == 0;
            _simulator.Faults.Garbage = turn == 1;
            _simulator.Faults.RefuseConnections = turn == 2;
            _ = Task.Delay(40).ContinueWith(_ => _simulator.Faults.Reset(), TaskScheduler.Default);
        }

        Assert.True(pages > 5);
        LedgerComparison.AssertEqual(_simulator.Ledger.Calls, UcmQuirks.AllCdr, CallAssembler.Assemble(legs));
    }

    [Theory]
    [InlineData("refuse", "telephony.unreachable")]
    [InlineData("slow", "telephony.timed_out")]
    [InlineData("drop", "telephony.dropped")]
    [InlineData("garbage", "telephony.garbage")]
    [InlineData("certificate", "telephony.certificate_refused")]
    [InlineData("expire", "telephony.session_lost")]
    public async Task Read_LastingFault_EndsWithItsName(string fault, string code)
    {
        _simulator.Faults.Update(f => fault switch
        {
            "refuse" => f with { RefuseConnections = true },
            "slow" => f with { ResponseDelay = TimeSpan.FromSeconds(30) },
            "drop" => f with { DropHalfWay = true },
            "garbage" => f with { Garbage = true },
            "certificate" => f with { WrongCertificate = true },
            _ => f with { ExpireSessions = true },
        });

        List<Result<CdrPage>> pages = [];
        await foreach (var page in Source(retries: 1).ReadAsync(Pbx, Window))
        {
            pages.Add(page);
        }

        Assert.Equal(code, pages.Single().Error!.Code);
    }

    [Fact]
    public async Task Read_WrongPassword_NeverLocksOut()
    {
        var pbx = Pbx with { ApiPassword = new Secret("wrong") };
        for (var run = 0; run < 10; run++)
        {
            await foreach (var page in Source().ReadAsync(pbx, Window))
            {
                Assert.Equal(TelephonyErrors.WrongCredentials, page.Error);
            }
        }

        Assert.True((await _gateway.ExecuteAsync(Pbx, "listAccount")).Succeeded);
    }

    [Fact]
    public async Task Login_RefusedAgainAndAgainByTheDoctor_IsNamedLockedOut()
    {
        var pbx = Pbx with { ApiPassword = new Secret("wrong") };
        UcmFailure? last = null;
        for (var run = 0; run < 6; run++)
        {
            await using var conversation = _gateway.Open(pbx);
            var challenge = await conversation.ChallengeAsync(CancellationToken.None);
            last = challenge.Failure ?? (await conversation.LoginAsync(UcmConversation.ChallengeOf(challenge.Reply!), CancellationToken.None)).Failure;
        }

        Assert.Equal(TelephonyErrors.LockedOut, last!.Error);
    }

    [Fact]
    public async Task FindOldest_PbxWithoutCalls_IsNull()
    {
        await using var empty = await UcmSimulator.StartAsync(new UcmSimulatorOptions { TimeProvider = _clock });

        var oldest = await UcmLedgerSyncTests.Source(_gateway, _clock).FindOldestAsync(UcmLedgerSyncTests.Endpoint(empty));

        Assert.Null(oldest.Error);
        Assert.Null(oldest.Value);
    }

    [Fact]
    public async Task Read_Cancelled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var page in Source(pageSize: 20).ReadAsync(Pbx, Window, cancel.Token))
            {
                Assert.Null(page.Error);
                await cancel.CancelAsync();
            }
        });
    }

    private PbxEndpoint Pbx => UcmLedgerSyncTests.Endpoint(_simulator);

    private UcmCdrSource Source(int pageSize = 1000, int retries = 2) => UcmLedgerSyncTests.Source(_gateway, _clock, o =>
    {
        o.CdrPageSize = pageSize;
        o.MaxRetries = retries;
        o.RetryDelay = TimeSpan.FromMilliseconds(20);
        o.MaxRetryDelay = TimeSpan.FromMilliseconds(60);
    });
}
