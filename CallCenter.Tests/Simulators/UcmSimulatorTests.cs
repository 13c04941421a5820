using System.Net;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using CallCenter.Simulators.Ucm.Sessions;

namespace CallCenter.Tests.Simulators;

public sealed class UcmSimulatorTests : IAsyncLifetime, IDisposable
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.Zero));
    private UcmSimulator _simulator = null!;
    private UcmTestClient _client = null!;

    public Task InitializeAsync() => StartAsync(new UcmSimulatorOptions());

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Token_VectorOfTheReference_Matches() =>
        Assert.Equal("1f010f9afb488033f5e7989947ac5174", UcmSessions.Token("0000001234567890", "Demo-Pass#1"));

    [Fact]
    public async Task Challenge_UnknownUser_IsAnsweredWithSixteenDigits()
    {
        var reply = await _client.SendAsync("challenge", new { user = "nobody" });

        Assert.Equal(UcmStatus.Success, UcmTestClient.Status(reply));
        Assert.Matches("^[0-9]{16}$", reply["response"]!["challenge"]!.GetValue<string>());
    }

    [Fact]
    public async Task Login_RightPassword_GivesCookieAsJsonField()
    {
        var cookie = await _client.LoginAsync();

        Assert.Matches("^sid[0-9]+-[0-9]{10}$", cookie);
        Assert.Equal(UcmStatus.Success, await _client.StatusOfAsync("getSystemStatus"));
    }

    [Fact]
    public async Task Login_SameChallengeTwice_SecondIsRefused()
    {
        var challenge = (await _client.SendAsync("challenge", new { user = "portalapi" }))["response"]!["challenge"]!.GetValue<string>();
        var token = UcmSessions.Token(challenge, "Demo-Pass#1");

        var first = await _client.StatusOfAsync("login", new { user = "portalapi", token });
        var second = await _client.StatusOfAsync("login", new { user = "portalapi", token });

        Assert.Equal((UcmStatus.Success, UcmStatus.WrongAccountOrPassword), (first, second));
    }

    [Fact]
    public async Task Login_StaleChallenge_IsRefused()
    {
        var challenge = (await _client.SendAsync("challenge", new { user = "portalapi" }))["response"]!["challenge"]!.GetValue<string>();
        _time.Advance(TimeSpan.FromMinutes(2));

        var status = await _client.StatusOfAsync("login", new { user = "portalapi", token = UcmSessions.Token(challenge, "Demo-Pass#1") });

        Assert.Equal(UcmStatus.WrongAccountOrPassword, status);
    }

    [Fact]
    public async Task Login_WrongPasswordAgainAndAgain_CountsDownThenLocksEvenTheRightOne()
    {
        List<int> left = [];
        for (var i = 0; i < 4; i++)
        {
            var reply = await _client.TryLoginAsync("portalapi", "wrong");
            Assert.Equal(UcmStatus.WrongAccountOrPassword, UcmTestClient.Status(reply));
            left.Add(reply["response"]!["remain_num"]!.GetValue<int>());
        }

        var fifth = await _client.TryLoginAsync("portalapi", "wrong");
        var right = await _client.TryLoginAsync("portalapi", "Demo-Pass#1");
        _simulator.Quirks = _simulator.Quirks with { LockedOutStatus = UcmStatus.LoginForbidden };
        var forbidden = await _client.TryLoginAsync("portalapi", "Demo-Pass#1");
        _time.Advance(TimeSpan.FromMinutes(6));
        var later = await _client.TryLoginAsync("portalapi", "Demo-Pass#1");

        Assert.Equal([4, 3, 2, 1], left);
        Assert.Equal(UcmStatus.LoginRestriction, UcmTestClient.Status(fifth));
        Assert.Equal(UcmStatus.LoginRestriction, UcmTestClient.Status(right));
        Assert.Equal(UcmStatus.LoginForbidden, UcmTestClient.Status(forbidden));
        Assert.Equal(UcmStatus.Success, UcmTestClient.Status(later));
    }

    [Fact]
    public async Task Cookie_UsedInTime_LivesOnAndThenExpiresWhenIdle()
    {
        await _client.LoginAsync();
        _time.Advance(TimeSpan.FromSeconds(590));
        var used = await _client.StatusOfAsync("getSystemStatus");
        _time.Advance(TimeSpan.FromSeconds(590));
        var usedAgain = await _client.StatusOfAsync("getSystemStatus");
        _time.Advance(TimeSpan.FromSeconds(601));

        Assert.Equal((0, 0), (used, usedAgain));
        Assert.Equal(UcmStatus.CookieError, await _client.StatusOfAsync("getSystemStatus"));
    }

    [Fact]
    public async Task Cookie_AbsentOrUnknownOrLoggedOut_IsRefused()
    {
        var absent = await _client.StatusOfAsync("listAccount");
        _client.Cookie = "sid1-1";
        var unknown = await _client.StatusOfAsync("listAccount");
        await _client.LoginAsync();
        await _client.SendAsync("logout");

        Assert.Equal((UcmStatus.NeedAuthentication, UcmStatus.CookieError), (absent, unknown));
        Assert.Equal(UcmStatus.CookieError, await _client.StatusOfAsync("listAccount"));
    }

    [Fact]
    public async Task Sessions_ExpiredByFault_OnceOrAlways()
    {
        await _client.LoginAsync();
        _simulator.Faults.ExpireSessionsOnce();
        var once = await _client.StatusOfAsync("listAccount");
        await _client.LoginAsync();
        var fresh = await _client.StatusOfAsync("listAccount");
        _simulator.Faults.ExpireSessions = true;
        await _client.LoginAsync();

        Assert.Equal((UcmStatus.CookieError, UcmStatus.Success), (once, fresh));
        Assert.Equal(UcmStatus.CookieError, await _client.StatusOfAsync("listAccount"));
    }

    [Fact]
    public async Task Action_GroupNotGranted_IsNoPermission()
    {
        await StartAsync(new UcmSimulatorOptions { Users = [new("few", "Few-Rights#1", UcmPermissions.AllBut(UcmPermissions.Cdr))] });
        await _client.LoginAsync("few", "Few-Rights#1");

        Assert.Equal(UcmStatus.NoPermission, await _client.StatusOfAsync("cdrapi", new { format = "json" }));
        Assert.Equal(UcmStatus.Success, await _client.StatusOfAsync("listAccount"));
    }

    [Fact]
    public async Task Action_Unknown_AnswersAsSwitched()
    {
        await _client.LoginAsync();
        var first = await _client.StatusOfAsync("brewCoffee");
        _simulator.Quirks = _simulator.Quirks with { UnknownActionStatus = UcmStatus.InvalidParameters };

        Assert.Equal(UcmStatus.Unsupported, first);
        Assert.Equal(UcmStatus.InvalidParameters, await _client.StatusOfAsync("brewCoffee"));
    }

    [Theory]
    [InlineData("/api/challenge", "{}")]
    [InlineData("/api", "not json")]
    [InlineData("/api", "[]")]
    public async Task Post_NoProperRequest_IsInvalidParametersWithHttp200(string path, string body)
    {
        using var response = await _client.PostAsync(path, body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var reply = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(-1, UcmTestClient.Status(reply));
        Assert.Equal("Invalid parameters!", reply["response"]!["error_msg"]!.GetValue<string>());
    }

    [Fact]
    public async Task Paths_OutsideTheApi_AreWhatTheyAre()
    {
        using var cgi = await _client.PostAsync("/cgi", "{}");
        using var other = await _client.GetAsync("/elsewhere");
        using var socket = await _client.GetAsync("/ws");
        _simulator.Quirks = _simulator.Quirks with { ApiSwitchedOff = true };
        using var off = await _client.PostAsync("/api", "{}");

        Assert.Contains("-37", await cgi.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, socket.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, off.StatusCode);
    }

    [Theory]
    [InlineData(false, UptimeFormat.DaysAndClock, "2026-11-20 15:00:00 UTC+00:00", "2 03:04:05")]
    [InlineData(true, UptimeFormat.DaysInWords, "20-11-2026 15:00:00 UTC+00:00", "2 days 03:04:05")]
    [InlineData(true, UptimeFormat.Clock, "20-11-2026 15:00:00 UTC+00:00", "51:04:05")]
    public async Task SystemStatus_FormatsAndOffset_FollowTheSettings(bool dayFirst, UptimeFormat uptime, string time, string up)
    {
        _simulator.Quirks = new UcmQuirks { DayFirstDates = dayFirst, Uptime = uptime };
        await _client.LoginAsync();

        var status = (await _client.SendAsync("getSystemStatus"))["response"]!;

        Assert.Equal(time, status["system-time"]!.GetValue<string>());
        Assert.Equal(up, status["up-time"]!.GetValue<string>());
    }

    [Fact]
    public async Task SystemStatus_ClockSkewedInAnotherZone_TellsItsOwnTimeAndOffset()
    {
        await StartAsync(new UcmSimulatorOptions { Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Riyadh") });
        _simulator.Faults.ClockSkew = TimeSpan.FromMinutes(-7);
        await _client.LoginAsync();

        var status = (await _client.SendAsync("getSystemStatus"))["response"]!;
        var general = (await _client.SendAsync("getSystemGeneralStatus"))["response"]!;

        Assert.Equal("2026-11-20 17:53:00 UTC+03:00", status["system-time"]!.GetValue<string>());
        Assert.Equal("UCM6301  V1.3A", general["product-model"]!.GetValue<string>());
    }

    [Fact]
    public async Task ParallelCalls_InOneSession_AreSeenAndMayFail()
    {
        _simulator.Quirks = _simulator.Quirks with { ParallelCallsFail = true };
        await _client.LoginAsync();

        // The apply waits for the clock, so that the second call finds the session busy.
        var slow = _client.StatusOfAsync("applyChanges");
        await _time.WaitForTimerAsync();
        var second = await _client.StatusOfAsync("listAccount");
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(UcmStatus.AbnormalError, second);
        Assert.Equal(UcmStatus.Success, await slow);
        Assert.Equal(2, _simulator.MostParallelCalls);
    }

    [Fact]
    public async Task Requests_WithPassword_AreLoggedWithoutIt()
    {
        await _client.LoginAsync();

        var login = Assert.Single(_simulator.Requests.All, r => r.Action == "login");

        Assert.Equal("portalapi", login.User);
        Assert.Equal("***", login.Parameters["token"]);
        Assert.Equal(1, _simulator.Requests.Count("challenge"));
    }

    private async Task StartAsync(UcmSimulatorOptions options)
    {
        if (_simulator is not null)
        {
            _client.Dispose();
            await _simulator.DisposeAsync();
        }

        _simulator = await UcmSimulator.StartAsync(options with
        {
            TimeProvider = _time,
            Extensions = options.Extensions ?? [new SimExtension("1001", "Ana Demo"), new SimExtension("1002", "Ben Demo")],
        });
        _client = new UcmTestClient(_simulator);
    }
}
