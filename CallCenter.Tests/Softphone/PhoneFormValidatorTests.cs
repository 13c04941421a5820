using CallCenter.Core.Softphone;

namespace CallCenter.Tests.Softphone;

public sealed class PhoneFormValidatorTests
{
    [Fact]
    public void Check_NewForm_IsRight() => Assert.Empty(Check(new PhoneForm()));

    [Theory]
    [InlineData("wss://pbx.example.test:8089/ws", null)]
    [InlineData("ws://127.0.0.1:8088/ws", null)]
    [InlineData("ws://pbx.example.test/ws", "softphone.address_invalid")]
    [InlineData("https://pbx.example.test/ws", "softphone.address_invalid")]
    [InlineData("wss://user:pass@pbx.example.test/ws", "softphone.address_invalid")]
    [InlineData("wss://pbx.example.test/ws?token=1", "softphone.address_invalid")]
    [InlineData("pbx.example.test", "softphone.address_invalid")]
    public void Check_Address_IsWssOrLoopback(string url, string? code) =>
        Assert.Equal(code, Check(new PhoneForm { WebSocketUrl = url }).SingleOrDefault());

    [Fact]
    public void Check_WrongFigures_SaysEach() => Assert.Equal(
        [
            "softphone.servers_invalid", "softphone.turn_secret_needed", "softphone.codecs_invalid", "softphone.dial_invalid", "settings.required",
            "softphone.seconds_range", "softphone.realm_invalid",
        ],
        Check(new PhoneForm
        {
            StunServers = "a b c d e",
            TurnServers = "turn.example.test",
            Codecs = "opus opus",
            ParkNumber = "seven",
            MaxCalls = null,
            RegisterSeconds = 5,
            Realm = "a\"b",
        }).OrderBy(code => Array.IndexOf(
            ["softphone.servers_invalid", "softphone.turn_secret_needed", "softphone.codecs_invalid", "softphone.dial_invalid", "settings.required", "softphone.seconds_range", "softphone.realm_invalid"], code)));

    private static IEnumerable<string> Check(PhoneForm form)
    {
        form.Normalize();
        return new PhoneFormValidator().Check(form).Select(error => error.Code);
    }
}
