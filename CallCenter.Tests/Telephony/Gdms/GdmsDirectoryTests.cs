using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Infrastructure.Telephony.Gdms;
using CallCenter.Simulators.Gdms;
using CallCenter.Tests.Support;
using GdmsReply = CallCenter.Infrastructure.Telephony.Gdms.GdmsReply;

namespace CallCenter.Tests.Telephony.Gdms;

public sealed class GdmsDirectoryTests : IAsyncLifetime, IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly GdmsHarness _harness;
    private GdmsSimulator _gdms = null!;

    public GdmsDirectoryTests() => _harness = new GdmsHarness(_clock);

    private IGdmsDirectory Directory => _harness.Directory;

    public async Task InitializeAsync()
    {
        _gdms = await GdmsSimulator.StartAsync(new GdmsSimulatorOptions { Time = _clock });
        _harness.Options.GlobalAddress = _gdms.Address;
    }

    public async Task DisposeAsync() => await _gdms.DisposeAsync();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task CheckAccess_RightAccount_Succeeds()
    {
        Assert.Equal(Result.Success, await Directory.CheckAccessAsync(GdmsHarness.Account()));
        Assert.Equal(["/oapi/oauth/token", "/oapi/v1.0.0/org/list"], _gdms.Requests.Select(r => r.Path));
    }

    [Theory]
    [InlineData("portal", "wrong", "100001", "DEMOSECRETDEMOSECRET")]
    [InlineData("other", "Demo-Pass#1", "100001", "DEMOSECRETDEMOSECRET")]
    [InlineData("portal", "Demo-Pass#1", "100002", "DEMOSECRETDEMOSECRET")]
    [InlineData("portal", "Demo-Pass#1", "100001", "wrong")]
    public async Task CheckAccess_WrongCredentials_AreTriedOnce(string user, string password, string id, string secret)
    {
        var account = new GdmsAccount(GdmsRegion.Global, user, password, id, secret);

        Assert.Equal(GdmsErrors.CredentialsRejected, (await Directory.CheckAccessAsync(account)).Error);
        Assert.Single(_gdms.Requests);
    }

    [Fact]
    public async Task RefusedCredentials_InBackground_AreNotSentAgainUntilChangedOrCooledDown()
    {
        var wrong = GdmsHarness.Account("wrong");
        await Directory.GetOrganizationsAsync(wrong);

        Assert.Equal(GdmsErrors.CredentialsRejected, (await Directory.GetOrganizationsAsync(wrong)).Error);

        Assert.Single(_gdms.Requests);
        Assert.True((await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Succeeded);
        _gdms.ChangePassword("portal", "wrong");
        _clock.Advance(_harness.Options.CredentialCooldown);
        Assert.True((await Directory.GetOrganizationsAsync(wrong)).Succeeded);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CheckAccess_ClockSkew_IsASignatureFailure(bool asHttp401)
    {
        _gdms.Quirks = _gdms.Quirks with { SignatureFailsAsHttp401 = asHttp401 };
        _gdms.Faults.ClockSkew = TimeSpan.FromMinutes(6);

        Assert.Equal(GdmsErrors.SignatureRejected, (await Directory.CheckAccessAsync(GdmsHarness.Account())).Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ExpiredSession_Once_IsRenewedUnseen(bool asRetCode)
    {
        _gdms.Quirks = _gdms.Quirks with { TokenFailsAsRetCode = asRetCode };
        await Directory.CheckAccessAsync(GdmsHarness.Account());

        _gdms.Faults.ExpireSessionsOnce();

        Assert.True((await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Succeeded);
        Assert.Equal(2, TokenRequests());
    }

    [Fact]
    public async Task ExpiredSession_AlwaysAgain_IsReportedAfterOneRenewal()
    {
        _gdms.Faults.ExpireSessions = true;

        Assert.Equal(GdmsErrors.SessionExpired, (await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Error);
        Assert.Equal(2, TokenRequests());
    }

    [Fact]
    public async Task Token_NearItsEnd_IsRefreshedNotSignedInAgain()
    {
        await Directory.GetOrganizationsAsync(GdmsHarness.Account());
        _gdms.World.PutLogin(new GdmsLogin("portal", "changed meanwhile", "100001", "DEMOSECRETDEMOSECRET"));

        _clock.Advance(TimeSpan.FromMinutes(59.5));

        Assert.True((await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Succeeded);
        Assert.Equal(2, TokenRequests());
    }

    [Fact]
    public async Task Token_RefreshRefused_FallsBackToThePassword()
    {
        await Directory.GetOrganizationsAsync(GdmsHarness.Account());

        _clock.Advance(TimeSpan.FromHours(9));

        Assert.True((await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Succeeded);
        Assert.Equal(3, TokenRequests());
    }

    [Fact]
    public async Task Token_ManyCallsAtOnce_SignsInOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Directory.GetOrganizationsAsync(GdmsHarness.Account())));

        Assert.Equal(1, TokenRequests());
        _gdms.Faults.ExpireSessionsOnce();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Directory.GetOrganizationsAsync(GdmsHarness.Account())));
        Assert.Equal(2, TokenRequests());
    }

    [Fact]
    public async Task Lists_OrganizationsAndSites_AreRead()
    {
        Assert.Equal(new GdmsOrganization(1, "Default"), Assert.Single((await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Value));
        Assert.Equal(new GdmsSite(11, "HQ"), Assert.Single((await Directory.GetSitesAsync(GdmsHarness.Account(), 1)).Value));
        Assert.Empty((await Directory.GetSitesAsync(GdmsHarness.Account(), 2)).Value);
    }

    [Fact]
    public async Task Devices_MoreThanAPage_AreAllRead()
    {
        _harness.Options.PageSize = 3;
        for (var i = 0; i < 8; i++)
        {
            _gdms.World.PutDevice(new SimulatedDevice($"00000000000{i}", $"S{i}", 1, 11));
        }

        var devices = (await Directory.GetDevicesAsync(GdmsHarness.Account(), null)).Value;

        Assert.Equal(10, devices.Select(d => d.Mac).Distinct().Count());
        Assert.Empty((await Directory.GetDevicesAsync(GdmsHarness.Account(), 2)).Value);
    }

    [Theory]
    [InlineData("C0:74:AD:00:11:22")]
    [InlineData("c074ad001122")]
    [InlineData("c0-74-ad-00-11-22")]
    public async Task FindDevice_Listed_GivesIt(string mac)
    {
        var device = (await Directory.FindDeviceAsync(GdmsHarness.Account(), 1, mac)).Value;

        Assert.Equal(("C074AD001122", "UCM6301", GdmsDeviceStatus.Online, "HQ"), (device.Mac, device.Model, device.Status, device.SiteName));
        _gdms.World.SetStatus(mac, 0);
        Assert.Equal(GdmsDeviceStatus.Offline, (await Directory.FindDeviceAsync(GdmsHarness.Account(), 1, mac)).Value.Status);
    }

    [Theory]
    [InlineData("FFFFFFFFFFFF", 1L)]
    [InlineData("C074AD001122", 2L)]
    [InlineData("C074AD00112", 1L)]
    [InlineData("", 1L)]
    public async Task FindDevice_NotListed_IsNotFound(string mac, long organization) => Assert.Equal(
        GdmsErrors.DeviceNotFound, (await Directory.FindDeviceAsync(GdmsHarness.Account(), organization, mac)).Error);

    [Fact]
    public async Task DeviceDetail_Online_IsPolledUntilItAnswers()
    {
        _harness.Options.DetailInterval = TimeSpan.FromMilliseconds(10);

        var detail = (await Directory.GetDeviceDetailAsync(GdmsHarness.Account(), "AABBCC001122")).Value;

        Assert.True(detail.Fresh);
        Assert.Equal(["1001"], detail.SipAccounts);
        Assert.Equal(3, _gdms.Requests.Count(r => r.Path.EndsWith("device/detail", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task DeviceDetail_OfflineOrUnknown_DoesNotWait()
    {
        _gdms.World.SetStatus("AABBCC001122", 0);

        Assert.False((await Directory.GetDeviceDetailAsync(GdmsHarness.Account(), "AABBCC001122")).Value.Fresh);
        Assert.Equal(GdmsErrors.DeviceNotFound, (await Directory.GetDeviceDetailAsync(GdmsHarness.Account(), "FFFFFFFFFFFF")).Error);
    }

    [Fact]
    public async Task Throttled_Shortly_IsWaitedFor()
    {
        _gdms.Quirks = _gdms.Quirks with { ThrottleNext = 2, RetryAfter = TimeSpan.FromSeconds(1) };
        var started = TimeProvider.System.GetTimestamp();

        Assert.True((await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Succeeded);
        Assert.True(TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task Throttled_LongerThanAllowed_IsReportedAtOnce()
    {
        _gdms.Quirks = _gdms.Quirks with { Throttle = true, RetryAfter = TimeSpan.FromMinutes(5) };

        Assert.Equal(GdmsErrors.Throttled, (await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Error);
        Assert.Single(_gdms.Requests);
    }

    [Fact]
    public async Task Throttled_WithoutRetryAfter_IsRepeatedThenReported()
    {
        _gdms.Quirks = _gdms.Quirks with { Throttle = true, RetryAfter = null };

        Assert.Equal(GdmsErrors.Throttled, (await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Error);
        Assert.Equal(1 + _harness.Options.MaxRetries, _gdms.Requests.Count);
    }

    [Fact]
    public async Task ServerError_Read_IsRepeatedThenReported()
    {
        _gdms.Quirks = _gdms.Quirks with { ServerErrorStatus = 502 };

        Assert.Equal(GdmsErrors.Unreachable, (await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Error);
        Assert.Equal(1 + _harness.Options.MaxRetries, _gdms.Requests.Count - TokenRequests());
    }

    [Fact]
    public async Task Write_ServerErrorOrThrottle_IsNeverRepeated()
    {
        _gdms.Quirks = _gdms.Quirks with { ServerErrorStatus = 502 };
        await WriteAsync();
        _gdms.Quirks = _gdms.Quirks with { ServerErrorStatus = 0, ThrottleNext = 1 };
        var throttled = await WriteAsync();

        Assert.Equal(GdmsReplyKind.Throttled, throttled.Kind);
        Assert.Equal(2, _gdms.Requests.Count(r => r.Path.EndsWith("task/add", StringComparison.Ordinal)));
        Assert.Empty(_gdms.World.Tasks);
        Assert.Equal(GdmsReplyKind.Ok, (await WriteAsync()).Kind);
        Assert.Single(_gdms.World.Tasks);
    }

    [Fact]
    public async Task Garbage_Anywhere_IsUnexpected()
    {
        await Directory.CheckAccessAsync(GdmsHarness.Account());
        _gdms.Faults.Garbage = true;

        Assert.Equal(GdmsErrors.UnexpectedReply, (await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Error);
        Assert.Equal(GdmsErrors.UnexpectedReply, (await Directory.CheckAccessAsync(GdmsHarness.Account())).Error);
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public async Task Unreachable_RefusedDroppedOrSlow_IsReported(bool refuse, bool drop, bool slow)
    {
        _harness.Options.RequestTimeout = TimeSpan.FromMilliseconds(300);
        _gdms.Faults.Update(s => s with
        {
            RefuseConnections = refuse,
            DropHalfWay = drop,
            ResponseDelay = slow ? TimeSpan.FromSeconds(30) : TimeSpan.Zero,
        });

        Assert.Equal(GdmsErrors.Unreachable, (await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Error);
    }

    [Fact]
    public async Task Unreachable_ComesBack_WorksAgain()
    {
        _gdms.Faults.RefuseConnections = true;
        await Directory.GetOrganizationsAsync(GdmsHarness.Account());
        _gdms.Faults.Reset();

        Assert.True((await Directory.GetOrganizationsAsync(GdmsHarness.Account())).Succeeded);
    }

    [Fact]
    public async Task Region_Europe_IsAskedThere()
    {
        await using var europe = await GdmsSimulator.StartAsync(new GdmsSimulatorOptions { Time = _clock, Organizations = [new(7, "EU")] });
        _harness.Options.EuropeAddress = europe.Address;
        var account = new GdmsAccount(GdmsRegion.Europe, "portal", "Demo-Pass#1", "100001", "DEMOSECRETDEMOSECRET");

        Assert.Equal("EU", Assert.Single((await Directory.GetOrganizationsAsync(account)).Value).Name);
        Assert.Empty(_gdms.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OwnAddress_ByThePolicy_IsAskedOrRefused(bool allowed)
    {
        _harness.Options.GlobalAddress = new Uri("http://127.0.0.1:1");
        _harness.AllowLoopback = allowed;
        var account = new GdmsAccount(GdmsRegion.Global, "portal", "Demo-Pass#1", "100001", "DEMOSECRETDEMOSECRET", _gdms.Address);

        var result = await Directory.GetOrganizationsAsync(account);

        Assert.Equal(allowed ? null : TelephonyErrors.AddressNotAllowed, result.Error);
        Assert.Equal(allowed ? 2 : 0, _gdms.Requests.Count);
    }

    [Fact]
    public async Task Cancelled_ByTheCaller_Throws()
    {
        _gdms.Faults.ResponseDelay = TimeSpan.FromSeconds(30);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Directory.CheckAccessAsync(GdmsHarness.Account(), cancel.Token));
    }

    [Fact]
    public async Task Log_AfterEveryKindOfFailure_HoldsNoSecret()
    {
        await Directory.CheckAccessAsync(GdmsHarness.Account("secret-wrong-password"));
        await Directory.CheckAccessAsync(GdmsHarness.Account());
        _gdms.Faults.ExpireSessions = true;
        await Directory.GetOrganizationsAsync(GdmsHarness.Account());
        _gdms.Faults.Reset();
        _gdms.Faults.ClockSkew = TimeSpan.FromHours(1);
        await Directory.FindDeviceAsync(GdmsHarness.Account(), 1, "C074AD001122");

        Assert.NotEmpty(_harness.Log);
        Assert.All(_harness.Log, line =>
        {
            foreach (var secret in (string[])["secret-wrong-password", "Demo-Pass#1", "DEMOSECRET", "access_token=", "signature=", "8b0d57fc", "C074AD001122", "Invalid access token"])
            {
                Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase);
            }
        });
        Assert.DoesNotContain("Demo", GdmsHarness.Account().ToString(), StringComparison.Ordinal);
    }

    private int TokenRequests() => _gdms.Requests.Count(r => r.Path == "/oapi/oauth/token");

    private Task<GdmsReply> WriteAsync() => _harness.Client.WriteAsync(GdmsHarness.Account(), "task/add", new
    {
        taskName = "reboot",
        taskType = 1,
        macList = new[] { "AABBCC001122" },
        execType = 1,
    });
}
