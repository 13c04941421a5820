using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Recordings.Pauses;
using CallCenter.Infrastructure.Settings;
using CallCenter.Tests.Calls;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Recordings;

/// <summary>Marks on a PBX that can pause its recording; a UCM cannot, as far as its reference tells.</summary>
public sealed class PausingPbxTests : IAsyncLifetime
{
    private readonly Guid _agent = Guid.NewGuid();
    private readonly IPbxRecordings _port = Substitute.For<IPbxRecordings>();
    private IntakeHost _host = null!;

    private ManualClock Clock => (ManualClock)_host.Services.GetRequiredService<TimeProvider>();

    public async Task InitializeAsync()
    {
        _port.Kind.Returns(PbxKind.Ucm);
        _host = await IntakeHost.StartAsync(services => services.AddSingleton(_port));
        await using var db = await _host.OpenAsync();
        var pbx = await db.Set<PbxConnection>().SingleAsync();
        pbx.ApiPasswordProtected = _host.Services.GetRequiredService<ISecretProtector>().Protect(new Secret("secret"), SettingsSecrets.PbxPassword(_host.Tenant.Id));
        var extension = Extension.Find(pbx.Id, "1001", new ExtensionProfile { Name = "1001" }, TestLegs.Noon);
        extension.Assign(_agent);
        db.Add(extension);
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Mark_ThePbxPauses_IsHonouredAndItsEndResumes()
    {
        Answer(Result.Success);

        Assert.True((await AsAgentAsync(pauses => pauses.BeginAsync("card"))).Value.Honoured);
        await AskedAsync(pause: true, times: 1);
        Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.True((await AsAgentAsync(pauses => pauses.EndAsync())).Value.Honoured);

        await AskedAsync(pause: false, times: 1);
        Assert.True((await MarkAsync()).Honoured);
    }

    [Fact]
    public async Task Mark_NobodyEndsIt_TheLimitResumesTheRecording()
    {
        Answer(Result.Success);
        await AsAgentAsync(pauses => pauses.BeginAsync(""));
        Clock.Advance(RecordingPause.Limit);

        await _host.WithAsync<PauseMarks, bool>(async marks =>
        {
            await marks.TidyAsync(CancellationToken.None);
            return true;
        });

        await AskedAsync(pause: false, times: 1);
    }

    [Fact]
    public async Task Mark_ThePbxDoesNotAnswer_StandsAsAMarkOnly()
    {
        Answer(TelephonyErrors.Unreachable);

        Assert.False((await AsAgentAsync(pauses => pauses.BeginAsync(""))).Value.Honoured);
        Clock.Advance(TimeSpan.FromSeconds(3));
        await AsAgentAsync(pauses => pauses.EndAsync());

        await AskedAsync(pause: false, times: 0);
        Assert.Equal((false, true), ((await MarkAsync()).Honoured, (await MarkAsync()).UntilUtc is not null));
    }

    private void Answer(Result answer) => _port.PauseAsync(default!, default!, default, default).ReturnsForAnyArgs(answer);

    private async Task AskedAsync(bool pause, int times) => await _port.Received(times).PauseAsync(Arg.Any<PbxEndpoint>(), "1001", pause, Arg.Any<CancellationToken>());

    private async Task<RecordingPause> MarkAsync()
    {
        await using var db = await _host.OpenAsync();
        return await db.Set<RecordingPause>().AsNoTracking().SingleAsync();
    }

    private async Task<T> AsAgentAsync<T>(Func<IRecordingPauses, Task<T>> act)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(_agent, "Mona", false, null);
        context.EnterTenant(_host.Tenant, TenantRole.Agent);
        return await act(scope.ServiceProvider.GetRequiredService<IRecordingPauses>());
    }
}
