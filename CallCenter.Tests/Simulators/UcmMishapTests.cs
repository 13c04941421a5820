using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;

namespace CallCenter.Tests.Simulators;

public sealed class UcmMishapTests : IAsyncLifetime, IDisposable
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.Zero));
    private UcmSimulator _simulator = null!;
    private UcmTestClient _client = null!;

    public async Task InitializeAsync()
    {
        _simulator = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            TimeProvider = _time,
            ApplyDelay = TimeSpan.Zero,
            Extensions = [new SimExtension("1001", "Ana Demo"), new SimExtension("1002", "Ben Demo")],
            Conferences = [new SimGroup("6300", "Board", [])],
            PagingGroups = [new SimGroup("6200", "Hall", ["1001"])],
        });
        _client = new UcmTestClient(_simulator);
        await _client.LoginAsync();
    }

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("lose", true)]
    [InlineData("cut", true)]
    [InlineData("drop", false)]
    public async Task Write_AnswerNeverWhole_IsExecutedOrNotAsSaid(string mishap, bool executed)
    {
        _simulator.Mishaps.Update(m => mishap switch
        {
            "lose" => m with { LoseAnswers = 1 },
            "cut" => m with { CutAnswers = 1 },
            _ => m with { DropRequests = 1 },
        });

        await Assert.ThrowsAnyAsync<Exception>(() => AddAsync("1050"));

        Assert.Equal(executed, _simulator.Accounts.Configured.Any(a => a.Extension == "1050"));
        Assert.Equal(1, _simulator.Mishaps.Happened);
        Assert.Equal(UcmStatus.Success, UcmTestClient.Status(await AddAsync("1051")));
    }

    [Fact]
    public async Task Write_Misreported_IsExecutedAndAnsweredOtherwise()
    {
        _simulator.Mishaps.Update(m => m with { MisreportAnswers = 1 });

        Assert.Equal(UcmStatus.SystemTimeout, UcmTestClient.Status(await AddAsync("1050")));
        Assert.Equal(UcmStatus.AlreadyAdded, UcmTestClient.Status(await AddAsync("1050")));
    }

    [Fact]
    public async Task Write_EveryThirdRefused_CountsWritesOnly()
    {
        _simulator.Mishaps.Update(m => m with { RefuseWrites = -1, RefuseWritesWith = UcmStatus.OperateFailed, Every = 3 });

        List<int> statuses = [];
        for (var number = 1050; number < 1056; number++)
        {
            statuses.Add(UcmTestClient.Status(await AddAsync($"{number}")));
            await _client.StatusOfAsync("getSIPAccount", new { extension = "1001" });
        }

        Assert.Equal([0, 0, UcmStatus.OperateFailed, 0, 0, UcmStatus.OperateFailed], statuses);
    }

    [Fact]
    public async Task Write_SessionEndsEverySecond_IsNotExecutedThen()
    {
        _simulator.Mishaps.Update(m => m with { ExpireSessionEvery = 2 });

        Assert.Equal(UcmStatus.Success, UcmTestClient.Status(await AddAsync("1050")));
        Assert.Equal(UcmStatus.CookieError, UcmTestClient.Status(await AddAsync("1051")));
        await _client.LoginAsync();
        Assert.Equal(UcmStatus.Success, UcmTestClient.Status(await AddAsync("1051")));
    }

    [Fact]
    public async Task Apply_RefusedForAWhile_EndsByTheClock()
    {
        _simulator.Mishaps.Update(m => m with { RefuseAppliesFor = TimeSpan.FromSeconds(40), RefuseAppliesWith = UcmStatus.ConferenceRunning });

        var first = await _client.StatusOfAsync("applyChanges");
        _time.Advance(TimeSpan.FromSeconds(41));

        Assert.Equal((UcmStatus.ConferenceRunning, UcmStatus.Success), (first, await _client.StatusOfAsync("applyChanges")));
    }

    [Fact]
    public async Task Apply_AnswerLost_IsInForceAllTheSame()
    {
        await AddAsync("1050");
        _simulator.Mishaps.Update(m => m with { LoseApplyAnswers = 1 });

        await Assert.ThrowsAnyAsync<Exception>(() => _client.SendAsync("applyChanges"));

        Assert.True(_simulator.Accounts.Running.ContainsKey("1050"));
    }

    [Fact]
    public async Task Write_WhileAnotherRuns_Collides()
    {
        _simulator.Quirks = _simulator.Quirks with { WriteTakes = TimeSpan.FromSeconds(1) };
        using var second = new UcmTestClient(_simulator);
        await second.LoginAsync();

        var slow = AddAsync("1050");
        await _time.WaitForTimerAsync();
        var colliding = await second.StatusOfAsync("deleteUser", new { user_name = "1002" });
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(UcmStatus.DataChanged, colliding);
        Assert.Equal(UcmStatus.Success, UcmTestClient.Status(await slow));
    }

    [Theory]
    [InlineData("range")]
    [InlineData("limit")]
    [InlineData("email")]
    [InlineData("readonly")]
    public async Task Add_AgainstTheFirmwaresLimits_IsUpdateFailedWithoutDetail(string limit)
    {
        _simulator.Quirks = limit switch
        {
            "range" => _simulator.Quirks with { ExtensionRange = "1000-1049" },
            "limit" => _simulator.Quirks with { ExtensionLimit = 2 },
            "email" => _simulator.Quirks with { EmailRequired = true },
            _ => _simulator.Quirks with { ExtensionsReadOnly = true, MissingWriteStatus = UcmStatus.UpdateFailed },
        };

        Assert.Equal(UcmStatus.UpdateFailed, UcmTestClient.Status(await AddAsync("1050", email: "")));
    }

    [Theory]
    [InlineData("6200")]
    [InlineData("6300")]
    public async Task Add_NumberOfSomethingElse_IsADuplicate(string number) =>
        Assert.Equal(UcmStatus.AlreadyAdded, UcmTestClient.Status(await AddAsync(number)));

    [Fact]
    public async Task Update_NullOrEmptyRingTimeout_OnlyNullIsTaken()
    {
        Assert.Equal(UcmStatus.UpdateFailed, await _client.StatusOfAsync("updateSIPAccount", new { extension = "1001", ring_timeout = "" }));
        Assert.Equal(UcmStatus.Success, await _client.StatusOfAsync("updateSIPAccount", new { extension = "1001", ring_timeout = (string?)null }));
        var account = (await _client.SendAsync("getSIPAccount", new { extension = "1001" }))["response"]!["extension"]!.AsObject();
        Assert.True(account.ContainsKey("ring_timeout"));
        Assert.Null(account["ring_timeout"]);
    }

    [Fact]
    public async Task Phones_LeaveFlapOutOfServiceAndLock_ShowInTheList()
    {
        Assert.Equal(("Idle", 0), await LineAsync("1001"));

        _simulator.Phones.Flap("1001", TimeSpan.FromSeconds(30));
        Assert.Equal(("Unavailable", 0), await LineAsync("1001"));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(("Idle", 0), await LineAsync("1001"));
        _simulator.Phones.Flap("1001", TimeSpan.Zero);

        _simulator.Accounts.ChangeInWebUi("1001", new KeyValuePair<string, string>("out_of_service", "yes"));
        _simulator.Accounts.SetLocked("1001", true);
        Assert.Equal(("Unavailable", 1), await LineAsync("1001"));
        Assert.False(_simulator.Accounts.WouldRegister("1001", "Sim-1001-Phone"));
        Assert.True(_simulator.Accounts.WouldRegister("1002", "Sim-1002-Phone"));
        Assert.False(_simulator.Accounts.WouldRegister("1002", "sim-1002-phone"));
    }

    [Fact]
    public async Task DialExtension_CallerThenCallee_ShowsInChannelsAndStates()
    {
        Assert.Equal(UcmStatus.Success, await _client.StatusOfAsync("dialExtension", new { caller = "1001", callee = "1002" }));

        Assert.Equal(["1001 Ringing"], await UnbridgedAsync());
        Assert.Equal("Ringing", (await LineAsync("1001")).Status);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(["1001 Up", "1002 Ringing"], await UnbridgedAsync());
        Assert.Equal(("InUse", "Ringing"), ((await LineAsync("1001")).Status, (await LineAsync("1002")).Status));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Empty(await UnbridgedAsync());
        var bridge = Assert.Single((await _client.SendAsync("listBridgedChannels"))["response"]!["channel"]!.AsArray())!;
        Assert.Equal(("1001", "1002"), (bridge["callerid1"]!.GetValue<string>(), bridge["callerid2"]!.GetValue<string>()));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Idle", (await LineAsync("1002")).Status);
    }

    [Fact]
    public async Task DialExtension_WithoutCallPermission_IsNotPermitted()
    {
        await using var strict = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            Users = [new UcmApiUser("portalapi", "Demo-Pass#1", UcmPermissions.AllBut(UcmPermissions.CallControl))],
            Extensions = [new SimExtension("1001", "Ana Demo")],
        });
        using var client = new UcmTestClient(strict);
        await client.LoginAsync();

        Assert.Equal(UcmStatus.NoPermission, await client.StatusOfAsync("dialExtension", new { caller = "1001", callee = "*43" }));
    }

    private Task<System.Text.Json.Nodes.JsonNode> AddAsync(string number, string email = "new@example.test") => _client.SendAsync("addSIPAccountAndUser", new
    {
        extension = number,
        fullname = "New Demo",
        email,
        secret = "Xy7!demoDemo",
        user_password = "Xy7!demoDemo",
        vmsecret = "480193",
        permission = "internal",
    });

    private async Task<(string Status, int Locked)> LineAsync(string number)
    {
        var rows = (await _client.SendAsync("listAccount", new { options = "extension,status,lockflag" }))["response"]!["account"]!.AsArray();
        var row = rows.Single(r => r!["extension"]!.GetValue<string>() == number)!;
        return (row["status"]!.GetValue<string>(), row["lockflag"]!.GetValue<int>());
    }

    private async Task<IReadOnlyList<string>> UnbridgedAsync() =>
        [.. (await _client.SendAsync("listUnBridgedChannels"))["response"]!["channel"]!.AsArray().Select(r => $"{r!["callernum"]} {r["state"]}")];
}
