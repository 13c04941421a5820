using System.Text;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Calls;

public sealed class CdrPushTests : IAsyncLifetime
{
    private const string OneLeg =
        """
        {"sn":"20EZ1","AcctId":"41","src":"1001","dst":"1002","channel":"PJSIP/1001-00000010","dstchannel":"PJSIP/1002-00000011","lastapp":"Dial",
        "start":"2026-07-01 13:00:00","answer":"2026-07-01 13:00:06","end":"2026-07-01 13:01:10","duration":"70","billsec":"64","disposition":"ANSWERED",
        "uniqueid":"1782907200.16","userfield":"Internal","channel_ext":"1001","dstchannel_ext":"1002","dstanswer":"1002","session":"1782907200482113-1001","action_type":"DIAL"}
        """;

    private IntakeHost _host = null!;

    public async Task InitializeAsync() => _host = await IntakeHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Receive_RightSecret_StoresTheLegsOfThatTenantOnly()
    {
        var secret = await MakeAsync();
        var otherSecret = await MakeAsync(_host.Other);

        var received = await PushAsync(OneLeg, secret);

        Assert.Equal(new CdrPushReceipt(1, 1, 0), received.Value);
        var call = Assert.Single(await _host.CallsAsync());
        Assert.Equal(("1001", "1002", 64, "A1002"), (call.FromNumber, call.AnsweredBy, call.TalkSeconds, call.Path));

        // 13:00 on the wall in July is 12:00 UTC: the id says so, and Dublin too.
        Assert.Equal(new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc), call.StartedAtUtc);
        Assert.Empty(await _host.CallsAsync(_host.Other));
        Assert.NotEqual(secret, otherSecret);
        Assert.Equal((1L, true), await StateAsync());
        Assert.Equal((0L, false), await StateAsync(_host.Other));
        await using var db = await _host.OpenAsync();
        Assert.Empty(await db.Set<CdrSyncState>().ToListAsync());
    }

    [Theory]
    [InlineData("[{0}]")]
    [InlineData("{{\"cdr_root\":[{0}]}}")]
    [InlineData("{{\"response\":{{\"cdr_root\":[{0}]}},\"status\":0}}")]
    [InlineData("{{\"cdr\":\"x\",\"main_cdr\":{{\"src\":\"1001\"}},\"sub_cdr_1\":{0}}}")]
    public async Task Receive_EveryShape_IsTheSameCall(string shape)
    {
        var secret = await MakeAsync();
        var body = string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, OneLeg);

        Assert.Equal(1, (await PushAsync(body, secret)).Value.Added);
        Assert.Equal(new CdrPushReceipt(1, 0, 0), (await PushAsync(OneLeg, secret)).Value);
        Assert.Single(await _host.CallsAsync());
    }

    [Fact]
    public async Task Receive_GoodRowsAmongBad_KeepsTheGoodOnes()
    {
        var secret = await MakeAsync();

        Assert.Equal(new CdrPushReceipt(1, 1, 2), (await PushAsync($"[{OneLeg}, 7, {{}}]", secret)).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1,2]")]
    [InlineData("{\"status\":0,\"response\":{}}")]
    public async Task Receive_Garbage_IsRefused(string body)
    {
        Assert.Equal(CallErrors.PushGarbage, (await PushAsync(body, await MakeAsync())).Error);
        Assert.Empty(await _host.CallsAsync());
    }

    [Fact]
    public async Task Receive_TooLarge_IsRefused()
    {
        Assert.Equal(CallErrors.PushTooLarge, (await PushAsync(new string(' ', ICdrPushReceiver.MaxBytes + 1), await MakeAsync())).Error);
    }

    [Fact]
    public async Task Receive_WrongSecretOldSecretOrSwitchedOff_LooksLikeNothingThere()
    {
        var old = await MakeAsync();
        var secret = await MakeAsync();

        Assert.Equal(CallErrors.PushUnknown, (await PushAsync(OneLeg, old)).Error);
        Assert.Equal(CallErrors.PushUnknown, (await PushAsync(OneLeg, "")).Error);
        Assert.Equal(CallErrors.PushUnknown, (await PushAsync(OneLeg, secret, "no-such-tenant")).Error);
        Assert.True((await PushAsync(OneLeg, secret)).Succeeded);
        Assert.True((await _host.WithAsync<ICdrPush, Result>(push => push.SwitchOffAsync())).Succeeded);
        Assert.Equal(CallErrors.PushUnknown, (await PushAsync(OneLeg, secret)).Error);
    }

    [Fact]
    public async Task Receive_ManyWrongSecretsFromOneAddress_AreStoppedThere()
    {
        var secret = await MakeAsync();
        for (var i = 0; i < 10; i++)
        {
            await PushAsync(OneLeg, "wrong", address: "192.0.2.7");
        }

        Assert.Equal(CallErrors.PushTooOften, (await PushAsync(OneLeg, secret, address: "192.0.2.7")).Error);
        Assert.True((await PushAsync(OneLeg, secret, address: "192.0.2.8")).Succeeded);
    }

    [Fact]
    public async Task Secret_IsStoredAsItsHashOnly()
    {
        var secret = await MakeAsync();

        await using var db = await _host.OpenAsync();
        var row = await db.Set<CdrPush>().SingleAsync();
        Assert.DoesNotContain(secret, row.SecretHash, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(43, secret.Length);
        Assert.Equal(1, await db.Set<Core.Audit.AuditEntry>().CountAsync(entry => entry.Action == CallAuditActions.PushSecretMade));
    }

    [Fact]
    public async Task Secret_WithoutPermission_IsDenied()
    {
        Assert.Equal(AccessErrors.Denied, (await _host.WithAsync<ICdrPush, Result<string>>(push => push.MakeSecretAsync(), TenantRole.Agent)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.WithAsync<ICdrPush, Result<CdrPushState?>>(push => push.GetAsync(), TenantRole.Agent)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.WithAsync<ICdrPush, Result>(push => push.SwitchOffAsync(), TenantRole.Agent)).Error);
    }

    private async Task<string> MakeAsync(TenantInfo? tenant = null) =>
        (await _host.WithAsync<ICdrPush, Result<string>>(push => push.MakeSecretAsync(), tenant: tenant)).Value;

    private async Task<(long Legs, bool Received)> StateAsync(TenantInfo? tenant = null)
    {
        var state = (await _host.WithAsync<ICdrPush, Result<CdrPushState?>>(push => push.GetAsync(), tenant: tenant)).Value;
        return (state!.Legs, state.LastReceivedAtUtc is not null);
    }

    private async Task<Result<CdrPushReceipt>> PushAsync(string body, string secret, string slug = "first", string? address = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return await _host.Services.GetRequiredService<ICdrPushReceiver>().ReceiveAsync(slug, secret, stream, address);
    }
}
