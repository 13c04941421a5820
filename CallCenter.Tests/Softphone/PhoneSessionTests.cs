using System.Globalization;
using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Extensions;
using CallCenter.Infrastructure.Softphone;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Sip;
using CallCenter.Tests.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Softphone;

/// <summary>Sessions of the page's phone, their realm asked over a real WebSocket.</summary>
public sealed class PhoneSessionTests : IAsyncLifetime
{
    private const string SipSecret = "Sip-Secret-77", Realm = "grandstream", TurnSecret = "shared-turn-secret";

    // MD5 of 1001:grandstream:Sip-Secret-77.
    private const string Ha1 = "7ae5a5944e244db05c744c0ba4bfef0f";
    private static readonly DateTime Now = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);

    private readonly SipWebSocketServer _sip = new(new SipServerOptions { Realm = Realm, PasswordOf = _ => SipSecret });
    private IdentityFixture _fixture = null!;
    private LoopbackHost _peer = null!;
    private TenantInfo _tenant = null!;
    private TenantInfo _other = null!;
    private Guid _user;
    private Guid _pbx;

    public async Task InitializeAsync()
    {
        _peer = await LoopbackHost.StartAsync(new LoopbackHostOptions { Https = true }, context => _sip.HandleAsync(context));
        _fixture = await IdentityFixture.CreateAsync(new Dictionary<string, string?> { ["Outbound:Allow:0"] = "127.0.0.0/8" });
        _tenant = await _fixture.Database.AddTenantAsync("demo");
        _other = await _fixture.Database.AddTenantAsync("riyadh");
        _user = await _fixture.AddPersonAsync(_tenant, "nora");
        await using var scope = _fixture.As(_tenant, TenantRole.Owner);
        var form = new PbxForm { Host = "127.0.0.1", Port = _peer.Port, ApiUser = "portal", ApiPassword = "pbx-pass-word", PinnedCertificateSha256 = _peer.CertificateSha256! };
        Assert.NotNull((await scope.ServiceProvider.GetRequiredService<ITenantSettings>().SaveAsync(form, 0)).Saved);
        await using var db = _fixture.Database.As(_tenant).CreateDbContext();
        _pbx = await db.Set<PbxConnection>().Select(p => p.Id).SingleAsync();
    }

    public async Task DisposeAsync()
    {
        await _fixture.DisposeAsync();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task Get_OwnExtension_GivesWhatTheDigestNeedsAndNotTheSecret()
    {
        await AddAsync("1001", _user);

        var session = (await RunAsync(phone => phone.GetAsync())).Value;

        Assert.Equal(("sip:1001@127.0.0.1", "1001", Realm), (session.Account.Uri, session.Account.AuthUser, session.Account.Realm));
        Assert.Equal(Ha1, session.Account.Ha1.Reveal());
        Assert.Equal([$"wss://127.0.0.1:{_peer.Port}/ws"], session.Servers.Select(server => server.Url));
        Assert.Null(session.ExpiresAtUtc);
        Assert.Equal((600, PhoneDtmf.Rfc2833, PhoneAutoAnswer.Announced, null), (session.Policy.RegisterSeconds, session.Policy.Dtmf, session.Policy.AutoAnswer, session.Policy.ParkNumber));
        Assert.DoesNotContain(session.Account.Ha1.Reveal(), session.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_TwiceAndPbxGone_AsksForTheRealmOnce()
    {
        await AddAsync("1001", _user);

        await RunAsync(phone => phone.GetAsync());
        _sip.Faults = new SipFaults { HttpStatus = 503 };

        Assert.Null((await RunAsync(phone => phone.GetAsync())).Error);
        Assert.Equal(1, _sip.Connections);
        _fixture.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(PhoneErrors.RealmUnknown, (await RunAsync(phone => phone.GetAsync())).Error);
    }

    [Fact]
    public async Task Get_SettingsSaved_FollowsThemWithTurnThatEnds()
    {
        await AddAsync("1001", _user);
        await SaveAsync(new PhoneForm
        {
            WebSocketUrl = "wss://pbx.example.test/ws",
            SipDomain = "pbx.example.test",
            Realm = "asterisk",
            StunServers = "stun.example.test, 192.0.2.7:3479",
            TurnServers = "turn.example.test",
            TurnSecret = TurnSecret,
            TurnMinutes = 30,
            Dtmf = PhoneDtmf.Info,
            ParkNumber = "700",
            Codecs = "PCMA, opus",
        });

        var session = (await RunAsync(phone => phone.GetAsync())).Value;

        Assert.Equal(("sip:1001@pbx.example.test", "asterisk", "wss://pbx.example.test/ws"), (session.Account.Uri, session.Account.Realm, session.Servers[0].Url));
        Assert.Equal(["stun:stun.example.test:3478", "stun:192.0.2.7:3479"], session.IceServers.Take(2).SelectMany(server => server.Urls));
        var turn = session.IceServers[2];
        var expires = _fixture.Clock.GetUtcNow().AddMinutes(30);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{session.ExpiresAtUtc!.Value.Subtract(DateTime.UnixEpoch).TotalSeconds:F0}:1001"), turn.UserName);
        Assert.InRange((session.ExpiresAtUtc!.Value - expires.UtcDateTime).TotalMinutes, -1, 1);
        Assert.Equal(PhoneServers.TurnCredential(new Secret(TurnSecret), turn.UserName!).Reveal(), turn.Credential!.Reveal());
        Assert.Equal((PhoneDtmf.Info, "700"), (session.Policy.Dtmf, session.Policy.ParkNumber));
        Assert.Equal(["pcma", "opus"], session.Policy.Codecs);
        Assert.Equal(0, _sip.Connections);
    }

    [Fact]
    public void TurnCredential_OfCoturnsScheme_IsTheHmacOfTheName() =>
        Assert.Equal("OvktE6hm+7lc95bKufVIeyKiiIU=", PhoneServers.TurnCredential(new Secret("north"), PhoneServers.TurnName("1001", DateTimeOffset.FromUnixTimeSeconds(1772463600))).Reveal());

    [Fact]
    public async Task Get_WritesAnAuditNoteWithoutSecrets()
    {
        await AddAsync("1001", _user);
        await SaveAsync(new PhoneForm { Realm = Realm, TurnServers = "turn.example.test", TurnSecret = TurnSecret });

        var session = (await RunAsync(phone => phone.GetAsync())).Value;

        Assert.Contains(PhoneAuditActions.SessionGiven, await _fixture.ActionsAsync(AuditChain.Tenant, _tenant));
        await using var db = _fixture.Database.As(_tenant).CreateDbContext();
        var written = string.Join('\n', (await db.Set<AuditEntry>().ToListAsync()).Select(entry => $"{entry.SubjectName} {entry.Before} {entry.After}"));
        string[] secrets = [SipSecret, TurnSecret, session.Account.Ha1.Reveal(), session.IceServers[^1].Credential!.Reveal()];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, written, StringComparison.Ordinal));
        Assert.DoesNotContain(TurnSecret, (await db.Set<PhoneSettings>().SingleAsync()).TurnSecretProtected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "softphone.no_phone")]
    [InlineData("somebody else's", "softphone.no_phone")]
    [InlineData("not for browsers", "softphone.not_allowed")]
    [InlineData("switched off", "softphone.not_allowed")]
    [InlineData("secret unknown", "softphone.secret_unknown")]
    [InlineData("creating", "softphone.pending")]
    [InlineData("rotation sent", "softphone.pending")]
    public async Task Get_NoPhoneNow_SaysWhy(string state, string code)
    {
        switch (state)
        {
            case "somebody else's":
                await AddAsync("1001", await _fixture.AddPersonAsync(_tenant, "cora"));
                await AddAsync("1002", _user, tenant: _other);
                break;
            case "not for browsers":
                await AddAsync("1001", _user, profile: new ExtensionProfile { Name = "Nora", WebPhone = false });
                break;
            case "switched off":
                await AddAsync("1001", _user, profile: new ExtensionProfile { Name = "Nora", Enabled = false });
                break;
            case not "none":
                await AddAsync("1001", _user, state);
                break;
        }

        Assert.Equal(code, (await RunAsync(phone => phone.GetAsync())).Error?.Code);
        Assert.Equal(code == "softphone.pending", await RunAsync(phone => phone.HasPhoneAsync()));
    }

    [Fact]
    public async Task Get_RotationNotSentYet_GivesTheSecretInForce()
    {
        await AddAsync("1001", _user, "rotation queued");

        Assert.Equal(Ha1, (await RunAsync(phone => phone.GetAsync())).Value.Account.Ha1.Reveal());
    }

    [Fact]
    public async Task Get_AgainAndAgain_IsRefusedForAWhileForThatPersonOnly()
    {
        await AddAsync("1001", _user);
        var colleague = await _fixture.AddPersonAsync(_tenant, "cora");
        await AddAsync("1002", colleague);

        var codes = new List<string?>();
        for (var i = 0; i <= PhoneSessionLimiter.PerMinute; i++)
        {
            codes.Add((await RunAsync(phone => phone.GetAsync())).Error?.Code);
        }

        Assert.Equal("softphone.too_many", codes[^1]);
        Assert.All(codes.SkipLast(1), code => Assert.Null(code));
        Assert.Null((await RunAsync(phone => phone.GetAsync(), colleague)).Error);
    }

    [Fact]
    public async Task Find_OwnExtension_TellsPagesNoSecret()
    {
        await AddAsync("1001", _user);
        await SaveAsync(new PhoneForm { Realm = Realm, DndAllowed = false, Ringtone = PhoneRingtone.Soft, ConferenceNumber = "6300" });

        var info = await RunAsync(phone => phone.FindPhoneAsync());

        Assert.Equal(new PhoneInfo($"{_tenant.Id:N}/{_user:N}", "1001", "1001", false, PhoneRingtone.Soft, "", false, true), info);
    }

    [Fact]
    public async Task Ask_FromTheSettings_TellsTheRealmOrWhatIsWrong()
    {
        await using var scope = _fixture.As(_tenant, TenantRole.Admin);
        var settings = scope.ServiceProvider.GetRequiredService<IPhoneSettings>();

        var probe = (await settings.AskAsync()).Value;
        Assert.Equal((Realm, false), (probe.Realm, probe.BrowserTrusted));

        _sip.Faults = new SipFaults { HttpStatus = 403 };
        Assert.Equal(PhoneErrors.SocketFailed, (await settings.AskAsync()).Error);
        _sip.Faults = new SipFaults { NoSubprotocol = true };
        Assert.Equal(PhoneErrors.NotSip, (await settings.AskAsync()).Error);
        _sip.Faults = new SipFaults { DropAfterOpen = true };
        Assert.NotNull((await settings.AskAsync()).Error);
        await using var agent = _fixture.As(_tenant, TenantRole.Manager);
        Assert.Equal(AccessErrors.Denied, (await agent.ServiceProvider.GetRequiredService<IPhoneSettings>().AskAsync()).Error);
    }

    [Fact]
    public async Task Save_MaskedSecret_KeepsItAndOtherTenantsSeeNothing()
    {
        await SaveAsync(new PhoneForm { TurnServers = "turn.example.test", TurnSecret = TurnSecret });
        await using var scope = _fixture.As(_tenant, TenantRole.Admin);
        var settings = scope.ServiceProvider.GetRequiredService<IPhoneSettings>();
        var card = (await settings.GetAsync()).Value;

        Assert.Equal(Secret.Mask, card.Values.TurnSecret);
        card.Values.TurnMinutes = 15;
        Assert.Empty((await settings.SaveAsync(card.Values, card.Version)).Errors);
        await AddAsync("1001", _user);
        var turn = (await RunAsync(phone => phone.GetAsync())).Value.IceServers[^1];
        Assert.Equal(PhoneServers.TurnCredential(new Secret(TurnSecret), turn.UserName!).Reveal(), turn.Credential!.Reveal());
        await using var theirs = _fixture.As(_other, TenantRole.Admin);
        Assert.False((await theirs.ServiceProvider.GetRequiredService<IPhoneSettings>().GetAsync()).Value.IsSetUp);
    }

    private async Task SaveAsync(PhoneForm form)
    {
        await using var scope = _fixture.As(_tenant, TenantRole.Admin);
        Assert.Empty((await scope.ServiceProvider.GetRequiredService<IPhoneSettings>().SaveAsync(form, 0)).Errors);
    }

    private async Task<T> RunAsync<T>(Func<IPhoneSessions, Task<T>> act, Guid? user = null)
    {
        await using var scope = _fixture.As(_tenant, TenantRole.Agent, user ?? _user);
        return await act(scope.ServiceProvider.GetRequiredService<IPhoneSessions>());
    }

    private async Task AddAsync(string number, Guid? userId, string state = "active", TenantInfo? tenant = null, ExtensionProfile? profile = null)
    {
        tenant ??= _tenant;
        profile ??= new ExtensionProfile { Name = number };
        var secret = _fixture.Services.GetRequiredService<ISecretProtector>().Protect(new Secret(SipSecret), ExtensionSecrets.Sip(tenant.Id));
        Extension extension;
        if (state == "secret unknown")
        {
            extension = Extension.Find(_pbx, number, profile, Now);
            extension.Adopt(profile, null, null, "test", Now);
        }
        else
        {
            extension = Extension.Create(_pbx, number, false, profile, secret, "pin", "test", Now, null);
        }

        if (state is "active" || state.StartsWith("rotation", StringComparison.Ordinal))
        {
            extension.MarkSent(Now);
            extension.MarkWritten(Now);
            extension.Complete(null, Now);
        }

        if (state.StartsWith("rotation", StringComparison.Ordinal))
        {
            extension.Rotate("next", "test", Now);
        }

        if (state == "rotation sent")
        {
            extension.MarkSent(Now);
        }

        extension.Assign(userId);
        await using var db = _fixture.Database.As(tenant).CreateDbContext();
        db.Add(extension);
        await db.SaveChangesAsync();
    }
}
