using System.Text.Json.Nodes;
using CallCenter.Simulators.Gdms;
using CallCenter.Tests.Support;

namespace CallCenter.Tests.Simulators;

public sealed class GdmsSimulatorTests : IAsyncLifetime, IDisposable
{
    private readonly ManualClock _clock = new();
    private GdmsSimulator _gdms = null!;
    private GdmsCaller _caller = null!;

    public async Task InitializeAsync()
    {
        _gdms = await GdmsSimulator.StartAsync(new GdmsSimulatorOptions
        {
            Time = _clock,
            Factory = new Dictionary<string, string> { ["AA:BB:CC:00:11:33"] = "20BBBB", ["AA:BB:CC:00:11:44"] = "20CCCC" },
        });
        _caller = new GdmsCaller(_gdms, _clock);
    }

    public async Task DisposeAsync() => await _gdms.DisposeAsync();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task Token_RightCredentials_LivesOneHour()
    {
        var token = await _caller.SignInAsync();

        Assert.Equal(3600, token["expires_in"]!.GetValue<int>());
        Assert.True(Guid.TryParse(token["access_token"]!.GetValue<string>(), out _));
        Assert.Equal(200, (await _caller.GetAsync("org/list")).Status);
        _clock.Advance(TimeSpan.FromSeconds(3600));
        var (status, json) = await _caller.GetAsync("org/list");
        Assert.Equal(401, status);
        Assert.Equal("invalid_token", json!["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task Token_ByGetQuery_IsGiven()
    {
        var query = string.Join('&', _caller.TokenFields().Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));

        var (status, json) = await _caller.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/oapi/oauth/token?" + query));

        Assert.Equal(200, status);
        Assert.NotNull(json!["access_token"]);
    }

    [Fact]
    public async Task Token_WrongPassword_AnswersInvalidGrant()
    {
        var (status, json) = await _caller.RequestTokenAsync(password: "wrong");

        Assert.Equal(400, status);
        Assert.Equal("invalid_grant", json!["error"]!.GetValue<string>());
        Assert.NotNull(json["error_description"]);
    }

    [Fact]
    public async Task Token_WrongSecret_AnswersInvalidClient()
    {
        var (status, json) = await _caller.RequestTokenAsync(secret: "wrong");

        Assert.Equal(401, status);
        Assert.Equal("invalid_client", json!["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task Refresh_Used_RotatesAndWorksOnce()
    {
        var refresh = (await _caller.SignInAsync())["refresh_token"]!.GetValue<string>();

        var (first, json) = await RefreshAsync(refresh);
        var (second, again) = await RefreshAsync(refresh);

        Assert.Equal(200, first);
        Assert.NotEqual(refresh, json!["refresh_token"]!.GetValue<string>());
        Assert.Equal(400, second);
        Assert.Equal("invalid_grant", again!["error"]!.GetValue<string>());
        Assert.Equal(401, (await _caller.GetAsync("org/list")).Status);
        _caller.Token = json["access_token"]!.GetValue<string>();
        Assert.Equal(200, (await _caller.GetAsync("org/list")).Status);
    }

    [Fact]
    public async Task Signature_OtherBodyBytes_IsRejected()
    {
        await _caller.SignInAsync();

        var (status, json) = await _caller.SendAsync(
            _caller.Sign(HttpMethod.Post, "device/list", """{"pageNum":1}""", [], signedBody: """{ "pageNum": 1 }"""));

        Assert.Equal(200, status);
        Assert.Equal("signature error", json!["msg"]!.GetValue<string>());
    }

    [Fact]
    public async Task Signature_ValuesThatNeedEncoding_AreSignedRaw()
    {
        await _caller.SignInAsync();

        var (_, json) = await _caller.PostAsync("device/list", "{}", ("type", "a b&c=ü+/%"));

        Assert.Equal(0, json!["retCode"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    [InlineData(299, true)]
    [InlineData(-299, true)]
    public async Task Timestamp_ByItsDistance_IsJudged(int skewSeconds, bool accepted)
    {
        await _caller.SignInAsync();
        _gdms.Faults.ClockSkew = TimeSpan.FromSeconds(skewSeconds);

        var (_, json) = await _caller.GetAsync("org/list");

        Assert.Equal(accepted, json!["retCode"]!.GetValue<int>() == 0);
    }

    [Fact]
    public async Task SignatureFailure_OnSwitch_AnswersHttp401()
    {
        await _caller.SignInAsync();
        _gdms.Quirks = _gdms.Quirks with { SignatureFailsAsHttp401 = true };
        _caller.Login = _caller.Login with { ApiSecret = "other" };

        Assert.Equal(401, (await _caller.GetAsync("org/list")).Status);
    }

    [Fact]
    public async Task SiteList_ByGetAndPost_AnswersTheSame()
    {
        await _caller.SignInAsync();

        var (_, get) = await _caller.GetAsync("site/list", ("orgId", "1"));
        var (_, post) = await _caller.PostAsync("site/list", """{"orgId":1}""");

        Assert.Equal("HQ", get!["data"]!["result"]![0]!["siteName"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(get, post));
    }

    [Fact]
    public async Task DeviceList_Paged_CoversAllOnce()
    {
        await _caller.SignInAsync();
        for (var i = 0; i < 5; i++)
        {
            _gdms.World.PutDevice(new SimulatedDevice($"00000000000{i}", $"S{i}", 1, 11));
        }

        var macs = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            var (_, json) = await _caller.PostAsync("device/list", $$"""{"pageNum":{{page}},"pageSize":3}""");
            Assert.Equal(7, json!["data"]!["total"]!.GetValue<int>());
            Assert.Equal(3, json["data"]!["pages"]!.GetValue<int>());
            macs.AddRange(json["data"]!["result"]!.AsArray().Select(d => d!["mac"]!.GetValue<string>()));
        }

        Assert.Equal(7, macs.Distinct().Count());
        Assert.Equal(7, macs.Count);
    }

    [Theory]
    [InlineData("""{"mac":"C0:74:AD:00:11:22"}""", "UCM6301")]
    [InlineData("""{"mac":"c074ad001122"}""", "UCM6301")]
    [InlineData("""{"projectId":3}""", "UCM6301")]
    [InlineData("""{"projectId":1}""", "GRP2615")]
    public async Task DeviceList_Filtered_FindsOne(string body, string model)
    {
        await _caller.SignInAsync();

        var (_, json) = await _caller.PostAsync("device/list", body);

        Assert.Equal(model, Assert.Single(json!["data"]!["result"]!.AsArray())!["productName"]!.GetValue<string>());
    }

    [Fact]
    public async Task DeviceAdd_PartOfBatchFails_SaysSoUnderRetCodeZero()
    {
        await _caller.SignInAsync();

        var (_, json) = await _caller.PostAsync("device/add", """
            [{"mac":"AA:BB:CC:00:11:33","sn":"20BBBB","siteId":11,"deviceName":"New","orgId":1},
             {"mac":"AA:BB:CC:00:11:44","sn":"not mine","siteId":11,"orgId":1}]
            """);

        Assert.Equal(0, json!["retCode"]!.GetValue<int>());
        Assert.Equal(1, json["data"]!["success"]!.GetValue<int>());
        Assert.Equal("30010", Assert.Single(json["data"]!["errorDeviceList"]!.AsArray())!["errorMsg"]!.GetValue<string>());
        Assert.NotNull(_gdms.World.FindDevice("AABBCC001133"));
        Assert.Null(_gdms.World.FindDevice("AABBCC001144"));
    }

    [Fact]
    public async Task DeviceDetail_Polled_BecomesWholeOnlyWhileOnline()
    {
        await _caller.SignInAsync();

        Assert.Null(await DetailAsync(1));
        Assert.Null(await DetailAsync(0));
        Assert.NotNull(await DetailAsync(0));
        _gdms.World.SetStatus("AABBCC001122", 0);
        Assert.Null(await DetailAsync(0));

        async Task<JsonNode?> DetailAsync(int isFirst)
        {
            var (_, json) = await _caller.PostAsync("device/detail", $$"""{"mac":"AA:BB:CC:00:11:22","isFirst":{{isFirst}}}""");
            return json!["data"]!["sipAccountList"];
        }
    }

    [Fact]
    public async Task TaskAdd_Reboot_TakesTheDeviceOfflineForAWhile()
    {
        await _caller.SignInAsync();

        var (_, json) = await _caller.PostAsync(
            "task/add", """{"taskName":"r","taskType":1,"macList":["C0:74:AD:00:11:22"],"execType":1,"orgId":1}""");

        Assert.True(json!["data"]!["taskId"]!.GetValue<long>() > 0);
        Assert.Equal(1, Assert.Single(_gdms.World.Tasks).Type);
        Assert.Equal(0, _gdms.World.FindDevice("C074AD001122")!.Status);
        _clock.Advance(TimeSpan.FromSeconds(91));
        Assert.Equal(1, _gdms.World.FindDevice("C074AD001122")!.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SipAccountList_ByQuirk_HasResultInDataOrAtRoot(bool atRoot)
    {
        await _caller.SignInAsync();
        _gdms.Quirks = _gdms.Quirks with { SipAccountsAtRoot = atRoot };

        var (_, json) = await _caller.GetAsync("sip/account/list");

        Assert.Single((atRoot ? json!["result"] : json!["data"]!["result"])!.AsArray());
    }

    [Theory]
    [InlineData("device/account/status")]
    [InlineData("device/account/info")]
    [InlineData("sip/server/list")]
    [InlineData("template/group/list")]
    public async Task OtherReads_SignedCall_AnswerZero(string resource)
    {
        await _caller.SignInAsync();

        var (status, json) = await _caller.GetAsync(resource, ("mac", "AA:BB:CC:00:11:22"));

        Assert.Equal(200, status);
        Assert.Equal(0, json!["retCode"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("cdr/list")]
    [InlineData("recording/list")]
    [InlineData("ucm/extension/add")]
    public async Task WhatGdmsDoesNotOffer_SignedCall_AnswersNotFound(string resource)
    {
        await _caller.SignInAsync();

        Assert.Equal(404, (await _caller.GetAsync(resource)).Status);
    }

    [Fact]
    public async Task Throttle_Switched_Answers429WithRetryAfter()
    {
        await _caller.SignInAsync();
        _gdms.Quirks = _gdms.Quirks with { ThrottleNext = 1, RetryAfter = TimeSpan.FromSeconds(7) };

        Assert.Equal(429, (await _caller.GetAsync("org/list")).Status);
        Assert.Equal(TimeSpan.FromSeconds(7), _caller.RetryAfter!.Delta);
        Assert.Equal(200, (await _caller.GetAsync("org/list")).Status);
    }

    [Fact]
    public async Task Regions_TwoInstances_DoNotKnowEachOthersTokens()
    {
        await _caller.SignInAsync();
        await using var europe = await GdmsSimulator.StartAsync(new GdmsSimulatorOptions { Time = _clock });
        using var other = new GdmsCaller(europe, _clock) { Token = _caller.Token };

        Assert.Equal(401, (await other.GetAsync("org/list")).Status);
    }

    [Fact]
    public async Task ExpireSessions_Once_EndsTokensThatExist()
    {
        await _caller.SignInAsync();

        _gdms.Faults.ExpireSessionsOnce();

        Assert.Equal(401, (await _caller.GetAsync("org/list")).Status);
        await _caller.SignInAsync();
        Assert.Equal(200, (await _caller.GetAsync("org/list")).Status);
    }

    [Fact]
    public async Task ChangePassword_OldOne_NoLongerWorks()
    {
        await _caller.SignInAsync();

        _gdms.ChangePassword("portal", "New-Pass#2");

        Assert.Equal(401, (await _caller.GetAsync("org/list")).Status);
        Assert.Equal(400, (await _caller.RequestTokenAsync()).Status);
        Assert.Equal(200, (await _caller.RequestTokenAsync(password: "New-Pass#2")).Status);
    }

    [Fact]
    public async Task Requests_AfterCalls_AreLoggedWithoutQueryOrForm()
    {
        await _caller.SignInAsync();
        await _caller.PostAsync("device/list", """{"pageNum":1}""");

        Assert.Equal(["/oapi/oauth/token", "/oapi/v1.0.0/device/list"], _gdms.Requests.Select(r => r.Path));
        Assert.Equal(["", """{"pageNum":1}"""], _gdms.Requests.Select(r => r.Body));
    }

    private async Task<(int Status, JsonNode? Json)> RefreshAsync(string refresh) =>
        await _caller.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oapi/oauth/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = refresh,
                ["client_id"] = _caller.Login.ApiId,
                ["client_secret"] = _caller.Login.ApiSecret,
            }),
        });
}
