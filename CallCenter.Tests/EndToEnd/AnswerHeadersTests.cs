using System.Net;
using System.Text.RegularExpressions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>What every answer carries, whether page, file or failure.</summary>
[Collection(EndToEndCollection.Name)]
public sealed partial class AnswerHeadersTests(EndToEndFixture fixture) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = fixture.Portal.Address };

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/demo/calls")]
    [InlineData("/favicon.svg")]
    [InlineData("/health/live")]
    [InlineData("/error/500")]
    public async Task Answer_Any_CarriesTheSecurityHeaders(string path)
    {
        using var answer = await _http.GetAsync(path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Single(answer.Headers.GetValues("Permissions-Policy"));
    }

    [Fact]
    public async Task Page_Html_HasNoInlineScriptOrStyle()
    {
        var html = await _http.GetStringAsync("/account/sign-in");

        Assert.DoesNotMatch(InlineScript(), html);
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "en", "There is nothing here")]
    [InlineData("ar", "ar", "لا يوجد شيء هنا")]
    public async Task Error_NotFound_SpeaksTheReadersLanguageWithAReference(string accept, string language, string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/error/404");
        request.Headers.Add("Accept-Language", accept);

        using var answer = await _http.SendAsync(request);

        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Contains($"lang=\"{language}\"", html, StringComparison.Ordinal);
        Assert.Contains(title, html, StringComparison.Ordinal);
        Assert.Matches("[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", html);
    }

    [Theory]
    [InlineData("/demo/calls")]
    [InlineData("/no-such-tenant/calls")]
    [InlineData("/no/such/page")]
    public async Task Page_Nobody_AsksToSignInWhateverTheAddress(string path)
    {
        using var answer = await _http.GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/account/sign-in?returnUrl=", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex(@"<script(?![^>]*\bsrc=)", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();
}
