using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Extensions;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Notices;
using CallCenter.Tests.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Phone;

public sealed class MyPhoneServiceTests : IAsyncLifetime
{
    private const string SipSecret = "Sip-Secret#77";
    private static readonly DateTime Now = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);

    private readonly IPbxExtensions _port = Substitute.For<IPbxExtensions>();
    private IdentityFixture _fixture = null!;
    private TenantInfo _tenant = null!;
    private TenantInfo _other = null!;
    private Guid _user;
    private Guid _pbx;

    public async Task InitializeAsync()
    {
        _fixture = await IdentityFixture.CreateAsync(
            new Dictionary<string, string?> { ["Outbound:Allow:0"] = "127.0.0.0/8" }, services => services.AddSingleton(_port));
        _tenant = await _fixture.Database.AddTenantAsync("demo");
        _other = await _fixture.Database.AddTenantAsync("riyadh");
        _user = await _fixture.AddPersonAsync(_tenant, "nora");
        await using var scope = _fixture.As(_tenant, TenantRole.Owner);
        var settings = scope.ServiceProvider.GetRequiredService<ITenantSettings>();
        Assert.NotNull((await settings.SaveAsync(new PbxForm { Host = "127.0.0.1", ApiUser = "portal", ApiPassword = "pbx-pass-word" }, 0)).Saved);
        Assert.NotNull((await settings.SaveAsync(new ExtensionForm { Start = "1000", End = "1999", EchoNumber = "*43", SipPort = 5070, SipTlsPort = 5071 }, 0)).Saved);
        await using var db = _fixture.Database.As(_tenant).CreateDbContext();
        _pbx = await db.Set<PbxConnection>().Select(p => p.Id).SingleAsync();
    }

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Get_OwnExtension_TellsHowToConnectButNoSecret()
    {
        var id = await AddAsync("1001", _user);
        await using (var db = _fixture.Database.As(_tenant).CreateDbContext())
        {
            db.Add(new ExtensionPresence { ExtensionId = id, Status = LineStatus.Idle, Address = "192.0.2.10:5060" });
            db.AddRange(Enumerable.Range(0, 25).Select(n => new RegistrationSpan { ExtensionId = id, FromUtc = Now.AddHours(-n), SeenUntilUtc = Now }));
            await db.SaveChangesAsync();
        }

        var phone = (await RunAsync(own => own.GetAsync())).Value;

        Assert.Equal(("1001", "nora Example", LineStatus.Idle), (phone.Row.Number, phone.Row.UserName, phone.Row.Status));
        Assert.Equal(("127.0.0.1", 5070, 5071, "*43", true), (phone.Server, phone.SipPort, phone.SipTlsPort, phone.EchoNumber, phone.HasSecret));
        Assert.Equal(20, phone.Spans.Count);
        Assert.Equal(Now, phone.Spans[0].FromUtc);
    }

    [Fact]
    public async Task Everything_ExtensionOfSomebodyElse_IsNotThere()
    {
        await AddAsync("1001", await _fixture.AddPersonAsync(_tenant, "cora"));
        await AddAsync("1002", userId: null);
        await AddAsync("1003", _user, tenant: _other);

        Assert.Equal(ExtensionErrors.NoOwnExtension, (await RunAsync(own => own.GetAsync())).Error);
        Assert.Equal(ExtensionErrors.NoOwnExtension, (await RunAsync(own => own.ShowSecretAsync(Good))).Error);
        Assert.Equal(ExtensionErrors.NoOwnExtension, (await RunAsync(own => own.CallEchoAsync())).Error);
        await _port.DidNotReceiveWithAnyArgs().CallAsync(default!, default!, default!);
    }

    [Fact]
    public async Task Everything_OutsideATenant_IsDenied()
    {
        await AddAsync("1001", _user);
        await using var scope = _fixture.Me(_user);
        var own = scope.ServiceProvider.GetRequiredService<IMyPhone>();

        Assert.Equal(AccessErrors.Denied, (await own.GetAsync()).Error);
        Assert.Equal(AccessErrors.Denied, (await own.ShowSecretAsync(Good)).Error);
        Assert.Equal(AccessErrors.Denied, (await own.CallEchoAsync()).Error);
    }

    [Fact]
    public async Task ShowSecret_RightPassword_GivesItAndWritesThatDown()
    {
        await AddAsync("1001", _user);

        var shown = (await RunAsync(own => own.ShowSecretAsync(Good))).Value;

        Assert.Equal(SipSecret, shown.Secret.Reveal());
        Assert.Equal(("127.0.0.1", 5070, "udp", "1001"), (shown.Server, shown.Port, shown.Transport, shown.User));
        Assert.StartsWith("<svg", shown.QrSvg, StringComparison.Ordinal);
        Assert.DoesNotContain(SipSecret, shown.ToString()!, StringComparison.Ordinal);
        Assert.Equal(ExtensionAuditActions.SecretShown, (await ActionsAsync())[^1]);
        await using var scope = _fixture.As(_tenant, TenantRole.Owner);
        var row = (await scope.ServiceProvider.GetRequiredService<IAuditLog>().ReadAsync(AuditChain.Tenant, new AuditFilter(), null, 1)).Value.Rows[0];
        Assert.DoesNotContain(SipSecret, System.Text.Json.JsonSerializer.Serialize(row), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShowSecret_WrongPasswords_CountAndCloseTheAccount()
    {
        await AddAsync("1001", _user);
        for (var n = 0; n < 5; n++)
        {
            Assert.Equal(IdentityErrors.WrongPassword, (await RunAsync(own => own.ShowSecretAsync(new Secret("a wrong password")))).Error);
        }

        Assert.Equal(IdentityErrors.TooManyAttempts, (await RunAsync(own => own.ShowSecretAsync(Good))).Error);
        Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync("nora")).Error);
        Assert.DoesNotContain(ExtensionAuditActions.SecretShown, await ActionsAsync());
        _fixture.Clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        Assert.True((await RunAsync(own => own.ShowSecretAsync(Good))).Succeeded);
    }

    [Fact]
    public async Task ShowSecret_SecondFactorOn_AsksForThePasswordOnly()
    {
        await AddAsync("1001", _user);
        await using (var me = _fixture.Me(_user))
        {
            var account = me.ServiceProvider.GetRequiredService<IMyAccount>();
            var key = (await account.BeginTwoFactorAsync()).Value.Key.Replace(" ", "", StringComparison.Ordinal);
            Assert.True((await account.ConfirmTwoFactorAsync(Totp.CodeAt(key, _fixture.Clock.GetUtcNow()))).Succeeded);
        }

        Assert.Equal(SipSecret, (await RunAsync(own => own.ShowSecretAsync(Good))).Value.Secret.Reveal());
    }

    public static TheoryData<string, string> Hidden => new()
    {
        { "rotating", ExtensionErrors.Pending.Code },
        { "rotation failed", ExtensionErrors.Pending.Code },
        { "creating", ExtensionErrors.Pending.Code },
        { "creation failed", ExtensionErrors.WrongState.Code },
        { "deleting", ExtensionErrors.Pending.Code },
        { "adopted without", ExtensionErrors.SecretUnknown.Code },
    };

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task ShowSecret_NotInForce_IsRefusedBeforeThePasswordCounts(string state, string code)
    {
        await AddAsync("1001", _user, state);

        Assert.Equal(code, (await RunAsync(own => own.ShowSecretAsync(new Secret("a wrong password")))).Error?.Code);
        Assert.Equal(code, (await RunAsync(own => own.ShowSecretAsync(Good))).Error?.Code);
        Assert.Equal(0, (await _fixture.UserAsync(_user)).AccessFailedCount);
    }

    [Fact]
    public async Task CallEcho_OwnExtension_HasThePbxCallIt()
    {
        await AddAsync("1001", _user);
        _port.CallAsync(default!, default!, default!).ReturnsForAnyArgs(PbxWrite.Done);

        Assert.Null((await RunAsync(own => own.CallEchoAsync())).Error);

        await _port.Received(1).CallAsync(Arg.Is<PbxEndpoint>(p => p.TenantId == _tenant.Id), "1001", "*43", Arg.Any<CancellationToken>());
        Assert.Equal(ExtensionAuditActions.EchoCalled, (await ActionsAsync())[^1]);
    }

    [Fact]
    public async Task CallEcho_OneUnderWayOrJustPlaced_WaitsForItsTurn()
    {
        await AddAsync("1001", _user);
        var answer = new TaskCompletionSource<PbxWrite>();
        _port.CallAsync(default!, default!, default!).ReturnsForAnyArgs(answer.Task);

        var first = RunAsync(own => own.CallEchoAsync());
        while (!_port.ReceivedCalls().Any())
        {
            await Task.Yield();
        }

        Assert.Equal(ExtensionErrors.EchoBusy, (await RunAsync(own => own.CallEchoAsync())).Error);
        answer.SetResult(PbxWrite.Done);
        Assert.Null((await first).Error);
        Assert.Equal(ExtensionErrors.EchoBusy, (await RunAsync(own => own.CallEchoAsync())).Error);
        _fixture.Clock.Advance(MyPhoneCalls.Pause);
        Assert.Null((await RunAsync(own => own.CallEchoAsync())).Error);
    }

    [Fact]
    public async Task CallEcho_PbxRefuses_AnswersWhatItSaidAndNotesNothing()
    {
        await AddAsync("1001", _user);
        _port.CallAsync(default!, default!, default!).ReturnsForAnyArgs(PbxWrite.Refused(TelephonyErrors.NotPermitted));

        Assert.Equal(TelephonyErrors.NotPermitted, (await RunAsync(own => own.CallEchoAsync())).Error);
        Assert.DoesNotContain(ExtensionAuditActions.EchoCalled, await ActionsAsync());
    }

    [Fact]
    public async Task CallEcho_OnACall_DoesNotRingIntoIt()
    {
        var id = await AddAsync("1001", _user);
        await using (var db = _fixture.Database.As(_tenant).CreateDbContext())
        {
            db.Add(new ExtensionPresence { ExtensionId = id, Status = LineStatus.InUse });
            await db.SaveChangesAsync();
        }

        Assert.Equal(ExtensionErrors.InCall, (await RunAsync(own => own.CallEchoAsync())).Error);
    }

    [Fact]
    public async Task CallEcho_NoNumberSetUp_SaysSo()
    {
        await AddAsync("1001", _user);
        await using (var db = _fixture.Database.As(_tenant).CreateDbContext())
        {
            (await db.Set<ExtensionPlan>().SingleAsync()).EchoNumber = "";
            await db.SaveChangesAsync();
        }

        Assert.Equal(ExtensionErrors.NoEchoNumber, (await RunAsync(own => own.CallEchoAsync())).Error);
    }

    [Fact]
    public async Task Subscribe_ChangeInTheTenant_CallsBackAndNotForOthers()
    {
        var told = new TaskCompletionSource();
        await using var scope = _fixture.As(_tenant, TenantRole.Agent, _user);
        await using var foreign = _fixture.As(_other, TenantRole.Agent);
        using var mine = scope.ServiceProvider.GetRequiredService<IMyPhone>().Subscribe(() =>
        {
            told.TrySetResult();
            return Task.CompletedTask;
        });
        var strayed = false;
        using var theirs = foreign.ServiceProvider.GetRequiredService<IMyPhone>().Subscribe(() =>
        {
            strayed = true;
            return Task.CompletedTask;
        });

        _fixture.Services.GetRequiredService<TenantNotices>().Raise(NoticeTopic.Extensions, _tenant.Id);

        await told.Task.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.False(strayed);
    }

    private static Secret Good => new(IdentityFixture.GoodPassword);

    private async Task<T> RunAsync<T>(Func<IMyPhone, Task<T>> act)
    {
        await using var scope = _fixture.As(_tenant, TenantRole.Agent, _user);
        return await act(scope.ServiceProvider.GetRequiredService<IMyPhone>());
    }

    private async Task<IReadOnlyList<string>> ActionsAsync() => await _fixture.ActionsAsync(AuditChain.Tenant, _tenant);

    private async Task<Guid> AddAsync(string number, Guid? userId, string state = "active", TenantInfo? tenant = null)
    {
        tenant ??= _tenant;
        var protector = _fixture.Services.GetRequiredService<ISecretProtector>();
        var sealedSecret = protector.Protect(new Secret(SipSecret), ExtensionSecrets.Sip(tenant.Id));
        var profile = new ExtensionProfile { Name = number };
        Extension extension;
        if (state == "adopted without")
        {
            extension = Extension.Find(_pbx, number, profile, Now);
            extension.Adopt(profile, null, null, "test", Now);
        }
        else
        {
            extension = Extension.Create(_pbx, number, false, profile, sealedSecret, "pin", "test", Now, null);
            Move(extension, state, sealedSecret);
        }

        extension.Assign(userId);
        await using var db = _fixture.Database.As(tenant).CreateDbContext();
        db.Add(extension);
        await db.SaveChangesAsync();
        return extension.Id;
    }

    private static void Move(Extension extension, string state, string nextSecret)
    {
        if (state == "creation failed")
        {
            extension.Fail("test.failed", [], Now);
        }
        else if (state != "creating")
        {
            extension.MarkSent(Now);
            extension.MarkWritten(Now);
            extension.Complete(null, Now);
        }

        if (state.StartsWith("rotat", StringComparison.Ordinal))
        {
            extension.Rotate(nextSecret, "test", Now);
        }

        if (state == "rotation failed")
        {
            extension.Fail("test.failed", [], Now);
        }

        if (state == "deleting")
        {
            extension.Delete("test", Now);
        }
    }
}
