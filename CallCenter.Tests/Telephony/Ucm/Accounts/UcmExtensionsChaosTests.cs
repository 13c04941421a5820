using CallCenter.Core.Extensions;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm.Accounts;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CallCenter.Tests.Telephony.Ucm.Accounts;

/// <summary>Refused or in doubt: after each misbehaviour the adapter says what it may, and the PBX has what it says.</summary>
public sealed class UcmExtensionsChaosTests : IAsyncLifetime
{
    private UcmExtensionsHarness _ucm = null!;

    public async Task InitializeAsync() => _ucm = await UcmExtensionsHarness.StartAsync();

    public async Task DisposeAsync() => await _ucm.DisposeAsync();

    [Theory]
    [InlineData("lose", "telephony.unreachable", true)]
    [InlineData("cut", "telephony.dropped", true)]
    [InlineData("garble", "telephony.garbage", true)]
    [InlineData("late", "telephony.timed_out", true)]
    [InlineData("misreport", "extensions.in_doubt", true)]
    [InlineData("drop", "telephony.unreachable", false)]
    [InlineData("abnormal", "extensions.in_doubt", false)]
    public async Task Write_AnswerTellsNothing_IsInDoubtAndSentOnce(string mishap, string code, bool executed)
    {
        _ucm.Pbx.Mishaps.Update(m => mishap switch
        {
            "lose" => m with { LoseAnswers = 1 },
            "cut" => m with { CutAnswers = 1 },
            "garble" => m with { GarbleAnswers = 1 },
            "late" => m with { DelayAnswers = 1, DelayBy = TimeSpan.FromSeconds(20) },
            "misreport" => m with { MisreportAnswers = 1 },
            "drop" => m with { DropRequests = 1 },
            _ => m with { RefuseWrites = 1 },
        });

        var write = await _ucm.Extensions.ChangeAsync(
            _ucm.Endpoint, "1001", new ExtensionProfile { CallerId = "5550100" }, UcmExtensionsHarness.Fields(nameof(ExtensionProfile.CallerId)), null);

        Assert.Equal((code, true), (write.Error?.Code, write.InDoubt));
        Assert.Equal(1, _ucm.Pbx.Mishaps.Happened);
        Assert.Equal(executed ? "5550100" : "", (await _ucm.FindAsync("1001"))!.Profile.CallerId);
    }

    [Theory]
    [InlineData("refuse", "telephony.unreachable")]
    [InlineData("certificate", "telephony.certificate_refused")]
    [InlineData("session", "telephony.session_lost")]
    public async Task Write_NeverReachedThePbx_IsRefused(string fault, string code)
    {
        _ucm.Pbx.Faults.Update(f => fault switch
        {
            "refuse" => f with { RefuseConnections = true },
            "certificate" => f with { WrongCertificate = true },
            _ => f with { ExpireSessions = true },
        });

        var write = await _ucm.Extensions.DeleteAsync(_ucm.Endpoint, "1001");

        Assert.Equal((code, false), (write.Error?.Code, write.InDoubt));
        Assert.Contains(_ucm.Pbx.Accounts.Configured, a => a.Extension == "1001");
    }

    [Fact]
    public async Task Write_UnknownHost_IsRefused()
    {
        var write = await _ucm.Extensions.DeleteAsync(_ucm.Endpoint with { Host = "nowhere.example.test" }, "1001");

        Assert.Equal((TelephonyErrors.AddressNotAllowed, false), (write.Error, write.InDoubt));
    }

    [Fact]
    public async Task Add_PbxExecutesAndSaysTimeOut_IsNotDoneTwice()
    {
        _ucm.Pbx.Mishaps.Update(m => m with { MisreportAnswers = 1, MisreportWith = UcmStatus.SystemTimeout });

        var write = await _ucm.AddAsync(UcmExtensionsHarness.New("1050"));

        Assert.Equal(PbxWrite.Done, write);
        Assert.Equal(1, _ucm.Pbx.Requests.Count("addSIPAccountAndUser"));
    }

    [Fact]
    public async Task Add_PbxSaysTimeOutAndHasNothing_StaysInDoubt()
    {
        _ucm.Pbx.Mishaps.Update(m => m with { RefuseWrites = 1, RefuseWritesWith = UcmStatus.SystemTimeout });

        var write = await _ucm.AddAsync(UcmExtensionsHarness.New("1050"));

        Assert.True(write.InDoubt);
        Assert.Null(await _ucm.FindAsync("1050"));
        Assert.Equal(1, _ucm.Pbx.Requests.Count("addSIPAccountAndUser"));
    }

    [Fact]
    public async Task Add_PbxSaysTimeOutAndHidesSecrets_StaysInDoubt()
    {
        _ucm.Pbx.Quirks = _ucm.Pbx.Quirks with { SecretsHidden = true };
        _ucm.Pbx.Mishaps.Update(m => m with { MisreportAnswers = 1 });

        Assert.True((await _ucm.AddAsync(UcmExtensionsHarness.New("1050"))).InDoubt);
    }

    [Fact]
    public async Task Batch_SessionEndsEverySecondWrite_EachIsWrittenOnce()
    {
        _ucm.Pbx.Mishaps.Update(m => m with { ExpireSessionEvery = 2 });

        for (var number = 1050; number < 1060; number++)
        {
            Assert.Equal(PbxWrite.Done, await _ucm.AddAsync(UcmExtensionsHarness.New($"{number}")));
        }

        Assert.Equal(13, _ucm.Pbx.Accounts.Configured.Count);
        Assert.Equal(10, _ucm.Pbx.Requests.All.Count(r => r is { Action: "addSIPAccountAndUser", Status: 0 }));
    }

    [Theory]
    [InlineData(-45, "extensions.apply_too_soon", 15)]
    [InlineData(-57, "extensions.apply_too_soon", 60)]
    [InlineData(-51, "extensions.apply_running", null)]
    [InlineData(-69, "extensions.apply_conference", null)]
    [InlineData(-98, "extensions.apply_conference", null)]
    [InlineData(-47, "telephony.not_permitted", null)]
    public async Task Apply_Refused_SaysWhyAndForHowLong(int status, string code, int? seconds)
    {
        _ucm.Pbx.Mishaps.Update(m => m with { RefuseApplies = 1, RefuseAppliesWith = status });

        var write = await _ucm.Extensions.ApplyAsync(_ucm.Endpoint);

        Assert.Equal((code, false, seconds), (write.Error?.Code, write.InDoubt, (int?)write.RetryAfter?.TotalSeconds));
    }

    [Fact]
    public async Task Apply_AnswerLost_IsInDoubtAndInForce()
    {
        await _ucm.AddAsync(UcmExtensionsHarness.New("1050"));
        _ucm.Pbx.Mishaps.Update(m => m with { LoseApplyAnswers = 1 });

        Assert.True((await _ucm.Extensions.ApplyAsync(_ucm.Endpoint)).InDoubt);
        Assert.True(_ucm.Pbx.Accounts.Running.ContainsKey("1050"));
    }

    [Fact]
    public async Task Apply_TwiceInShortOrder_IsTooSoon()
    {
        Assert.Equal(PbxWrite.Done, await _ucm.Extensions.ApplyAsync(_ucm.Endpoint));
        Assert.Equal(ExtensionErrors.ApplyTooSoon, (await _ucm.Extensions.ApplyAsync(_ucm.Endpoint)).Error);
    }

    [Fact]
    public async Task Write_CallerGivesUpWhileItRuns_IsWaitedFor()
    {
        _ucm.Pbx.Quirks = _ucm.Pbx.Quirks with { WriteTakes = TimeSpan.FromMilliseconds(300) };
        await _ucm.Extensions.ListAsync(_ucm.Endpoint);
        using var giveUp = new CancellationTokenSource();

        var running = _ucm.Extensions.AddAsync(_ucm.Endpoint, UcmExtensionsHarness.New("1050"), giveUp.Token);
        while (_ucm.Pbx.Faults.Requests < 4)
        {
            await Task.Delay(5);
        }

        await giveUp.CancelAsync();

        Assert.Equal(PbxWrite.Done, await running.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.NotNull(await _ucm.FindAsync("1050"));
    }

    [Theory]
    [InlineData("strong", "no_write_permission")]
    [InlineData("written", "extension_limit")]
    [InlineData("email", "missing_field")]
    [InlineData("range", "number_out_of_range")]
    public async Task Add_RefusedWithoutDetail_NamesTheLikelyCauseFirst(string story, string hint)
    {
        var extension = UcmExtensionsHarness.New(story == "range" ? "20001" : "1050", new ExtensionProfile
        {
            Name = "Luis Demo",
            Email = story == "email" ? "" : "luis@example.test",
        });
        if (story is "written" or "range" or "email")
        {
            await _ucm.AddAsync(UcmExtensionsHarness.New("1049"));
        }

        await _ucm.Extensions.ListAsync(_ucm.Endpoint);
        _ucm.Pbx.Quirks = story switch
        {
            "strong" => _ucm.Pbx.Quirks with { ExtensionsReadOnly = true, MissingWriteStatus = UcmStatus.UpdateFailed },
            "written" => _ucm.Pbx.Quirks with { ExtensionLimit = 4 },
            "email" => _ucm.Pbx.Quirks with { EmailRequired = true },
            _ => _ucm.Pbx.Quirks with { ExtensionRange = "1000-9999" },
        };

        var write = await _ucm.AddAsync(extension);

        Assert.Equal((ExtensionErrors.RefusedByPbx, false), (write.Error, write.InDoubt));
        Assert.Equal(hint, write.Hints[0]);
        Assert.Null(await _ucm.FindAsync(extension.Number));
    }

    [Fact]
    public async Task Log_OfEverything_HoldsNoSecretAndNoName()
    {
        using var log = new LogCapture();
        using var factory = LoggerFactory.Create(b => b.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        await using var gateway = ScriptedUcm.Gateway(_ucm.Clock, logger: factory.CreateLogger<CallCenter.Infrastructure.Telephony.Ucm.UcmGateway>());
        var port = new UcmExtensions(gateway, factory.CreateLogger<UcmExtensions>());
        var extension = UcmExtensionsHarness.New("1050");
        await port.AddAsync(_ucm.Endpoint, extension);
        await port.AddAsync(_ucm.Endpoint, UcmExtensionsHarness.New("1050"));
        _ucm.Pbx.Quirks = _ucm.Pbx.Quirks with { ExtensionsReadOnly = true, MissingWriteStatus = UcmStatus.UpdateFailed };
        await port.ChangeAsync(_ucm.Endpoint, "1050", extension.Profile, ExtensionFields.All, extension.Secret);
        await port.FindAsync(_ucm.Endpoint, "1050");

        var text = log.All;
        Assert.Contains("updateSIPAccount", text);
        foreach (var secret in new[] { extension.Secret!.Reveal(), extension.VoicemailPin!.Reveal(), ScriptedUcm.Password, "Luis", "luis@example.test" })
        {
            Assert.DoesNotContain(secret, text);
        }
    }
}
