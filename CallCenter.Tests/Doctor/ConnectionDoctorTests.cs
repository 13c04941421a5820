using CallCenter.Core.Doctor;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Settings;
using CallCenter.Simulators.Faults;
using CallCenter.Simulators.Sip;
using CallCenter.Simulators.Stun;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Doctor;

/// <summary>One test per diagnosis, over real sockets; each also has its words in both languages.</summary>
public sealed class ConnectionDoctorTests
{
    [Fact]
    public async Task Run_EverythingWell_PassesEveryStep()
    {
        await using var bench = await DoctorBench.StartAsync();

        var steps = await bench.ExamineAsync();

        Assert.All(DoctorSteps.All, id => Assert.Equal((id, DoctorState.Passed), (id, steps[id].State)));
        Assert.Equal(bench.Ucm.CertificateSha256, steps[DoctorSteps.Tls].Certificate!.Sha256Thumbprint);
        Assert.All(steps.Values, step => Assert.NotNull(step.Duration));
        Assert.Equal(1, bench.Ucm.Requests.Count("login"));
        Assert.Equal(1, bench.Ucm.MostParallelCalls);
    }

    [Fact]
    public async Task Run_EverythingWell_ChangesNothingOnThePbx()
    {
        await using var bench = await DoctorBench.StartAsync();

        await bench.ExamineAsync();

        Assert.All(
            bench.Ucm.Requests.All.Where(r => r.Action is "addSIPAccountAndUser" or "updateSIPAccount"),
            request => Assert.NotEqual(0, request.Status));
        Assert.DoesNotContain(bench.Ucm.Requests.All, request => request.Action is "applyChanges" or "deleteUser");
    }

    [Fact]
    public async Task Run_Stream_BeginsWithEveryStepWaitingInOrder()
    {
        await using var bench = await DoctorBench.StartAsync();
        using var scope = bench.Enter();
        var events = new List<DoctorStep>();

        await foreach (var step in Doctor(scope).RunAsync())
        {
            events.Add(step.Value);
        }

        Assert.Equal(DoctorSteps.All, events.Take(DoctorSteps.All.Count).Select(e => e.Id));
        Assert.All(events.Take(DoctorSteps.All.Count), e => Assert.Equal(DoctorState.Waiting, e.State));
        Assert.All(DoctorSteps.All, id => Assert.Equal(
            [DoctorState.Waiting, DoctorState.Running, DoctorState.Passed], events.Where(e => e.Id == id).Select(e => e.State)));
    }

    [Fact]
    public async Task Run_NothingSaved_SaysSoForEveryStep()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = database.CreateServices(settings: TestKeys.Settings);
        using var scope = services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(Guid.NewGuid(), "Ada", false, null);
        context.EnterTenant(await database.AddTenantAsync(), TenantRole.Admin);
        var last = new Dictionary<string, DoctorStep>();

        await foreach (var step in Doctor(scope).RunAsync())
        {
            last[step.Value.Id] = step.Value;
        }

        Assert.All(DoctorSteps.All, id => Assert.Equal(DoctorState.Skipped, last[id].State));
        Assert.Equal(DiagnosisCodes.NotConfigured, last[DoctorSteps.Login].Diagnosis!.Code);
        Assert.Equal(DiagnosisCodes.GdmsNotConfigured, last[DoctorSteps.GdmsOnline].Diagnosis!.Code);
        Assert.Equal(DiagnosisCodes.StunNotConfigured, last[DoctorSteps.Stun].Diagnosis!.Code);
    }

    [Theory]
    [InlineData(TenantRole.Manager)]
    [InlineData(TenantRole.Agent)]
    public async Task Run_WithoutPermission_IsDenied(TenantRole role)
    {
        await using var bench = await DoctorBench.StartAsync();
        using var scope = bench.Enter(role);
        var items = new List<Result<DoctorStep>>();

        await foreach (var item in Doctor(scope).RunAsync())
        {
            items.Add(item);
        }

        Assert.Equal(AccessErrors.Denied, Assert.Single(items).Error);
        Assert.Equal(0, bench.Ucm.Faults.Connections);
    }

    [Fact]
    public async Task Run_NameUnknown_SaysSoAndSparesOtherBranches()
    {
        await using var bench = await DoctorBench.StartAsync();
        await bench.SavePbxAsync(form => form.Host = "pbx.callcenter.invalid");

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Name, DoctorState.Failed, DiagnosisCodes.NameNotFound);
        Assert.Equal(DoctorSteps.Name, steps[DoctorSteps.Sip].SkippedBecause);
        Assert.Equal(DoctorSteps.Name, steps[DoctorSteps.PermissionCdr].SkippedBecause);
        Expect(steps, DoctorSteps.GdmsOnline, DoctorState.Passed, DiagnosisCodes.GdmsOnline);
        Expect(steps, DoctorSteps.Stun, DoctorState.Passed, DiagnosisCodes.StunMapped);
    }

    [Fact]
    public async Task Run_AddressForbidden_SaysSoAndConnectsNowhere()
    {
        // Saved while it was allowed; the operator has taken it off the list since.
        await using var bench = await DoctorBench.StartAsync();
        await using (var db = bench.Database.As(bench.Tenant).CreateDbContext())
        {
            (await db.Set<PbxConnection>().SingleAsync()).Host = "10.255.255.1";
            (await db.Set<RecordingPolicy>().SingleAsync()).StunServer = "169.254.169.254";
            (await db.Set<GdmsConnection>().SingleAsync()).BaseAddress = "https://10.255.255.1";
            await db.SaveChangesAsync();
        }

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Name, DoctorState.Failed, DiagnosisCodes.NameNotAllowed);
        Expect(steps, DoctorSteps.Stun, DoctorState.Failed, DiagnosisCodes.StunNotAllowed);
        Expect(steps, DoctorSteps.GdmsToken, DoctorState.Failed, DiagnosisCodes.GdmsNotAllowed);
    }

    [Fact]
    public async Task Run_ConnectionsRefused_SaysTcp()
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Ucm.Faults.RefuseConnections = true;

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Tcp, DoctorState.Failed, DiagnosisCodes.TcpRefused);
        Assert.Equal(DoctorSteps.Tcp, steps[DoctorSteps.WebSocket].SkippedBecause);
        Expect(steps, DoctorSteps.GdmsToken, DoctorState.Passed, DiagnosisCodes.GdmsTokenOk);
    }

    [Fact]
    public async Task Run_PlainHttpOnThePort_SaysTlsHandshake()
    {
        await using var bench = await DoctorBench.StartAsync();
        await bench.SavePbxAsync(form => form.Port = bench.Gdms.Address.Port);

        Expect(await bench.ExamineAsync(), DoctorSteps.Tls, DoctorState.Failed, DiagnosisCodes.TlsHandshakeFailed);
    }

    [Fact]
    public async Task Run_FirstContact_OffersTheCertificateAndSendsNothing()
    {
        await using var bench = await DoctorBench.StartAsync();
        await bench.SavePbxAsync(form => form.PinnedCertificateSha256 = "");

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Tls, DoctorState.Failed, DiagnosisCodes.TlsUnpinned);
        Assert.Equal(bench.Ucm.CertificateSha256, steps[DoctorSteps.Tls].Certificate!.Sha256Thumbprint);
        Assert.Empty(bench.Ucm.Requests.All);
    }

    [Fact]
    public async Task Run_WrongCertificate_IsLoudAndSendsNothing()
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Ucm.Faults.WrongCertificate = true;

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Tls, DoctorState.Failed, DiagnosisCodes.TlsMismatch);
        Assert.NotEqual(bench.Ucm.CertificateSha256, steps[DoctorSteps.Tls].Certificate!.Sha256Thumbprint);
        Assert.Equal(DoctorSteps.Tls, steps[DoctorSteps.Login].SkippedBecause);
        Assert.Equal(DoctorSteps.Tls, steps[DoctorSteps.WebSocket].SkippedBecause);
        Assert.Empty(bench.Ucm.Requests.All);
    }

    [Fact]
    public async Task Run_ApiSwitchedOff_SaysSoAndStillTriesTheWebSocket()
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Ucm.Quirks = bench.Ucm.Quirks with { ApiSwitchedOff = true };

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Api, DoctorState.Failed, DiagnosisCodes.ApiOff);
        Assert.Equal(DoctorSteps.Api, steps[DoctorSteps.Clock].SkippedBecause);
        Expect(steps, DoctorSteps.Sip, DoctorState.Passed, DiagnosisCodes.SipAnswered);
    }

    [Fact]
    public async Task Run_Slow_SaysTimedOut()
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Ucm.Faults.ResponseDelay = TimeSpan.FromSeconds(8);

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Api, DoctorState.Failed, DiagnosisCodes.AnswerTimedOut);
        Expect(steps, DoctorSteps.WebSocket, DoctorState.Failed, DiagnosisCodes.WebSocketTimedOut);
    }

    [Fact]
    public async Task Run_DropsHalfWay_SaysDropped()
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Ucm.Faults.DropHalfWay = true;

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Api, DoctorState.Failed, DiagnosisCodes.AnswerDropped);
        Expect(steps, DoctorSteps.WebSocket, DoctorState.Failed, DiagnosisCodes.WebSocketBroken);
    }

    [Fact]
    public async Task Run_Garbage_SaysGarbage()
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Ucm.Faults.Garbage = true;

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Api, DoctorState.Failed, DiagnosisCodes.AnswerGarbage);
        Expect(steps, DoctorSteps.WebSocket, DoctorState.Failed, DiagnosisCodes.WebSocketRefusedUpgrade);
    }

    [Fact]
    public async Task Run_WrongPassword_TriesOnceAndCountsWhatRemains()
    {
        await using var bench = await DoctorBench.StartAsync();
        await bench.SavePbxAsync(form => form.ApiPassword = "not-the-password");

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Login, DoctorState.Failed, DiagnosisCodes.LoginWrongCounted);
        Assert.Equal([4], steps[DoctorSteps.Login].Diagnosis!.Parameters.Cast<int>());
        Assert.Equal(1, bench.Ucm.Requests.Count("login"));
        Assert.Equal(DoctorSteps.Login, steps[DoctorSteps.PermissionCdr].SkippedBecause);
        Expect(steps, DoctorSteps.Sip, DoctorState.Passed, DiagnosisCodes.SipAnswered);
        Assert.Equal(ConnectionState.Resting, (await StatusAsync(bench)).State);
    }

    [Fact]
    public async Task Run_RefusedBeforeByTheJob_TriesOnceMoreOnly()
    {
        await using var bench = await DoctorBench.StartAsync();
        await bench.SavePbxAsync(form => form.ApiPassword = "not-the-password");
        using (var scope = bench.Enter())
        {
            await scope.ServiceProvider.GetRequiredService<ConnectionChecker>().CheckAsync(default);
            await scope.ServiceProvider.GetRequiredService<ConnectionChecker>().CheckAsync(default);
        }

        Assert.Equal(1, bench.Ucm.Requests.Count("login"));
        await bench.ExamineAsync();

        Assert.Equal(2, bench.Ucm.Requests.Count("login"));
    }

    [Fact]
    public async Task Run_LockedOut_SaysSo()
    {
        await using var bench = await DoctorBench.StartAsync(new UcmSimulatorOptions { LoginAttempts = 1 });
        await bench.SavePbxAsync(form => form.ApiPassword = "not-the-password");

        Expect(await bench.ExamineAsync(), DoctorSteps.Login, DoctorState.Failed, DiagnosisCodes.LoginLockedOut);
    }

    [Fact]
    public async Task Run_StoredPasswordUnreadable_SaysSoAndTestsTheRest()
    {
        await using var bench = await DoctorBench.StartAsync();
        await using (var db = bench.Database.As(bench.Tenant).CreateDbContext())
        {
            var pbx = await db.Set<PbxConnection>().SingleAsync();
            pbx.ApiPasswordProtected = pbx.ApiPasswordProtected.Replace("v1:test:", "v1:gone:", StringComparison.Ordinal);
            var gdms = await db.Set<GdmsConnection>().SingleAsync();
            gdms.ApiSecretProtected = gdms.PasswordProtected;
            await db.SaveChangesAsync();
        }

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Api, DoctorState.Passed, DiagnosisCodes.ApiOn);
        Expect(steps, DoctorSteps.Login, DoctorState.Failed, DiagnosisCodes.LoginSecretUnreadable);
        Expect(steps, DoctorSteps.GdmsToken, DoctorState.Failed, DiagnosisCodes.GdmsSecretUnreadable);
        Assert.Equal(0, bench.Ucm.Requests.Count("login"));
    }

    [Fact]
    public async Task Run_SessionsExpireAtOnce_SaysSo()
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Ucm.Faults.ExpireSessions = true;

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Login, DoctorState.Passed, DiagnosisCodes.LoginOk);
        Expect(steps, DoctorSteps.PermissionCdr, DoctorState.Failed, DiagnosisCodes.SessionLost);
        Assert.Equal(1, bench.Ucm.Requests.Count("login"));
    }

    [Theory]
    [InlineData("cdrapi", DoctorSteps.PermissionCdr)]
    [InlineData("recapi", DoctorSteps.PermissionRecordings)]
    [InlineData("listAccount", DoctorSteps.PermissionExtensions)]
    [InlineData("getSIPAccount", DoctorSteps.PermissionExtensions)]
    [InlineData("addSIPAccountAndUser", DoctorSteps.PermissionExtensionsWrite)]
    [InlineData("updateSIPAccount", DoctorSteps.PermissionExtensionsWrite)]
    [InlineData("listQueue", DoctorSteps.PermissionQueues)]
    [InlineData("listBridgedChannels", DoctorSteps.PermissionChannels)]
    [InlineData("listUnBridgedChannels", DoctorSteps.PermissionChannels)]
    [InlineData("getSystemStatus", DoctorSteps.PermissionSystem)]
    [InlineData("getSystemGeneralStatus", DoctorSteps.PermissionSystem)]
    public async Task Run_PermissionMissing_NamesTheActionInItsGroupOnly(string action, string stepId)
    {
        string[] all =
        [
            "cdrapi", "recapi", "listAccount", "getSIPAccount", "addSIPAccountAndUser", "updateSIPAccount", "listQueue",
            "listBridgedChannels", "listUnBridgedChannels", "getSystemStatus", "getSystemGeneralStatus",
        ];
        await using var bench = await DoctorBench.StartAsync(new UcmSimulatorOptions
        {
            Users = [new UcmApiUser("portalapi", DoctorBench.PbxPassword, all.Where(a => a != action).ToHashSet())],
        });

        var steps = await bench.ExamineAsync();

        Expect(steps, stepId, DoctorState.Failed, DiagnosisCodes.PermissionMissing);
        Assert.Equal(action, steps[stepId].Diagnosis!.Parameters.Single());
        Assert.All(
            steps.Values.Where(s => s.Id.StartsWith("permission.", StringComparison.Ordinal) && s.Id != stepId),
            step => Assert.Equal(DiagnosisCodes.PermissionGranted, step.Diagnosis!.Code));
    }

    [Theory]
    [InlineData(60, DoctorState.Warning, DiagnosisCodes.ClockFast)]
    [InlineData(3600, DoctorState.Failed, DiagnosisCodes.ClockFast)]
    [InlineData(-60, DoctorState.Warning, DiagnosisCodes.ClockSlow)]
    [InlineData(-3600, DoctorState.Failed, DiagnosisCodes.ClockSlow)]
    public async Task Run_ClockSkewed_SaysByHowMuch(int seconds, DoctorState state, string code)
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Ucm.Faults.ClockSkew = TimeSpan.FromSeconds(seconds);

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Clock, state, code);
        Assert.InRange((int)steps[DoctorSteps.Clock].Diagnosis!.Parameters[0], Math.Abs(seconds) - 3, Math.Abs(seconds) + 3);
        Expect(steps, DoctorSteps.Offset, DoctorState.Passed, DiagnosisCodes.OffsetOk);
    }

    [Fact]
    public async Task Run_PbxInOtherZone_SaysBothOffsets()
    {
        await using var bench = await DoctorBench.StartAsync(timeZoneId: "Asia/Riyadh");

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.Clock, DoctorState.Passed, DiagnosisCodes.ClockOk);
        Expect(steps, DoctorSteps.Offset, DoctorState.Warning, DiagnosisCodes.OffsetDiffers);
        Assert.Equal("UTC+03:00", steps[DoctorSteps.Offset].Diagnosis!.Parameters[1]);
    }

    [Fact]
    public async Task Run_WrongPath_SaysSo()
    {
        await using var bench = await DoctorBench.StartAsync();
        await bench.SavePbxAsync(form => form.WebSocketPath = "/wss");

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.WebSocket, DoctorState.Failed, DiagnosisCodes.WebSocketWrongPath);
        Assert.Equal(DoctorSteps.WebSocket, steps[DoctorSteps.Sip].SkippedBecause);
        Expect(steps, DoctorSteps.Login, DoctorState.Passed, DiagnosisCodes.LoginOk);
    }

    [Fact]
    public async Task Run_UpgradeForbidden_SaysStatus()
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Sip.Faults = new SipFaults { HttpStatus = 403 };

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.WebSocket, DoctorState.Failed, DiagnosisCodes.WebSocketRefusedUpgrade);
        Assert.Equal(403, steps[DoctorSteps.WebSocket].Diagnosis!.Parameters[0]);
    }

    [Fact]
    public async Task Run_NoSubprotocol_SaysSo()
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Sip.Faults = new SipFaults { NoSubprotocol = true };

        Expect(await bench.ExamineAsync(), DoctorSteps.WebSocket, DoctorState.Failed, DiagnosisCodes.WebSocketNoSubprotocol);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Run_NoSipAnswer_SaysSo(bool silent, bool garbage)
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Sip.Faults = new SipFaults { Silent = silent, Garbage = garbage };

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.WebSocket, DoctorState.Passed, DiagnosisCodes.WebSocketOpen);
        Expect(steps, DoctorSteps.Sip, DoctorState.Failed, DiagnosisCodes.SipNoAnswer);
    }

    [Fact]
    public async Task Run_SipServiceUnavailable_Warns()
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Sip.Faults = new SipFaults { OptionsStatus = 503 };

        Expect(await bench.ExamineAsync(), DoctorSteps.Sip, DoctorState.Warning, DiagnosisCodes.SipError);
    }

    [Theory]
    [InlineData(nameof(GdmsForm.Password))]
    [InlineData(nameof(GdmsForm.ApiSecret))]
    public async Task Run_GdmsCredentialsWrong_SaysSo(string field)
    {
        await using var bench = await DoctorBench.StartAsync();
        await bench.SaveGdmsAsync(form => GdmsForm.Fields.Single(f => f.Name == field).Set(form, "wrong-one"));

        var steps = await bench.ExamineAsync();

        Expect(steps, DoctorSteps.GdmsToken, DoctorState.Failed, DiagnosisCodes.GdmsWrongCredentials);
        Assert.Equal(DoctorSteps.GdmsToken, steps[DoctorSteps.GdmsOnline].SkippedBecause);
        Expect(steps, DoctorSteps.Login, DoctorState.Passed, DiagnosisCodes.LoginOk);
    }

    [Fact]
    public async Task Run_GdmsClockSkewed_SaysSignature()
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Gdms.Faults.ClockSkew = TimeSpan.FromHours(1);

        Expect(await bench.ExamineAsync(), DoctorSteps.GdmsToken, DoctorState.Failed, DiagnosisCodes.GdmsSignature);
    }

    [Fact]
    public async Task Run_GdmsThrottles_SaysSo()
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Gdms.Quirks = bench.Gdms.Quirks with { Throttle = true, RetryAfter = null };

        Expect(await bench.ExamineAsync(), DoctorSteps.GdmsToken, DoctorState.Failed, DiagnosisCodes.GdmsThrottled);
    }

    [Theory]
    [InlineData(nameof(FaultSettings.RefuseConnections), DiagnosisCodes.GdmsUnreachable)]
    [InlineData(nameof(FaultSettings.Garbage), DiagnosisCodes.GdmsGarbage)]
    [InlineData(nameof(FaultSettings.ExpireSessions), DiagnosisCodes.GdmsSessionExpired)]
    public async Task Run_GdmsMisbehaves_SaysHow(string fault, string code)
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Gdms.Faults.Update(f => fault switch
        {
            nameof(FaultSettings.RefuseConnections) => f with { RefuseConnections = true },
            nameof(FaultSettings.Garbage) => f with { Garbage = true },
            _ => f with { ExpireSessions = true },
        });

        Expect(await bench.ExamineAsync(), DoctorSteps.GdmsToken, DoctorState.Failed, code);
    }

    [Fact]
    public async Task Run_GdmsDeviceUnknown_SaysSo()
    {
        await using var bench = await DoctorBench.StartAsync();
        await bench.SaveGdmsAsync(form => form.DeviceMac = "00005E0053FF");

        Expect(await bench.ExamineAsync(), DoctorSteps.GdmsDevice, DoctorState.Failed, DiagnosisCodes.GdmsDeviceUnknown);
    }

    [Theory]
    [InlineData(0, DoctorState.Failed, DiagnosisCodes.GdmsOffline)]
    [InlineData(-1, DoctorState.Warning, DiagnosisCodes.GdmsAbnormal)]
    [InlineData(7, DoctorState.Warning, DiagnosisCodes.GdmsStatusUnknown)]
    public async Task Run_GdmsDeviceNotOnline_SaysState(int status, DoctorState state, string code)
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Gdms.World.PutDevice(bench.Gdms.World.FindDevice("C074AD001122")! with { Status = status });

        Expect(await bench.ExamineAsync(), DoctorSteps.GdmsOnline, state, code);
    }

    [Theory]
    [InlineData(nameof(StunFaults.Silent), DiagnosisCodes.StunNoAnswer)]
    [InlineData(nameof(StunFaults.Garbage), DiagnosisCodes.StunGarbage)]
    [InlineData(nameof(StunFaults.WrongTransactionId), DiagnosisCodes.StunWrongTransaction)]
    [InlineData(nameof(StunFaults.ErrorCode), DiagnosisCodes.StunError)]
    public async Task Run_StunMisbehaves_SaysHow(string fault, string code)
    {
        await using var bench = await DoctorBench.StartAsync();
        bench.Stun.Faults = fault switch
        {
            nameof(StunFaults.Silent) => new StunFaults { Silent = true },
            nameof(StunFaults.Garbage) => new StunFaults { Garbage = true },
            nameof(StunFaults.WrongTransactionId) => new StunFaults { WrongTransactionId = true },
            _ => new StunFaults { ErrorCode = 500 },
        };

        Expect(await bench.ExamineAsync(), DoctorSteps.Stun, DoctorState.Failed, code);
    }

    [Fact]
    public async Task Run_StunNameUnknown_SaysSo()
    {
        await using var bench = await DoctorBench.StartAsync();
        await bench.SaveAsync(new RecordingForm { StunServer = "stun.callcenter.invalid" });

        Expect(await bench.ExamineAsync(), DoctorSteps.Stun, DoctorState.Failed, DiagnosisCodes.StunNameNotFound);
    }

    [Fact]
    public async Task Run_StunPortClosed_SaysRefused()
    {
        await using var bench = await DoctorBench.StartAsync();
        var gone = StunSimulator.Start();
        await gone.DisposeAsync();
        await bench.SaveAsync(new RecordingForm { StunServer = gone.EndPoint.ToString() });

        Expect(await bench.ExamineAsync(), DoctorSteps.Stun, DoctorState.Failed, DiagnosisCodes.StunRefused);
    }

    [Fact]
    public async Task Run_Cancelled_EndsAtOnce()
    {
        await using var bench = await DoctorBench.StartAsync(settings: new Dictionary<string, string?> { ["Doctor:ApiTimeout"] = "00:00:30" });
        bench.Ucm.Faults.ResponseDelay = TimeSpan.FromSeconds(20);
        using var scope = bench.Enter();
        using var cancel = new CancellationTokenSource();
        var clock = new System.Diagnostics.Stopwatch();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var step in Doctor(scope).RunAsync(cancel.Token))
            {
                if (step.Value is { Id: DoctorSteps.Api, State: DoctorState.Running })
                {
                    clock.Start();
                    await cancel.CancelAsync();
                }
            }
        });

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Run_LoginWorksAgain_EndsTheRest()
    {
        await using var bench = await DoctorBench.StartAsync();
        var users = bench.Ucm.Options.Users;
        await bench.SavePbxAsync(form => form.ApiPassword = "not-yet-the-password");
        await bench.ExamineAsync();
        Assert.Equal(ConnectionState.Resting, (await StatusAsync(bench)).State);

        // The admin mends it here, in the portal.
        Assert.NotEmpty(users);
        await bench.SavePbxAsync();
        await bench.ExamineAsync();

        Assert.Equal(ConnectionState.Connected, (await StatusAsync(bench)).State);
    }

    private static IConnectionDoctor Doctor(IServiceScope scope) => scope.ServiceProvider.GetRequiredService<IConnectionDoctor>();

    private static async Task<ConnectionStatus> StatusAsync(DoctorBench bench)
    {
        using var scope = bench.Enter();
        return await scope.ServiceProvider.GetRequiredService<IConnectionStatusFeed>().GetAsync();
    }

    private static void Expect(IReadOnlyDictionary<string, DoctorStep> steps, string id, DoctorState state, string code)
    {
        Assert.Equal((state, code), (steps[id].State, steps[id].Diagnosis?.Code));
        DoctorTexts.AssertTranslated(steps[id]);
    }
}
