using CallCenter.Core.Doctor;
using CallCenter.Core.Settings;
using CallCenter.Simulators.Sip;
using CallCenter.Simulators.Stun;

namespace CallCenter.Tests.Doctor;

public sealed partial class ConnectionDoctorTests
{
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
        await using var bench = await DoctorBench.StartAsync(settings: DoctorBench.Impatient);
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
    [InlineData(nameof(StunFaults.Silent), DiagnosisCodes.StunNoAnswer)]
    [InlineData(nameof(StunFaults.Garbage), DiagnosisCodes.StunGarbage)]
    [InlineData(nameof(StunFaults.WrongTransactionId), DiagnosisCodes.StunWrongTransaction)]
    [InlineData(nameof(StunFaults.ErrorCode), DiagnosisCodes.StunError)]
    public async Task Run_StunMisbehaves_SaysHow(string fault, string code)
    {
        await using var bench = await DoctorBench.StartAsync(settings: DoctorBench.Impatient);
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
}
