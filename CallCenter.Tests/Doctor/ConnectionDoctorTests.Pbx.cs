using CallCenter.Core.Doctor;
using CallCenter.Core.Settings;
using CallCenter.Infrastructure.Settings;
using CallCenter.Simulators.Ucm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Doctor;

public sealed partial class ConnectionDoctorTests
{
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
        await using var bench = await DoctorBench.StartAsync(settings: DoctorBench.Impatient);
        bench.Ucm.Faults.ResponseDelay = TimeSpan.FromSeconds(20);

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
}
