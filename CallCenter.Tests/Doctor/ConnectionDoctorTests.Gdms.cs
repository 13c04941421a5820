using CallCenter.Core.Doctor;
using CallCenter.Core.Settings;
using CallCenter.Simulators.Faults;

namespace CallCenter.Tests.Doctor;

public sealed partial class ConnectionDoctorTests
{
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
}
