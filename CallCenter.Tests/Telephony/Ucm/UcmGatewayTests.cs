using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm;
using CallCenter.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Tests.Telephony.Ucm;

public sealed class UcmGatewayTests : IAsyncLifetime
{
    private ScriptedUcm _ucm = null!;

    public async Task InitializeAsync() => _ucm = await ScriptedUcm.StartAsync();

    public async Task DisposeAsync() => await _ucm.DisposeAsync();

    [Fact]
    public void Token_VectorOfTheReference_Matches() =>
        Assert.Equal("1f010f9afb488033f5e7989947ac5174", UcmConversation.Token("0000001234567890", ScriptedUcm.Password));

    [Fact]
    public async Task Execute_FirstTime_LogsInAndCarriesTheCookie()
    {
        _ucm.On("listAccount", """{"response":{"account":[]},"status":0}""");
        await using var gateway = ScriptedUcm.Gateway();

        var reply = await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount", new Dictionary<string, string> { ["page"] = "1" });

        Assert.True(reply.Succeeded);
        Assert.Equal(["challenge", "login", "listAccount"], _ucm.Requests.Select(r => r["action"]!.GetValue<string>()));
        Assert.Equal("1f010f9afb488033f5e7989947ac5174", _ucm.Requests[1]["token"]!.GetValue<string>());
        Assert.Equal("sid1122334455-1700000000", _ucm.Requests[2]["cookie"]!.GetValue<string>());
    }

    [Fact]
    public async Task Execute_ManyAtOnce_LogsInOnceAndNeverOverlaps()
    {
        var inside = 0;
        var most = 0;
        _ucm.On("listQueue", _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            Thread.Sleep(5);
            Interlocked.Decrement(ref inside);
            return """{"response":{"queue":[]},"status":0}""";
        });
        await using var gateway = ScriptedUcm.Gateway();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.ExecuteAsync(_ucm.Endpoint, "listQueue")));

        Assert.All(replies, r => Assert.True(r.Succeeded));
        Assert.Equal(1, _ucm.CountOf("login"));
        Assert.Equal(1, most);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(-6)]
    [InlineData(-8)]
    [InlineData(-37)]
    public async Task Execute_SessionLostOnce_LogsInAgainAndRepeats(int status)
    {
        var calls = 0;
        _ucm.On("listAccount", _ => ++calls == 1 ? $$"""{"response":{},"status":{{status}}}""" : """{"response":{"account":[]},"status":0}""");
        await using var gateway = ScriptedUcm.Gateway();

        var reply = await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount");

        Assert.True(reply.Succeeded);
        Assert.Equal(2, _ucm.CountOf("login"));
    }

    [Fact]
    public async Task Execute_SessionLostForEver_GivesUpAfterOneRepetition()
    {
        _ucm.On("listAccount", """{"response":{},"status":-6}""");
        await using var gateway = ScriptedUcm.Gateway();

        var reply = await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount");

        Assert.Equal(TelephonyErrors.SessionLost, reply.Error);
        Assert.Equal(2, _ucm.CountOf("login"));
        Assert.Equal(2, _ucm.CountOf("listAccount"));
    }

    [Fact]
    public async Task Execute_WrongPassword_TriesOnceUntilTheSettingsChange()
    {
        _ucm.On("login", """{"response":{"remain_num":4,"remain_time":0},"status":-37}""");
        await using var gateway = ScriptedUcm.Gateway();

        var first = await gateway.TryAsync(_ucm.Endpoint, "listAccount");
        for (var i = 0; i < 5; i++)
        {
            var again = await gateway.TryAsync(_ucm.Endpoint, "listAccount");
            Assert.Equal(UcmFailureKind.CoolingDown, again.Failure!.Kind);
            Assert.Equal(TelephonyErrors.WrongCredentials, again.Failure.Error);
        }

        Assert.Equal(4, first.Failure!.RemainingAttempts);
        Assert.Equal(1, _ucm.CountOf("login"));

        _ucm.On("login", """{"response":{"cookie":"sid1-2"},"status":0}""").On("listAccount", """{"response":{},"status":0}""");
        Assert.True((await gateway.ExecuteAsync(_ucm.Endpoint with { ApiPassword = new Secret("another") }, "listAccount")).Succeeded);
        Assert.Equal(2, _ucm.CountOf("login"));
    }

    [Fact]
    public async Task Open_LoginSucceedsDuringCooldown_EndsTheCooldown()
    {
        _ucm.On("login", """{"response":{},"status":-70}""").On("listAccount", """{"response":{},"status":0}""");
        await using var gateway = ScriptedUcm.Gateway();
        Assert.Equal(TelephonyErrors.LockedOut, (await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount")).Error);
        _ucm.On("login", """{"response":{"cookie":"sid1-2"},"status":0}""");

        await using (var conversation = gateway.Open(_ucm.Endpoint))
        {
            var challenge = await conversation.ChallengeAsync(CancellationToken.None);
            var login = await conversation.LoginAsync(UcmConversation.ChallengeOf(challenge.Reply!), CancellationToken.None);
            Assert.True(login.Succeeded);
        }

        Assert.Equal(1, _ucm.CountOf("logout"));
        Assert.True((await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount")).Succeeded);
    }

    [Fact]
    public async Task Execute_SessionNearItsEnd_IsRenewedBeforeUse()
    {
        var time = new ManualClock();
        _ucm.On("listAccount", """{"response":{},"status":0}""");
        await using var gateway = ScriptedUcm.Gateway(time);
        await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount");

        time.Advance(TimeSpan.FromMinutes(9));
        await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount");

        Assert.Equal(2, _ucm.CountOf("login"));
        Assert.Equal(1, _ucm.CountOf("logout"));
    }

    [Fact]
    public async Task Dispose_WithASession_LogsOut()
    {
        _ucm.On("listAccount", """{"response":{},"status":0}""");
        var gateway = ScriptedUcm.Gateway();
        await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount");

        await gateway.DisposeAsync();

        Assert.Equal("sid1122334455-1700000000", _ucm.Requests.Last(r => r["action"]!.GetValue<string>() == "logout")["cookie"]!.GetValue<string>());
    }

    [Fact]
    public async Task Open_SettingsThatAreNotSaved_LeaveTheSessionAlone()
    {
        _ucm.On("listAccount", """{"response":{},"status":0}""");
        await using var gateway = ScriptedUcm.Gateway();
        await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount");
        await using (var draft = gateway.Open(_ucm.Endpoint with { ApiPassword = new Secret("draft") }))
        {
            await draft.ChallengeAsync(CancellationToken.None);
        }

        await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount");

        Assert.Equal(1, _ucm.CountOf("login"));
        Assert.Equal(0, _ucm.CountOf("logout"));
    }

    [Fact]
    public async Task Execute_ChangedSettings_EndTheOldSession()
    {
        _ucm.On("listAccount", """{"response":{},"status":0}""");
        await using var gateway = ScriptedUcm.Gateway();
        await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount");

        await gateway.ExecuteAsync(_ucm.Endpoint with { ApiUser = "another" }, "listAccount");

        await gateway.DisposeAsync();
        Assert.Equal(2, _ucm.CountOf("login"));
        Assert.Equal(2, _ucm.CountOf("logout"));
    }

    [Fact]
    public async Task Execute_OldSessionInALongRequest_ChangedSettingsDoNotWait()
    {
        using var release = new ManualResetEventSlim();
        _ucm.On("listAccount", """{"response":{},"status":0}""").On("listQueue", _ =>
        {
            release.Wait(TimeSpan.FromSeconds(20));
            return """{"response":{},"status":0}""";
        });
        await using var gateway = ScriptedUcm.Gateway();
        var slow = gateway.ExecuteAsync(_ucm.Endpoint, "listQueue");
        while (_ucm.CountOf("listQueue") == 0)
        {
            await Task.Delay(5);
        }

        var changed = await gateway.ExecuteAsync(_ucm.Endpoint with { ApiUser = "another" }, "listAccount").WaitAsync(TimeSpan.FromMinutes(1));

        Assert.True(changed.Succeeded);
        Assert.False(slow.IsCompleted);
        release.Set();
        Assert.True((await slow).Succeeded);
    }

    [Fact]
    public void Options_TimeOfZero_IsNamed()
    {
        var result = new UcmOptionsValidator().Validate(null, new UcmOptions { CdrTimeout = TimeSpan.Zero });

        Assert.Contains("Telephony:Ucm:CdrTimeout is '00:00:00'", result.FailureMessage, StringComparison.Ordinal);
        Assert.True(new UcmOptionsValidator().Validate(null, new UcmOptions()).Succeeded);
    }

    [Fact]
    public async Task Execute_OtherTenantWithTheSamePbxKey_HasASessionOfItsOwn()
    {
        _ucm.On("listAccount", """{"response":{},"status":0}""");
        await using var gateway = ScriptedUcm.Gateway();
        await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount");

        await gateway.ExecuteAsync(_ucm.Endpoint with { TenantId = Guid.NewGuid() }, "listAccount");

        Assert.Equal(2, _ucm.CountOf("login"));
        Assert.Equal(0, _ucm.CountOf("logout"));
    }

    [Fact]
    public async Task Execute_AnyOutcome_LogsNoSecret()
    {
        var log = new ListLogger();
        _ucm.On("getSIPAccount", """{"response":{"extension":{"secret":"S3cret-of-1001","vmsecret":"480193"}},"status":0}""")
            .On("listAccount", """{"response":{},"status":-6}""").On("listQueue", """{"response":{"error_msg":"S3cret-of-1001"},"status":-25}""");
        await using (var gateway = ScriptedUcm.Gateway(logger: log))
        {
            foreach (var action in new[] { "getSIPAccount", "listAccount", "listQueue" })
            {
                await gateway.ExecuteAsync(_ucm.Endpoint, action, new Dictionary<string, string> { ["secret"] = "S3cret-of-1001" });
            }

            _ucm.On("login", """{"response":{"remain_num":4},"status":-37}""");
            await gateway.ExecuteAsync(_ucm.Endpoint, "listAccount");
        }

        Assert.NotEmpty(log.Lines);
        var secrets = new[] { ScriptedUcm.Password, "1f010f9afb488033f5e7989947ac5174", "sid1122334455", "S3cret", "480193", "portalapi" };
        Assert.All(log.Lines, line => Assert.DoesNotContain(secrets, s => line.Contains(s, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Execute_NobodyListens_IsUnreachable()
    {
        _ucm.Faults.RefuseConnections = true;

        await AssertFailureAsync(UcmFailureKind.Unreachable, TelephonyErrors.Unreachable);
    }

    [Fact]
    public async Task Execute_SlowAnswer_TimesOut()
    {
        _ucm.Faults.ResponseDelay = TimeSpan.FromSeconds(5);

        await AssertFailureAsync(UcmFailureKind.TimedOut, TelephonyErrors.TimedOut, o => o.RequestTimeout = TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task Execute_DroppedHalfWay_IsDropped()
    {
        _ucm.Faults.DropHalfWay = true;

        await AssertFailureAsync(UcmFailureKind.Dropped, TelephonyErrors.Dropped);
    }

    [Fact]
    public async Task Execute_Garbage_IsNotJson()
    {
        _ucm.Faults.Garbage = true;

        await AssertFailureAsync(UcmFailureKind.NotJson, TelephonyErrors.Garbage);
    }

    [Fact]
    public async Task Execute_OtherCertificateThanPinned_IsRefusedWithItsFacts()
    {
        _ucm.Faults.WrongCertificate = true;

        var failure = await AssertFailureAsync(UcmFailureKind.CertificateRefused, TelephonyErrors.CertificateRefused);

        Assert.Contains("another.example.test", failure.Certificate!.Subject, StringComparison.Ordinal);
        Assert.Matches("^[0-9A-F]{64}$", failure.Certificate.Sha256Thumbprint);
        Assert.True(failure.Certificate.SelfSigned);
        Assert.Equal(0, _ucm.CountOf("challenge"));
    }

    [Fact]
    public async Task Execute_NothingPinned_RefusesSelfSigned()
    {
        await using var gateway = ScriptedUcm.Gateway();

        var outcome = await gateway.TryAsync(_ucm.Endpoint with { PinnedCertificateSha256 = null }, "listAccount");

        Assert.Equal(UcmFailureKind.CertificateRefused, outcome.Failure!.Kind);
    }

    [Fact]
    public async Task Execute_ForbiddenAddress_NeverConnects()
    {
        await using var gateway = ScriptedUcm.Gateway();

        var outcome = await gateway.TryAsync(_ucm.Endpoint with { Host = "192.0.2.1" }, "listAccount");

        Assert.Equal(UcmFailureKind.AddressNotAllowed, outcome.Failure!.Kind);
        Assert.Equal(TelephonyErrors.AddressNotAllowed, outcome.Failure.Error);
    }

    [Fact]
    public async Task Execute_NameThatThePolicyResolved_IsNotLookedUpAgain()
    {
        _ucm.On("listAccount", """{"response":{},"status":0}""");
        await using var gateway = ScriptedUcm.Gateway();

        var reply = await gateway.ExecuteAsync(_ucm.Endpoint with { Host = ScriptedUcm.KnownName }, "listAccount");

        Assert.True(reply.Succeeded);
    }

    [Fact]
    public async Task Execute_AnswerTooLarge_IsRefused()
    {
        _ucm.On("challenge", $$"""{"response":{"challenge":"{{new string('1', 4000)}}"},"status":0}""");

        await AssertFailureAsync(UcmFailureKind.TooLarge, TelephonyErrors.Garbage, o => o.MaxResponseBytes = 2000);
    }

    [Theory]
    [InlineData(404, nameof(UcmFailureKind.HttpStatus))]
    [InlineData(500, nameof(UcmFailureKind.HttpStatus))]
    [InlineData(302, nameof(UcmFailureKind.Redirected))]
    public async Task Execute_OtherHttpStatus_IsNamed(int status, string kind)
    {
        await using var web = await ScriptedUcm.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "https://192.0.2.1/";
            return Task.CompletedTask;
        });
        await using var gateway = ScriptedUcm.Gateway();

        var outcome = await gateway.TryAsync(web.Endpoint, "listAccount");

        Assert.Equal(kind, outcome.Failure!.Kind.ToString());
        Assert.Equal(status, outcome.Failure.HttpStatus);
    }

    [Fact]
    public async Task Execute_Html_IsNotJson()
    {
        await using var web = await ScriptedUcm.StartAsync(context => context.Response.WriteAsync("<!doctype html><title>UCM</title>"));
        await using var gateway = ScriptedUcm.Gateway();

        Assert.Equal(UcmFailureKind.NotJson, (await gateway.TryAsync(web.Endpoint, "listAccount")).Failure!.Kind);
    }

    [Theory]
    [InlineData(-47, "telephony.not_permitted")]
    [InlineData(-45, "telephony.busy")]
    [InlineData(-51, "telephony.busy")]
    [InlineData(-25, "telephony.refused")]
    [InlineData(-68, "telephony.locked_out")]
    [InlineData(-999, "telephony.refused")]
    public async Task Execute_StatusOfTheUcm_BecomesAnError(int status, string code)
    {
        _ucm.On("listAccount", $$"""{"response":{},"status":"{{status}}"}""");
        await using var gateway = ScriptedUcm.Gateway();

        var outcome = await gateway.TryAsync(_ucm.Endpoint, "listAccount");

        Assert.Equal(code, outcome.Failure!.Error.Code);
        Assert.Equal(status, outcome.Failure.Status);
    }

    private async Task<UcmFailure> AssertFailureAsync(UcmFailureKind kind, Error error, Action<UcmOptions>? configure = null)
    {
        await using var gateway = ScriptedUcm.Gateway(configure: configure);

        var outcome = await gateway.TryAsync(_ucm.Endpoint, "listAccount");

        Assert.Equal(kind, outcome.Failure!.Kind);
        Assert.Equal(error, outcome.Failure.Error);
        return outcome.Failure;
    }

    private sealed class ListLogger : Microsoft.Extensions.Logging.ILogger<UcmGateway>
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines => _lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => _lines.Add(formatter(state, exception) + exception);
    }
}
