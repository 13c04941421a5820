using System.Text;
using CallCenter.Core.Calls;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Recordings.Pauses;
using CallCenter.Tests.Calls;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Recordings;

/// <summary>Marks while a call runs: the agent's and the API's, before and after the call detail.</summary>
public sealed class RecordingPauseTests : IAsyncLifetime
{
    // The host's clock stands here; legs count their seconds from a noon that is so long ago.
    private const int NowSecond = 400 * 24 * 60 * 60;

    private readonly Guid _agent = Guid.NewGuid();
    private IntakeHost _host = null!;

    private ManualClock Clock => (ManualClock)_host.Services.GetRequiredService<TimeProvider>();

    public async Task InitializeAsync()
    {
        _host = await IntakeHost.StartAsync();
        await AddExtensionAsync(_host.Tenant, _agent);
        await AddExtensionAsync(_host.Other, null);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Mark_BeforeTheCallDetail_IsTiedWhenItComes()
    {
        var begun = (await AsAgentAsync(pauses => pauses.BeginAsync(" card "))).Value;
        Clock.Advance(TimeSpan.FromSeconds(20));
        var ended = (await AsAgentAsync(pauses => pauses.EndAsync())).Value;
        Assert.Null((await MarkAsync()).CallId);

        await WriteAsync(Leg(-30));

        var mark = await MarkAsync();
        Assert.Equal(("1001", "card", "Mona", _agent, false), (mark.Extension, mark.Reason, mark.ByName, mark.ByUserId!.Value, mark.Honoured));
        Assert.Equal((begun.FromUtc, begun.FromUtc.AddSeconds(20)), (mark.FromUtc, mark.UntilUtc!.Value));
        Assert.Equal(begun.Id, ended.Id);
        Assert.Equal(Assert.Single(await _host.CallsAsync()).Id, mark.CallId);
    }

    [Fact]
    public async Task Mark_AfterTheCallDetail_IsTiedAtOnce()
    {
        await WriteAsync(Leg(-30, duration: 25), Leg(-300, id: 7));

        await PostAsync($$"""{"action":"begin","extension":"1001","at":"{{Clock.GetUtcNow().AddSeconds(-10):O}}","reason":"card"}""", await SecretAsync());

        var mark = await MarkAsync();
        Assert.Equal((await _host.CallsAsync()).MaxBy(call => call.StartedAtUtc)!.Id, mark.CallId);
        Assert.Equal(((Guid?)null, "", Clock.GetUtcNow().UtcDateTime.AddSeconds(-10)), (mark.ByUserId, mark.ByName, mark.FromUtc));
    }

    [Fact]
    public async Task Mark_WhoseCallIsJoinedToAnother_MovesAlong()
    {
        await AsAgentAsync(pauses => pauses.BeginAsync(""));
        await WriteAsync(Leg(-100, id: 1, session: "1772452800111-a", duration: 20), Leg(-30, id: 2, session: "1772452900222-b"));
        Assert.Equal(2, (await _host.CallsAsync()).Count);

        await WriteAsync(Leg(-30, id: 2, session: "1772452800111-a") with { AccountId = "3" });

        Assert.Equal(Assert.Single(await _host.CallsAsync()).Id, (await MarkAsync()).CallId);
    }

    [Fact]
    public async Task OtherTenant_SameExtension_KeepsItsMarks()
    {
        await AsAgentAsync(pauses => pauses.BeginAsync(""));

        await WriteAsync(_host.Other, Leg(-30));
        await TidyAsync(_host.Other);

        Assert.Null((await MarkAsync()).CallId);
        await using var db = await _host.OpenAsync(_host.Other);
        Assert.Empty(await db.Set<RecordingPause>().ToListAsync());
    }

    [Fact]
    public async Task Begin_Again_EndsTheFirstThere_AndTheLimitEndsTheSecond()
    {
        var first = (await AsAgentAsync(pauses => pauses.BeginAsync(""))).Value;
        Clock.Advance(TimeSpan.FromMinutes(1));
        var second = (await AsAgentAsync(pauses => pauses.BeginAsync(""))).Value;
        Assert.Equal(second.Id, (await AsAgentAsync(pauses => pauses.FindOwnAsync())).Value!.Id);
        Clock.Advance(RecordingPause.Limit);

        Assert.Null((await AsAgentAsync(pauses => pauses.FindOwnAsync())).Value);
        Assert.Equal(RecordingPauseErrors.NothingOpen, (await AsAgentAsync(pauses => pauses.EndAsync())).Error);
        await TidyAsync(_host.Tenant);

        await using var db = await _host.OpenAsync();
        var marks = await db.Set<RecordingPause>().AsNoTracking().OrderBy(mark => mark.FromUtc).ToListAsync();
        Assert.Equal([first.Id, second.Id], marks.Select(mark => mark.Id));
        Assert.Equal([second.FromUtc, second.FromUtc + RecordingPause.Limit], marks.Select(mark => mark.UntilUtc!.Value));
    }

    [Fact]
    public async Task Tidy_MarkThatMissedItsCall_IsTiedLater()
    {
        await WriteAsync(Leg(-30));
        await AsAgentAsync(pauses => pauses.BeginAsync(""));
        await using (var db = await _host.OpenAsync())
        {
            await db.Set<RecordingPause>().ExecuteUpdateAsync(set => set.SetProperty(mark => mark.CallId, (Guid?)null));
        }

        await TidyAsync(_host.Tenant);

        Assert.Equal(Assert.Single(await _host.CallsAsync()).Id, (await MarkAsync()).CallId);
    }

    [Fact]
    public async Task Everything_WithoutAnExtensionOrASignIn_IsRefused()
    {
        Assert.Equal(ExtensionErrors.NoOwnExtension, (await _host.WithAsync<IRecordingPauses, Result<PauseView>>(pauses => pauses.BeginAsync(""), TenantRole.Agent)).Error);
        Assert.Equal(RecordingErrors.NotFound, (await _host.WithAsync<IRecordingPauses, Result<PauseView>>(pauses => pauses.AddAsync(Guid.NewGuid(), new PauseStretch(1, 2), ""))).Error);
        Assert.Equal(RecordingPauseErrors.NotFound, (await _host.WithAsync<IRecordingPauses, Result>(pauses => pauses.RemoveAsync(Guid.NewGuid()))).Error);
        await using var scope = _host.Services.CreateAsyncScope();
        Assert.Equal(AccessErrors.Denied, (await scope.ServiceProvider.GetRequiredService<IRecordingPauses>().BeginAsync("")).Error);
    }

    [Theory]
    [InlineData("", "recordings.pause_request")]
    [InlineData("null", "recordings.pause_request")]
    [InlineData("[1]", "recordings.pause_request")]
    [InlineData("""{"action":"stop","extension":"1001"}""", "recordings.pause_request")]
    [InlineData("""{"action":"begin"}""", "recordings.pause_request")]
    [InlineData("""{"action":"begin","extension":1001}""", "recordings.pause_request")]
    [InlineData("""{"action":"begin","extension":"1001","at":"yesterday"}""", "recordings.pause_request")]
    [InlineData("""{"action":"begin","extension":"1001","at":"2020-01-01T00:00:00Z"}""", "recordings.pause_time")]
    [InlineData("""{"action":"begin","extension":"1001","at":"2090-01-01T00:00:00Z"}""", "recordings.pause_time")]
    [InlineData("""{"action":"begin","extension":"1999"}""", "recordings.pause_extension")]
    [InlineData("""{"action":"end","extension":"1001"}""", "recordings.pause_nothing_open")]
    public async Task Receive_WhatCannotBe_SaysWhatIsWrong(string body, string code)
    {
        Assert.Equal(code, (await PostAsync(body, await SecretAsync())).Error!.Code);
        await using var db = await _host.OpenAsync();
        Assert.Empty(await db.Set<RecordingPause>().ToListAsync());
    }

    [Fact]
    public async Task Receive_WrongSecretOrTooMuch_IsRefused()
    {
        const string Begin = """{"action":"begin","extension":"1001"}""";
        var secret = await SecretAsync();

        Assert.Equal(CallErrors.PushUnknown, (await PostAsync(Begin, "wrong")).Error);
        Assert.Equal(CallErrors.PushUnknown, (await PostAsync(Begin, secret, "second")).Error);
        Assert.Equal(CallErrors.PushTooLarge, (await PostAsync(new string(' ', IRecordingPauseReceiver.MaxBytes + 1), secret)).Error);
        Assert.True((await PostAsync(Begin, secret)).Succeeded);
        Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(Clock.GetUtcNow().UtcDateTime, (await PostAsync("""{"action":"end","extension":"1001"}""", secret)).Value.UntilUtc);
    }

    private static CdrLeg Leg(int second, int id = 1, string? session = null, int duration = 60) => TestLegs.Leg(
        uniqueId: $"17724528{id:00}.{id}", accountId: $"{id}", session: session, second: NowSecond + second, duration: duration);

    private async Task AddExtensionAsync(TenantInfo tenant, Guid? userId)
    {
        await using var db = await _host.OpenAsync(tenant);
        var extension = Extension.Find((await db.Set<PbxConnection>().SingleAsync()).Id, "1001", new ExtensionProfile { Name = "1001" }, Clock.GetUtcNow().UtcDateTime);
        extension.Assign(userId);
        db.Add(extension);
        await db.SaveChangesAsync();
    }

    private async Task<T> AsAgentAsync<T>(Func<IRecordingPauses, Task<T>> act)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(_agent, "Mona", false, null);
        context.EnterTenant(_host.Tenant, TenantRole.Agent);
        return await act(scope.ServiceProvider.GetRequiredService<IRecordingPauses>());
    }

    private Task WriteAsync(params CdrLeg[] legs) => WriteAsync(_host.Tenant, legs);

    private async Task WriteAsync(TenantInfo tenant, params CdrLeg[] legs)
    {
        await using var db = await _host.OpenAsync(tenant);
        var pbxId = (await db.Set<PbxConnection>().SingleAsync()).Id;
        await _host.WithAsync<ICallWriter, CallWriteResult>(writer => writer.AddAsync(pbxId, legs), tenant: tenant);
    }

    private async Task TidyAsync(TenantInfo tenant) => await _host.WithAsync<PauseMarks, bool>(
        async marks =>
        {
            await marks.TidyAsync(CancellationToken.None);
            return true;
        },
        tenant: tenant);

    private async Task<RecordingPause> MarkAsync()
    {
        await using var db = await _host.OpenAsync();
        return await db.Set<RecordingPause>().AsNoTracking().SingleAsync();
    }

    private async Task<string> SecretAsync() => (await _host.WithAsync<ICdrPush, Result<string>>(push => push.MakeSecretAsync())).Value;

    private async Task<Result<PauseView>> PostAsync(string body, string secret, string slug = "first")
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return await _host.Services.GetRequiredService<IRecordingPauseReceiver>().ReceiveAsync(slug, secret, stream, null);
    }
}
