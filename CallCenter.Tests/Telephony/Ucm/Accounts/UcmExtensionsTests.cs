using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm.Accounts;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Telephony.Ucm.Accounts;

/// <summary>The adapter against a simulated UCM of every firmware it may meet.</summary>
public sealed class UcmExtensionsTests
{
    private static readonly ExtensionProfile Full = new()
    {
        Name = "Luis de la Demo",
        Email = "luis@example.test",
        WebPhone = false,
        Permission = ExtensionPermission.International,
        CallerId = "5550100",
        RingTimeoutSeconds = 25,
        Voicemail = false,
        Recording = ExtensionRecording.External,
        ForwardAlways = "1002",
        ForwardBusy = "*43",
        ForwardNoAnswer = "+35320910001",
        DoNotDisturb = true,
        Enabled = false,
    };

    public static TheoryData<string> Firmwares => [.. FirmwareQuirks.Keys];

    private static Dictionary<string, UcmQuirks> FirmwareQuirks => new()
    {
        ["usual"] = new(),
        ["62xx"] = new() { Firmware = UcmFirmware.Ucm62xxOld, SipAccountAsList = true, ListsAsText = true, SparseRows = true },
        ["shifting"] = new() { ShiftingPages = true, ListCap = 2, UserIdRequired = true },
        ["picky"] = new() { PickyColumns = true, ParallelCallsFail = true, EmailRequired = true, UnknownActionStatus = -1 },
    };

    [Theory]
    [MemberData(nameof(Firmwares))]
    public async Task AddApplyFindListChangeDelete_AnyFirmware_AreTrueOnThePbx(string firmware)
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync(FirmwareQuirks[firmware], extensions: 7);
        var wanted = UcmExtensionsHarness.New("1050", Full);

        Assert.Equal(PbxWrite.Done, await ucm.AddAsync(wanted));
        Assert.DoesNotContain(await LinesAsync(ucm), l => l.Number == "1050");
        Assert.Equal(PbxWrite.Done, await ucm.Extensions.ApplyAsync(ucm.Endpoint));
        var lines = await LinesAsync(ucm);
        var found = await ucm.FindAsync("1050");

        Assert.Equal(8, lines.Count);
        Assert.True(ucm.Pbx.Accounts.Configured.Single(a => a.Extension == "1050").Secret == wanted.Secret!.Reveal());
        Assert.Equal(Full, found!.Profile);
        Assert.Empty(found.Unread);
        Assert.Equal((wanted.Secret!.Reveal(), wanted.VoicemailPin!.Reveal()), (found.Secret!.Reveal(), found.VoicemailPin!.Reveal()));

        var plain = new ExtensionProfile { Name = "Luis", Email = "other@example.test" };
        var next = PhoneSecrets.NewSecret();
        Assert.Equal(PbxWrite.Done, await ucm.Extensions.ChangeAsync(ucm.Endpoint, "1050", plain, ExtensionFields.All, next));
        found = await ucm.FindAsync("1050");
        Assert.Equal(plain, found!.Profile);
        Assert.Equal(next.Reveal(), found.Secret!.Reveal());

        Assert.Equal(PbxWrite.Done, await ucm.Extensions.DeleteAsync(ucm.Endpoint, "1050"));
        Assert.Null(await ucm.FindAsync("1050"));
        Assert.Equal(1, ucm.Pbx.MostParallelCalls);
    }

    [Fact]
    public async Task Change_OneField_WritesThatFieldOnly()
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync();
        ucm.Pbx.Accounts.ChangeInWebUi("1001", new("allow", "opus"), new("permission", "custom-level"), new("nat", "no"));
        var before = ucm.Pbx.Accounts.Configured.Single(a => a.Extension == "1001");

        var write = await ucm.Extensions.ChangeAsync(
            ucm.Endpoint, "1001", new ExtensionProfile { RingTimeoutSeconds = 30 }, UcmExtensionsHarness.Fields(nameof(ExtensionProfile.RingTimeoutSeconds)), null);

        var after = ucm.Pbx.Accounts.Configured.Single(a => a.Extension == "1001");
        Assert.True(write.Succeeded);
        Assert.Equal(["ring_timeout"], after.Sip.Where(f => before.Sip[f.Key] != f.Value).Select(f => f.Key));
        Assert.Equal(before.User, after.User);
        Assert.Equal(0, ucm.Pbx.Requests.Count("updateUser"));
    }

    [Fact]
    public async Task Change_NothingNamed_AsksNothing()
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync();

        Assert.Equal(PbxWrite.Done, await ucm.Extensions.ChangeAsync(ucm.Endpoint, "1001", new ExtensionProfile(), [], null));
        Assert.Empty(ucm.Pbx.Requests.All);
    }

    [Fact]
    public async Task Find_ValuesWithoutCounterpart_AreUnreadAndDoNotDiffer()
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync(new UcmQuirks { NoGetUser = true, SecretsHidden = true });
        ucm.Pbx.Accounts.ChangeInWebUi("1001", new("permission", "custom-level"), new("cfb", "voicemail"));

        var found = (await ucm.FindAsync("1001"))!;

        Assert.Equal(
            [nameof(ExtensionProfile.Email), nameof(ExtensionProfile.Permission), nameof(ExtensionProfile.ForwardBusy)], found.Unread.Select(f => f.Name));
        var known = found.Profile with { Email = "known@example.test", Permission = ExtensionPermission.Internal, ForwardBusy = "1002" };
        Assert.Equal(known, found.ProfileOver(known));
        Assert.Null(found.Secret);
        Assert.Null(found.VoicemailPin);
    }

    [Fact]
    public async Task List_LinesInEveryState_AreRead()
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync(extensions: 5);
        ucm.Pbx.Phones.Leave("1002");
        ucm.Pbx.Accounts.ChangeInWebUi("1003", new KeyValuePair<string, string>("out_of_service", "yes"));
        ucm.Pbx.Accounts.SetLocked("1004", true);
        await ucm.Extensions.CallAsync(ucm.Endpoint, "1005", "1001");

        var lines = (await LinesAsync(ucm)).ToDictionary(l => l.Number);

        Assert.Equal(new PbxExtensionLine("1001", "Person 1001", "SIP(WebRTC)", true, LineStatus.Idle, "192.0.2.10:5060", "GRP2614", false, false), lines["1001"]);
        Assert.Equal((LineStatus.Offline, ""), (lines["1002"].Status, lines["1002"].Address));
        Assert.Equal((true, LineStatus.Offline), (lines["1003"].OutOfService, lines["1003"].Status));
        Assert.True(lines["1004"].Locked);
        Assert.Equal(LineStatus.Ringing, lines["1005"].Status);
        Assert.Equal(1, ucm.Pbx.Requests.Count("listAccount"));
    }

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(-26, 4)]
    public async Task List_FirmwareRefusesTheColumns_FallsBackAndRemembersOnlyARefusal(int status, int asked)
    {
        await using var ucm = await ScriptedUcm.StartAsync();
        ucm.On("listAccount", request => request["options"] is null
            ? """{"response":{"account":[{"extension":"1001","status":"Idle","addr":"192.0.2.1:5060"}],"total_item":"1","total_page":"1"},"status":0}"""
            : $$"""{"response":{},"status":{{status}}}""");
        await using var gateway = ScriptedUcm.Gateway();
        var port = new UcmExtensions(gateway, NullLogger<UcmExtensions>.Instance);

        var first = await port.ListAsync(ucm.Endpoint);
        var second = await port.ListAsync(ucm.Endpoint);

        Assert.Equal(["1001"], first.Value.Select(l => l.Number));
        Assert.Equal(first.Value, second.Value);
        Assert.Equal(asked, ucm.CountOf("listAccount"));
    }

    [Fact]
    public async Task List_RowGoesWhilePagesAreRead_NobodyElseIsMissed()
    {
        await using var ucm = await ScriptedUcm.StartAsync();
        var calls = 0;
        ucm.On("listAccount", request =>
        {
            // 1001 goes after the first page: everything behind it moves up, and 1003 falls between the pages.
            string[] there = calls++ == 0 ? ["1001", "1002", "1003", "1004"] : ["1002", "1003", "1004"];
            var page = int.Parse(request["page"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
            var rows = there.Skip((page - 1) * 2).Take(2).Select(n => $$"""{"extension":"{{n}}"}""");
            return $$"""{"response":{"account":[{{string.Join(',', rows)}}],"total_item":{{there.Length}},"total_page":2,"page":{{page}}},"status":0}""";
        });
        await using var gateway = ScriptedUcm.Gateway();

        var lines = await new UcmExtensions(gateway, NullLogger<UcmExtensions>.Instance).ListAsync(ucm.Endpoint);

        Assert.Superset(new HashSet<string> { "1002", "1003", "1004" }, lines.Value.Select(l => l.Number).ToHashSet());
    }

    [Theory]
    [InlineData("""{"response":{},"status":0}""")]
    [InlineData("""{"response":{"account":[],"total_item":12,"total_page":1},"status":0}""")]
    [InlineData("""{"response":{"account":"none"},"status":0}""")]
    public async Task List_NonsenseWithStatusZero_IsGarbageNotEmpty(string answer)
    {
        await using var ucm = await ScriptedUcm.StartAsync();
        ucm.On("listAccount", answer);
        await using var gateway = ScriptedUcm.Gateway();

        var lines = await new UcmExtensions(gateway, NullLogger<UcmExtensions>.Instance).ListAsync(ucm.Endpoint);

        Assert.Equal(TelephonyErrors.Garbage, lines.Error);
    }

    [Fact]
    public async Task ListTaken_WhateverMayBeListed_IsTaken()
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync(
            new UcmQuirks { UnknownActionStatus = -1 },
            permissions: UcmPermissions.AllBut(UcmPermissions.Paging),
            calls: SamplePbx.Dublin(new DateOnly(2026, 10, 20)));
        await ucm.AddAsync(UcmExtensionsHarness.New("1060"));

        var taken = (await ucm.Extensions.ListTakenNumbersAsync(ucm.Endpoint)).Value;

        Assert.Superset(new HashSet<string> { "1001", "1060", "6300", "6400", "6500", "7000" }, taken.ToHashSet());
        Assert.DoesNotContain("6200", taken);
    }

    [Theory]
    [InlineData(UcmStatus.AlreadyAdded)]
    [InlineData(UcmStatus.SystemTimeout)]
    [InlineData(UcmStatus.UpdateFailed)]
    public async Task Add_NumberTaken_IsToldHoweverTheFirmwareSaysIt(int status)
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync(new UcmQuirks { DuplicateExtensionStatus = status });

        var write = await ucm.AddAsync(UcmExtensionsHarness.New("1002"));

        Assert.Equal((ExtensionErrors.NumberTakenOnPbx, false), (write.Error, write.InDoubt));
        Assert.Equal([ExtensionHints.Duplicate], write.Hints);
        Assert.Equal(1, ucm.Pbx.Requests.Count("addSIPAccountAndUser"));
        Assert.Equal("Person 1002", (await ucm.FindAsync("1002"))!.Profile.Name);
    }

    [Theory]
    [InlineData(UcmStatus.AlreadyAdded)]
    [InlineData(UcmStatus.UpdateFailed)]
    public async Task Add_NumberOfAConference_IsTaken(int status)
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync(new UcmQuirks { DuplicateExtensionStatus = status });

        Assert.Equal(ExtensionErrors.NumberTakenOnPbx, (await ucm.AddAsync(UcmExtensionsHarness.New("6300"))).Error);
    }

    [Theory]
    [InlineData(UcmStatus.AlreadyAdded)]
    [InlineData(UcmStatus.SystemTimeout)]
    [InlineData(UcmStatus.UpdateFailed)]
    public async Task Add_SecondTimeAfterALostAnswer_FindsItsOwn(int status)
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync(new UcmQuirks { DuplicateExtensionStatus = status });
        var extension = UcmExtensionsHarness.New("1050");
        ucm.Pbx.Mishaps.Update(m => m with { LoseAnswers = 1 });

        var lost = await ucm.AddAsync(extension);
        var again = await ucm.AddAsync(extension);

        Assert.True(lost.InDoubt);
        Assert.Equal(PbxWrite.Done, again);
        Assert.Single(ucm.Pbx.Accounts.Configured, a => a.Extension == "1050");
    }

    [Fact]
    public async Task Find_NumberThatIsNotThere_IsNull()
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync();

        var found = await ucm.Extensions.FindAsync(ucm.Endpoint, "1999");

        Assert.True(found.Succeeded);
        Assert.Null(found.Value);
    }

    [Fact]
    public async Task ChangeAndDelete_NumberThatIsNotThere_SayNotOnPbx()
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync();

        var sip = await ucm.Extensions.ChangeAsync(ucm.Endpoint, "1999", Full, UcmExtensionsHarness.Fields(nameof(ExtensionProfile.CallerId)), null);
        var user = await ucm.Extensions.ChangeAsync(ucm.Endpoint, "1999", Full, UcmExtensionsHarness.Fields(nameof(ExtensionProfile.Name)), null);

        Assert.Equal((ExtensionErrors.NotOnPbx, ExtensionErrors.NotOnPbx), (sip.Error, user.Error));
        Assert.Equal(ExtensionErrors.NotOnPbx, (await ucm.Extensions.DeleteAsync(ucm.Endpoint, "1999")).Error);
    }

    [Fact]
    public async Task Call_WithoutPermission_IsNotPermittedAndBlamesNoExtension()
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync(permissions: UcmPermissions.AllBut(UcmPermissions.CallControl));

        var write = await ucm.Extensions.CallAsync(ucm.Endpoint, "1001", "*43");

        Assert.Equal(TelephonyErrors.NotPermitted, write.Error);
        Assert.Empty(write.Hints);
    }

    [Fact]
    public async Task Anything_OnAnotherKindOfPbx_IsUnsupported()
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync();
        var asterisk = ucm.Endpoint with { Kind = PbxKind.Asterisk };
        var port = ucm.Extensions;

        Error?[] errors =
        [
            (await port.ListAsync(asterisk)).Error, (await port.FindAsync(asterisk, "1001")).Error, (await port.ListTakenNumbersAsync(asterisk)).Error,
            (await port.AddAsync(asterisk, UcmExtensionsHarness.New("1050"))).Error, (await port.DeleteAsync(asterisk, "1001")).Error,
            (await port.ChangeAsync(asterisk, "1001", Full, ExtensionFields.All, null)).Error, (await port.ApplyAsync(asterisk)).Error,
            (await port.CallAsync(asterisk, "1001", "*43")).Error,
        ];

        Assert.All(errors, e => Assert.Equal(TelephonyErrors.Unsupported, e));
        Assert.Equal(0, ucm.Pbx.Faults.Requests);
    }

    private static async Task<IReadOnlyList<PbxExtensionLine>> LinesAsync(UcmExtensionsHarness ucm) => (await ucm.Extensions.ListAsync(ucm.Endpoint)).Value;
}
