using CallCenter.Core.Mail;

namespace CallCenter.Tests.Mail;

public sealed class MailAddressesTests
{
    [Theory]
    [InlineData("mona@example.com", "mona@example.com")]
    [InlineData("a.b+c@sub.example.com", "a.b+c@sub.example.com")]
    [InlineData("root@localhost", "root@localhost")]
    [InlineData("info@مثال.إختبار", "info@xn--mgbh0fb.xn--kgbechtv")]
    [InlineData("mona", null)]
    [InlineData("@example.com", null)]
    [InlineData("mona@example", null)]
    [InlineData("mo na@example.com", null)]
    [InlineData("mona@example.com>\r\nRCPT TO:<eve@example.net", null)]
    [InlineData("\"a b\"@example.com", null)]
    [InlineData("a..b@example.com", null)]
    [InlineData("منى@example.com", null)]
    public void ForEnvelope_Text_IsAnAddressOrNothing(string text, string? address) => Assert.Equal(address, MailAddresses.ForEnvelope(text));

    [Theory]
    [InlineData("boss@example.com, @example.org", "BOSS@example.com", true)]
    [InlineData("@example.org", "x@example.org", true)]
    [InlineData("@example.org", "x@sub.example.org", false)]
    [InlineData("@example.org", "x@notexample.org", false)]
    [InlineData("", "x@example.org", false)]
    public void Covers_Rules_AllowWhatTheyName(string rules, string address, bool covered) => Assert.Equal(covered, MailAddresses.Covers(rules, address));
}
