using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;

namespace CallCenter.Tests.Simulators;

public sealed class UcmAccountsTests : IAsyncLifetime, IDisposable
{
    private static readonly Dictionary<string, string> NewExtension = new()
    {
        ["extension"] = "1050",
        ["fullname"] = "Luis Demo",
        ["first_name"] = "Luis",
        ["last_name"] = "Demo",
        ["email"] = "luis@example.test",
        ["secret"] = "Xy7!demoDemo",
        ["user_password"] = "Xy7!demoDemo",
        ["vmsecret"] = "480193",
        ["hasvoicemail"] = "yes",
        ["call_waiting"] = "yes",
        ["enable_webrtc"] = "yes",
        ["permission"] = "internal-local",
    };

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.Zero));
    private UcmSimulator _simulator = null!;
    private UcmTestClient _client = null!;

    public async Task InitializeAsync()
    {
        _simulator = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            TimeProvider = _time,
            ApplyDelay = TimeSpan.Zero,
            Extensions = [.. Enumerable.Range(1001, 35).Select(n => new SimExtension($"{n}", $"Person {n}"))],
        });
        _client = new UcmTestClient(_simulator);
        await _client.LoginAsync();
    }

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task ListAccount_Defaults_ThirtyRowsOfFiveColumns()
    {
        var reply = (await _client.SendAsync("listAccount"))["response"]!;

        Assert.Equal(30, reply["account"]!.AsArray().Count);
        Assert.Equal(["extension", "account_type", "fullname", "status", "addr"], reply["account"]![0]!.AsObject().Select(p => p.Key));
        Assert.Equal((35, 2, 1), (reply["total_item"]!.GetValue<int>(), reply["total_page"]!.GetValue<int>(), reply["page"]!.GetValue<int>()));
    }

    [Fact]
    public async Task ListAccount_SecondPageDescending_GivesTheRest()
    {
        var reply = (await _client.SendAsync("listAccount", new { page = "2", item_num = 20, sidx = "extension", sord = "desc", options = "extension,newmsg" }))["response"]!;

        Assert.Equal(15, reply["account"]!.AsArray().Count);
        Assert.Equal("""{"extension":"1015","newmsg":0}""", reply["account"]![0]!.ToJsonString());
    }

    [Theory]
    [InlineData(false, "extension")]
    [InlineData(true, "sip_account")]
    public async Task GetSipAccount_EitherFirmware_HoldsTheSecretInClear(bool asList, string key)
    {
        _simulator.Quirks = _simulator.Quirks with { SipAccountAsList = asList };

        var reply = (await _client.SendAsync("getSIPAccount", new { extension = 1001 }))["response"]!;

        var account = asList ? reply[key]![0]! : reply[key]!;
        Assert.Equal("Sim-1001-Phone", account["secret"]!.GetValue<string>());
        Assert.Equal(UcmStatus.NoSuchItem, await _client.StatusOfAsync("getSIPAccount", new { extension = "9999" }));
    }

    [Fact]
    public async Task Add_Complete_IsConfiguredAtOnceAndRunsAfterApply()
    {
        var added = await _client.SendAsync("addSIPAccountAndUser", NewExtension);
        var configured = await _client.StatusOfAsync("getSIPAccount", new { extension = "1050" });
        var before = await ExtensionsAsync();
        var applied = await _client.StatusOfAsync("applyChanges");

        Assert.Equal("yes", added["response"]!["need_apply"]!.GetValue<string>());
        Assert.Equal((0, 0), (configured, applied));
        Assert.DoesNotContain("1050", before);
        Assert.Contains("1050", await ExtensionsAsync());
        Assert.False(_simulator.Accounts.NeedsApply);
    }

    [Theory]
    [InlineData("secret", "weak")]
    [InlineData("secret", null)]
    [InlineData("fullname", null)]
    [InlineData("permission", "everything")]
    [InlineData("extension", "1")]
    [InlineData("vmsecret", "12x4")]
    [InlineData("ring_timeout", "2")]
    public async Task Add_BadOrMissingField_IsUpdateFailedWithoutDetail(string field, string? value)
    {
        var fields = new Dictionary<string, string>(NewExtension);
        fields.Remove(field);
        if (value is not null)
        {
            fields[field] = value;
        }

        var reply = await _client.SendAsync("addSIPAccountAndUser", fields);

        Assert.Equal(UcmStatus.UpdateFailed, UcmTestClient.Status(reply));
        Assert.Empty(reply["response"]!.AsObject());
    }

    [Theory]
    [InlineData(UcmStatus.AlreadyAdded)]
    [InlineData(UcmStatus.SystemTimeout)]
    [InlineData(UcmStatus.UpdateFailed)]
    public async Task Add_Twice_AnswersAsSwitched(int status)
    {
        _simulator.Quirks = _simulator.Quirks with { DuplicateExtensionStatus = status };
        await _client.SendAsync("addSIPAccountAndUser", NewExtension);

        Assert.Equal(status, await _client.StatusOfAsync("addSIPAccountAndUser", NewExtension));
    }

    [Fact]
    public async Task Update_SipAndUser_EachChangesItsOwn()
    {
        await _client.SendAsync("updateSIPAccount", new { extension = "1001", ring_timeout = 25, fullname = "Ignored" });
        await _client.SendAsync("updateUser", new { user_name = "1001", first_name = "Ana", last_name = "Nova", email = "nova@example.test" });

        var account = (await _client.SendAsync("getSIPAccount", new { extension = "1001" }))["response"]!["extension"]!;
        var user = (await _client.SendAsync("getUser", new { user_name = "1001" }))["response"]!["user_name"]!;
        Assert.Equal("25", account["ring_timeout"]!.GetValue<string>());
        Assert.Equal("Ana Nova", account["fullname"]!.GetValue<string>());
        Assert.Equal("nova@example.test", user["email"]!.GetValue<string>());
        Assert.Equal(UcmStatus.NoSuchItem, await _client.StatusOfAsync("updateSIPAccount", new { extension = "9999", nat = "no" }));
    }

    [Fact]
    public async Task Delete_ThenApply_IsGoneFromListAndUsers()
    {
        var deleted = await _client.StatusOfAsync("deleteUser", new { user_name = "1035" });
        await _client.SendAsync("applyChanges");
        var users = (await _client.SendAsync("listUser", new { item_num = 100, options = "user_name" }))["response"]!["user_id"]!.AsArray();

        Assert.Equal(0, deleted);
        Assert.DoesNotContain("1035", await ExtensionsAsync());
        Assert.DoesNotContain(users, u => u!["user_name"]!.GetValue<string>() == "1035");
        Assert.Equal(UcmStatus.NoSuchItem, await _client.StatusOfAsync("deleteUser", new { user_name = "1035" }));
    }

    [Fact]
    public async Task Apply_SoonAgainOrInConference_IsRefused()
    {
        var first = await _client.StatusOfAsync("applyChanges");
        _time.Advance(TimeSpan.FromSeconds(14));
        var soon = await _client.StatusOfAsync("applyChanges");
        _time.Advance(TimeSpan.FromSeconds(2));
        var later = await _client.StatusOfAsync("applyChanges");
        _simulator.Quirks = _simulator.Quirks with { ConferenceRunning = true };

        Assert.Equal((0, UcmStatus.TooOften, 0), (first, soon, later));
        Assert.Equal(UcmStatus.ConferenceRunning, await _client.StatusOfAsync("applyChanges"));
    }

    [Fact]
    public async Task Apply_WhileRunning_IsTaskRunning()
    {
        await using var slow = await UcmSimulator.StartAsync(new UcmSimulatorOptions { TimeProvider = _time, ApplyDelay = TimeSpan.FromSeconds(20) });
        using var client = new UcmTestClient(slow);
        await client.LoginAsync();

        var first = client.StatusOfAsync("applyChanges");
        await _time.WaitForTimerAsync();
        var second = await client.StatusOfAsync("applyChanges");
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(UcmStatus.TaskRunning, second);
        Assert.Equal(UcmStatus.Success, await first);
    }

    private async Task<IReadOnlyList<string>> ExtensionsAsync() =>
        [.. (await _client.SendAsync("listAccount", new { item_num = 100 }))["response"]!["account"]!.AsArray().Select(a => a!["extension"]!.GetValue<string>())];
}
