using CallCenter.Core.Doctor;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Doctor;

/// <summary>One test per diagnosis, over real sockets; each also has its words in both languages. Here: the run itself; the diagnoses stand in the files beside.</summary>
public sealed partial class ConnectionDoctorTests
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

        // Half of what the PBX takes to answer: a busy machine is slow, too.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
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
