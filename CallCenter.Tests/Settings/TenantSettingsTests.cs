using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Settings;

public sealed class TenantSettingsTests : IAsyncLifetime
{
    private const string Password = "Tr0ub4dor-pbx";
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;
    private TenantInfo _tenant = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _services = _database.CreateServices(settings: TestKeys.Settings);
        _tenant = await _database.AddTenantAsync("one");
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Get_NothingSaved_GivesDefaults()
    {
        using var scope = Enter(_tenant);

        var settings = (await Of(scope).GetAsync()).Value;

        Assert.False(settings.Pbx.IsSetUp);
        Assert.Equal(8089, settings.Pbx.Values.Port);
        Assert.Equal("/ws", settings.Pbx.Values.WebSocketPath);
        Assert.Equal(TelephonyErrors.NotConfigured, (await Directory(scope).GetAsync()).Error);
    }

    [Fact]
    public async Task Save_NewPbx_StoresEncryptedAndReadsMasked()
    {
        using var scope = Enter(_tenant);

        var saved = (await Of(scope).SaveAsync(Pbx(), 0)).Saved!;

        Assert.Equal(1, saved.Version);
        Assert.Equal(Secret.Mask, saved.Values.ApiPassword);
        Assert.Equal("Ada", saved.ChangedBy);
        Assert.Equal(Password, (await Directory(scope).GetAsync()).Value.ApiPassword.Reveal());
        await using var db = _database.As(_tenant).CreateDbContext();
        var row = await db.Set<PbxConnection>().SingleAsync();
        Assert.StartsWith("v1:test:", row.ApiPasswordProtected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_MaskSentBack_KeepsStoredSecret()
    {
        using var scope = Enter(_tenant);
        var saved = (await Of(scope).SaveAsync(Pbx(), 0)).Saved!;
        saved.Values.ApiUser = "other";

        var again = await Of(scope).SaveAsync(saved.Values, saved.Version);

        Assert.Equal(2, again.Saved!.Version);
        var endpoint = (await Directory(scope).GetAsync()).Value;
        Assert.Equal(("other", Password), (endpoint.ApiUser, endpoint.ApiPassword.Reveal()));
    }

    [Fact]
    public async Task Save_EmptySecret_IsRefusedAtTheField()
    {
        using var scope = Enter(_tenant);
        var saved = (await Of(scope).SaveAsync(Pbx(), 0)).Saved!;
        saved.Values.ApiPassword = "";

        var error = Assert.Single((await Of(scope).SaveAsync(saved.Values, saved.Version)).Errors);

        Assert.Equal(SettingsErrors.Required.Code, error.Code);
        Assert.Equal(nameof(PbxForm.ApiPassword), error.Field);
        Assert.Equal(Password, (await Directory(scope).GetAsync()).Value.ApiPassword.Reveal());
    }

    [Theory]
    [InlineData("127.0.0.2", 8089)]
    [InlineData("127.0.0.1", 8090)]
    public async Task Save_OtherMachineWithMask_WantsThePasswordAgain(string host, int port)
    {
        using var scope = Enter(_tenant);
        var saved = (await Of(scope).SaveAsync(Pbx(), 0)).Saved!;
        (saved.Values.Host, saved.Values.Port) = (host, port);

        var error = Assert.Single((await Of(scope).SaveAsync(saved.Values, saved.Version)).Errors);

        Assert.Equal(SettingsErrors.SecretNeededAgain.Code, error.Code);
        Assert.Equal(nameof(PbxForm.ApiPassword), error.Field);
    }

    [Fact]
    public async Task Save_ForbiddenAddress_IsRefusedAtTheField()
    {
        using var scope = Enter(_tenant);
        var form = Pbx();
        form.Host = "169.254.169.254";

        var error = Assert.Single((await Of(scope).SaveAsync(form, 0)).Errors);

        Assert.Equal((TelephonyErrors.AddressNotAllowed.Code, nameof(PbxForm.Host)), (error.Code, error.Field));
    }

    [Fact]
    public async Task Save_StaleVersion_AnswersWithTheirsAndWritesNothing()
    {
        using var mine = Enter(_tenant, "Mina");
        using var theirs = Enter(_tenant, "Theo");
        await Of(theirs).SaveAsync(Pbx(), 0);
        var changed = Pbx();
        changed.ApiUser = "mine";

        var outcome = await Of(mine).SaveAsync(changed, 0);

        Assert.Equal(SettingsErrors.Conflict, Assert.Single(outcome.Errors));
        Assert.Equal("Theo", outcome.Theirs!.ChangedBy);
        Assert.Equal("portal", outcome.Theirs.Values.ApiUser);
        Assert.Equal("portal", (await Directory(mine).GetAsync()).Value.ApiUser);
    }

    [Fact]
    public async Task Save_ManyAtOnce_OneWinsAndTheOthersConflict()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var scope = Enter(_tenant, $"Admin {i}");
            return await Of(scope).SaveAsync(Pbx(), 0);
        }));

        Assert.Single(outcomes, o => o.Saved is not null);
        Assert.Equal(7, outcomes.Count(o => o.Theirs is not null));
    }

    [Fact]
    public async Task Save_OtherTenantsRow_IsNotSeen()
    {
        var other = await _database.AddTenantAsync("two");
        using var mine = Enter(_tenant);
        using var theirs = Enter(other);
        await Of(theirs).SaveAsync(Pbx(), 0);

        Assert.False((await Of(mine).GetAsync()).Value.Pbx.IsSetUp);
        Assert.Equal(TelephonyErrors.NotConfigured, (await Directory(mine).GetAsync()).Error);
        Assert.NotNull((await Of(mine).SaveAsync(Pbx(), 0)).Saved);
    }

    [Fact]
    public async Task Unprotect_CiphertextOfOtherTenant_IsUnreadable()
    {
        var other = await _database.AddTenantAsync("two");
        using var mine = Enter(_tenant);
        using var theirs = Enter(other);
        await Of(mine).SaveAsync(Pbx(), 0);
        await Of(theirs).SaveAsync(Pbx(), 0);
        await using (var from = _database.As(other).CreateDbContext())
        await using (var to = _database.As(_tenant).CreateDbContext())
        {
            (await to.Set<PbxConnection>().SingleAsync()).ApiPasswordProtected = (await from.Set<PbxConnection>().SingleAsync()).ApiPasswordProtected;
            await to.SaveChangesAsync();
        }

        Assert.Equal(SecretErrors.Unreadable, (await Directory(mine).GetAsync()).Error);
    }

    [Theory]
    [InlineData(TenantRole.Manager, true)]
    [InlineData(TenantRole.Supervisor, false)]
    [InlineData(TenantRole.Agent, false)]
    public async Task Roles_WithoutEdit_CannotSave(TenantRole role, bool maySee)
    {
        using var scope = Enter(_tenant, role: role);

        Assert.Equal(AccessErrors.Denied, Assert.Single((await Of(scope).SaveAsync(Pbx(), 0)).Errors));
        Assert.Equal(maySee ? null : AccessErrors.Denied, (await Of(scope).GetAsync()).Error);
    }

    [Fact]
    public async Task ListConfigured_OneOfTwoTenants_GivesThatOne()
    {
        await _database.AddTenantAsync("two");
        using (var scope = Enter(_tenant))
        {
            await Of(scope).SaveAsync(Pbx(), 0);
        }

        using var job = _services.CreateScope();

        Assert.Equal("one", Assert.Single(await Directory(job).ListConfiguredTenantsAsync()).Slug);
    }

    [Fact]
    public async Task Save_Pbx_TellsSessions()
    {
        var told = new List<Guid>();
        using var subscription = _services.GetRequiredService<IPbxChangeNotices>().Subscribe(told.Add);
        using var scope = Enter(_tenant);

        await Of(scope).SaveAsync(Pbx(), 0);
        await Of(scope).SaveAsync(new ExtensionForm { Start = "1000", End = "1999" }, 0);

        Assert.Equal([_tenant.Id], told);
    }

    [Fact]
    public async Task RemoveGdms_Saved_ForgetsSecrets()
    {
        using var scope = Enter(_tenant);
        var saved = (await Of(scope).SaveAsync(Gdms(), 0)).Saved!;
        var gdms = scope.ServiceProvider.GetRequiredService<IGdmsConnections>();
        Assert.Equal("gdms-secret-key", (await gdms.GetAsync()).Value.Account.ApiSecret);

        var removed = await Of(scope).RemoveGdmsAsync(saved.Version);

        Assert.False(removed.Saved!.IsSetUp);
        Assert.Equal(SettingsErrors.GdmsNotConfigured, (await gdms.GetAsync()).Error);
        await using var db = _database.As(_tenant).CreateDbContext();
        Assert.Empty(await db.Set<GdmsConnection>().ToListAsync());
    }

    [Fact]
    public async Task Save_GdmsMovedWithMask_WantsBothSecretsAgain()
    {
        using var scope = Enter(_tenant);
        var saved = (await Of(scope).SaveAsync(Gdms(), 0)).Saved!;
        (saved.Values.Place, saved.Values.BaseAddress) = (GdmsPlace.Custom, "https://127.0.0.1:9443/");

        var errors = (await Of(scope).SaveAsync(saved.Values, saved.Version)).Errors;

        Assert.Equal([nameof(GdmsForm.Password), nameof(GdmsForm.ApiSecret)], errors.Select(e => e.Field));
    }

    [Fact]
    public async Task Save_AllCards_ReadBackAsSaved()
    {
        using var scope = Enter(_tenant);
        var extensions = new ExtensionForm { Prefix = "7", Start = "100", End = "199", PasswordLength = 12, PasswordSpecial = false, EchoNumber = "*43", SipPort = 5070, SipTlsPort = 5071 };
        var recordings = new RecordingForm
        {
            Enabled = true,
            Format = RecordingFormat.WavMulaw,
            AutoDeleteDays = 30,
            StunServer = "127.0.0.1:3478",
            Nat = true,
            RtpPortStart = 12_000,
            RtpPortEnd = 14_000,
        };
        await Of(scope).SaveAsync(extensions, 0);
        await Of(scope).SaveAsync(recordings, 0);

        var settings = (await Of(scope).GetAsync()).Value;

        Assert.Empty(SettingsForms.Changes(extensions, settings.Extensions.Values));
        Assert.Empty(SettingsForms.Changes(recordings, settings.Recordings.Values));
    }

    private static PbxForm Pbx() => new() { Host = "127.0.0.1", ApiUser = "portal", ApiPassword = Password };

    private static GdmsForm Gdms() =>
        new() { UserName = "portal", Password = "gdms-pass-word", ApiId = "100001", ApiSecret = "gdms-secret-key", DeviceMac = "00:11:22:aa:bb:cc" };

    private static ITenantSettings Of(IServiceScope scope) => scope.ServiceProvider.GetRequiredService<ITenantSettings>();

    private static IPbxDirectory Directory(IServiceScope scope) => scope.ServiceProvider.GetRequiredService<IPbxDirectory>();

    private IServiceScope Enter(TenantInfo tenant, string name = "Ada", TenantRole role = TenantRole.Admin)
    {
        var scope = _services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(Guid.NewGuid(), name, false, "192.0.2.1");
        context.EnterTenant(tenant, role);
        return scope;
    }
}
