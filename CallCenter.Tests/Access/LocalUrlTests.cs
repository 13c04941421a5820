using CallCenter.Web.Localization;

namespace CallCenter.Tests.Access;

public sealed class LocalUrlTests
{
    [Theory]
    [InlineData("/demo/calls?q=1", "/demo/calls?q=1")]
    [InlineData("/", "/")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: x", "/")]
    public void OrHome_Url_OnlyOurOwn(string? url, string expected) => Assert.Equal(expected, LocalUrl.OrHome(url));
}
