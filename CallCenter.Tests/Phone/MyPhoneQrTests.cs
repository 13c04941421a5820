using System.Xml.Linq;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Extensions;

namespace CallCenter.Tests.Phone;

public sealed class MyPhoneQrTests
{
    [Theory]
    [InlineData("pbx.example.com", 5060, "pbx.example.com")]
    [InlineData("pbx.example.com", 5070, "pbx.example.com:5070")]
    [InlineData("2001:db8::5", 5070, "[2001:db8::5]:5070")]
    public void Account_OfAnExtension_IsWhatTheAppReads(string server, int port, string registrar)
    {
        var secret = new Secret("a<b&\"c'>d");

        var account = XDocument.Parse(MyPhoneQr.Account(server, port, "1001", "عائشة & Co", secret).Reveal()).Root!;

        Assert.Equal(("AccountConfig", "1"), (account.Name.LocalName, account.Attribute("version")?.Value));
        var values = account.Element("Account")!.Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);
        Assert.Equal(registrar, values["RegisterServer"]);
        Assert.Equal(("1001", "1001", "1001"), (values["UserID"], values["AuthID"], values["AccountName"]));
        Assert.Equal(secret.Reveal(), values["AuthPass"]);
        Assert.Equal("عائشة & Co", values["DisplayName"]);
    }

    [Fact]
    public void Account_Printed_ShowsNothing() =>
        Assert.Equal(Secret.Mask, $"{MyPhoneQr.Account("pbx.example.com", 5060, "1001", "Aoife", new Secret("Sip-Secret#77"))}");

    [Fact]
    public void Draw_LongestOfEverything_FitsAndIsOneSvgWithoutScriptOrSecret()
    {
        var svg = MyPhoneQr.Draw(MyPhoneQr.Account(new string('h', 250), 65535, new string('9', 18), new string('ع', 64), new Secret(new string('x', 64))));

        var root = XDocument.Parse(svg).Root!;
        Assert.Equal("svg", root.Name.LocalName);
        Assert.DoesNotContain("script", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("xxxx", svg, StringComparison.Ordinal);
    }
}
