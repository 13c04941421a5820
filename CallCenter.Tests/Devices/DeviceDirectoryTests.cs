using CallCenter.Core.Devices;
using CallCenter.Core.Extensions;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Core.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Devices;

public sealed class DeviceDirectoryTests : IAsyncLifetime
{
    private DeviceBench _bench = null!;

    public async Task InitializeAsync() => _bench = await DeviceBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Get_OwnOrganisation_ListsItsDevicesOverAllPagesAndNoOthers()
    {
        var overview = await _bench.OverviewAsync();

        Assert.Equal(["PBX", "Phone 01", "Phone 02", "Phone 03", "Phone 04", "Phone 05"], overview.Devices.Select(row => row.Device.Name));
        Assert.Equal(["HQ", "Shop"], overview.Sites.Select(site => site.Name));
        Assert.Equal(("Here", 2), (overview.OrganizationName, overview.Organizations));
        Assert.True(overview.IsComplete);
        Assert.True(overview.Devices[0].IsPbx);
        Assert.Equal(_bench.Clock.GetUtcNow().UtcDateTime, overview.Devices[1].Device.LastSeenUtc);
    }

    [Fact]
    public async Task Find_DeviceOfAnotherOrganisation_IsNotFoundAndNeverAskedFor()
    {
        var found = await _bench.AsAsync((devices, _) => devices.FindAsync(DeviceBench.Phone(200).Mac));

        Assert.Equal(DeviceErrors.NotFound, found.Error);
        Assert.DoesNotContain(_bench.Gdms.Requests, request => request.Path.Contains("account/status", StringComparison.Ordinal) && request.Body.Contains("C8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_WithoutPermission_IsDenied()
    {
        Assert.Equal(AccessErrors.Denied, (await _bench.AsAsync((devices, _) => devices.GetAsync(), TenantRole.Agent)).Error);
        Assert.Equal(AccessErrors.Denied, (await _bench.AsAsync((_, tasks) => tasks.ListAsync(), TenantRole.Agent)).Error);
        Assert.Equal(AccessErrors.Denied, (await _bench.AsAsync((_, tasks) => tasks.PreviewAsync(DeviceTaskKind.Reboot, ["AABBCC000001"]), TenantRole.Supervisor)).Error);
        Assert.Empty(_bench.Gdms.Requests);
    }

    [Fact]
    public async Task Get_NoAccountConfigured_SaysSo()
    {
        var other = await _bench.Database.AddTenantAsync("two");

        Assert.Equal(SettingsErrors.GdmsNotConfigured, (await _bench.AsAsync((devices, _) => devices.GetAsync(), tenant: other)).Error);
    }

    [Fact]
    public async Task Get_TwoTenantsOfOneAccount_SeeTheirOwnOrganisations()
    {
        var other = await _bench.Database.AddTenantAsync("two");
        await _bench.ConnectAsync(other, 2);
        await _bench.OverviewAsync();

        var seen = (await _bench.AsAsync((devices, _) => devices.GetAsync(), tenant: other)).Value;

        Assert.Equal("Phone 200", Assert.Single(seen.Devices).Device.Name);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Get_PageFailsOnce_IsReadAgainUnseen(int status)
    {
        _bench.Gdms.Quirks = _bench.Gdms.Quirks with { FailingPage = 2, FailingPageStatus = status, RetryAfter = TimeSpan.FromSeconds(1) };

        var overview = await _bench.OverviewAsync();

        Assert.Equal(6, overview.Devices.Count);
        Assert.Null(overview.Refresh.Error);
        Assert.Equal(0, _bench.Gdms.Quirks.FailingPageTimes);
    }

    [Theory]
    [InlineData(429, "gdms.throttled")]
    [InlineData(500, "gdms.unreachable")]
    [InlineData(200, "gdms.unexpected_reply")]
    public async Task Refresh_PageKeepsFailing_KeepsEveryDeviceAndSaysWhatIsMissing(int status, string code)
    {
        await _bench.OverviewAsync();
        _bench.Gdms.World.SetStatus(DeviceBench.Phone(1).Mac, 0);
        _bench.Gdms.Quirks = _bench.Gdms.Quirks with { FailingPage = 2, FailingPageStatus = status, FailingPageTimes = -1, RetryAfter = TimeSpan.FromSeconds(90) };

        await _bench.AsAsync((devices, _) => devices.RefreshAsync());
        await DeviceBench.UntilAsync(async () => (await _bench.OverviewAsync()).Refresh is { IsRunning: false, Error: not null });
        var overview = await _bench.OverviewAsync();

        Assert.Equal(6, overview.Devices.Count);
        Assert.False(overview.IsComplete);
        Assert.Equal(code, overview.Refresh.Error!.Code);
        Assert.Equal(GdmsDeviceStatus.Offline, overview.Devices.Single(row => row.Device.Name == "Phone 01").Device.Status);
        Assert.Equal(status == 429, overview.Refresh.WaitingUntilUtc is not null);
    }

    [Fact]
    public async Task Refresh_DeviceReallyGone_LeavesTheList()
    {
        await _bench.OverviewAsync();
        _bench.Gdms.World.RemoveDevice(DeviceBench.Phone(3).Mac);

        await _bench.AsAsync((devices, _) => devices.RefreshAsync());

        await DeviceBench.UntilAsync(async () => (await _bench.OverviewAsync()).Devices.Count == 5);
    }

    [Fact]
    public async Task Get_OldList_IsShownAtOnceWhileItIsReadAnew()
    {
        var first = await _bench.OverviewAsync();
        await DeviceBench.UntilAsync(async () => (await _bench.OverviewAsync()).Refresh.AccountsLeft == 0);
        _bench.Clock.Advance(TimeSpan.FromMinutes(2));
        _bench.Gdms.Faults.ResponseDelay = TimeSpan.FromMilliseconds(300);

        var stale = await _bench.OverviewAsync();

        Assert.Equal(first.ReadAtUtc, stale.ReadAtUtc);
        Assert.True(stale.Refresh.IsRunning);
        await DeviceBench.UntilAsync(async () => (await _bench.OverviewAsync()).ReadAtUtc > first.ReadAtUtc);
    }

    [Fact]
    public async Task Get_CloudAway_SaysSoAndKeepsWhatItHad()
    {
        await _bench.OverviewAsync();
        await DeviceBench.UntilAsync(async () => (await _bench.OverviewAsync()).Refresh.AccountsLeft == 0);
        _bench.Gdms.Faults.RefuseConnections = true;

        await _bench.AsAsync((devices, _) => devices.RefreshAsync());
        await DeviceBench.UntilAsync(async () => (await _bench.OverviewAsync()).Refresh.Error is not null);

        var overview = await _bench.OverviewAsync();
        Assert.Equal(GdmsErrors.Unreachable, overview.Refresh.Error);
        Assert.Equal(6, overview.Devices.Count);
    }

    [Fact]
    public async Task Get_FirstReadingWithWrongClock_NamesTheClock()
    {
        _bench.Gdms.Faults.ClockSkew = TimeSpan.FromMinutes(9);

        Assert.Equal(GdmsErrors.SignatureRejected, (await _bench.AsAsync((devices, _) => devices.GetAsync())).Error);
    }

    [Fact]
    public async Task Get_WrongRegion_IsARefusedSignIn()
    {
        // The other region is another cloud, which does not know this account.
        await using var europe = await CallCenter.Simulators.Gdms.GdmsSimulator.StartAsync(new CallCenter.Simulators.Gdms.GdmsSimulatorOptions
        {
            Logins = [new("somebody", "Else-Pass#1", "200002", "OTHERSECRET")],
        });
        await using var bench = await DeviceBench.StartAsync();
        using (var scope = bench.Enter())
        {
            var settings = scope.ServiceProvider.GetRequiredService<ITenantSettings>();
            var card = (await settings.GetAsync()).Value.Gdms;
            (card.Values.BaseAddress, card.Values.Password, card.Values.ApiSecret) =
                (europe.Address.GetLeftPart(UriPartial.Authority), "Demo-Pass#1", "DEMOSECRETDEMOSECRET");
            Assert.NotNull((await settings.SaveAsync(card.Values, card.Version)).Saved);
        }

        Assert.Equal(GdmsErrors.CredentialsRejected, (await bench.AsAsync((devices, _) => devices.GetAsync())).Error);
    }

    [Fact]
    public async Task Get_Garbage_IsAnUnexpectedReply()
    {
        _bench.Gdms.Faults.Garbage = true;

        Assert.Equal(GdmsErrors.UnexpectedReply, (await _bench.AsAsync((devices, _) => devices.GetAsync())).Error);
    }

    [Fact]
    public async Task Accounts_OfNumbersOfThePbx_AreLinkedBothWays()
    {
        var pbx = new PbxConnection { Host = "127.0.0.1", ApiUser = "u", ApiPasswordProtected = "x" };
        await using (var db = _bench.Database.As(_bench.Tenant).CreateDbContext())
        {
            var extension = Extension.Find(pbx.Id, "1002", new ExtensionProfile { Name = "Aoife" }, DateTime.UnixEpoch);
            db.AddRange(pbx, extension, new ExtensionPresence { ExtensionId = extension.Id, Status = LineStatus.InUse });
            await db.SaveChangesAsync();
        }

        await _bench.OverviewAsync();
        await DeviceBench.UntilAsync(async () => (await _bench.OverviewAsync()).Refresh.AccountsLeft == 0);

        var overview = await _bench.OverviewAsync();
        var linked = overview.Devices.Single(row => row.Device.Name == "Phone 02");
        Assert.Equal(("1002", "Aoife", LineStatus.InUse), (linked.Accounts![0].User, linked.Accounts[0].Extension!.Name, linked.Accounts[0].Extension!.Status));
        Assert.True(linked.InCall);
        Assert.Null(overview.Devices.Single(row => row.Device.Name == "Phone 01").Accounts![0].Extension);
        var found = Assert.Single((await _bench.AsAsync((devices, _) => devices.FindDevicesOfAsync(["1002", "9999"]))).Value);
        Assert.Equal(("1002", DeviceBench.Phone(2).Mac, true), (found.Number, found.Mac, found.Registered));
    }

    [Fact]
    public async Task Log_OfReadingsAndTasks_HoldsNoSecret()
    {
        await _bench.OverviewAsync();
        _bench.Gdms.Faults.ExpireSessionsOnce();
        await _bench.AsAsync((_, tasks) => tasks.AddAsync(NewDevice.Parse("AABBCCDD0001, 20FACT0001, New"), 11));

        Assert.DoesNotContain(_bench.Log.Lines, line => line.Text.Contains("DEMOSECRET", StringComparison.Ordinal)
            || line.Text.Contains("20FACT0001", StringComparison.Ordinal) || line.Text.Contains("access_token", StringComparison.Ordinal));
    }
}
