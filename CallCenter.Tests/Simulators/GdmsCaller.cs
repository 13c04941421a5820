using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Gdms;

namespace CallCenter.Tests.Simulators;

/// <summary>A minimal GDMS client for the simulator's own tests, so that they do not depend on the portal's.</summary>
internal sealed class GdmsCaller(GdmsSimulator simulator, TimeProvider clock) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = simulator.Address };

    public GdmsLogin Login { get; set; } = new("portal", "Demo-Pass#1", "100001", "DEMOSECRETDEMOSECRET");

    public string? Token { get; set; }

    public async Task<(int Status, JsonNode? Json)> RequestTokenAsync(string? password = null, string? secret = null) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oapi/oauth/token")
        {
            Content = new FormUrlEncodedContent(TokenFields(password, secret)),
        });

    public Dictionary<string, string> TokenFields(string? password = null, string? secret = null) => new()
    {
        ["username"] = Login.UserName,
        ["password"] = GdmsSignature.HashPassword(password ?? Login.Password),
        ["grant_type"] = "password",
        ["client_id"] = Login.ApiId,
        ["client_secret"] = secret ?? Login.ApiSecret,
    };

    public async Task<JsonNode> SignInAsync()
    {
        var (_, json) = await RequestTokenAsync();
        Token = json!["access_token"]!.GetValue<string>();
        return json;
    }

    public Task<(int Status, JsonNode? Json)> GetAsync(string resource, params (string Name, string Value)[] query) =>
        CallAsync(HttpMethod.Get, resource, null, query);

    public Task<(int Status, JsonNode? Json)> PostAsync(string resource, string body, params (string Name, string Value)[] query) =>
        CallAsync(HttpMethod.Post, resource, body, query);

    public async Task<(int Status, JsonNode? Json)> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request);
            RetryAfter = response.Headers.RetryAfter;
            return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
        }
    }

    public RetryConditionHeaderValue? RetryAfter { get; private set; }

    public HttpRequestMessage Sign(
        HttpMethod method, string resource, string? body, IEnumerable<(string Name, string Value)> query, string? signedBody = null)
    {
        var sent = query.ToDictionary(q => q.Name, q => q.Value);
        sent["access_token"] = Token ?? "";
        sent["timestamp"] = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signed = new Dictionary<string, string>(sent) { ["client_id"] = Login.ApiId, ["client_secret"] = Login.ApiSecret };
        sent["signature"] = GdmsSignature.Sign(signed, Encoding.UTF8.GetBytes(signedBody ?? body ?? ""));
        var url = "/oapi/v1.0.0/" + resource + "?" + string.Join('&', sent.Select(s => $"{s.Key}={Uri.EscapeDataString(s.Value)}"));
        var request = new HttpRequestMessage(method, url);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return request;
    }

    public void Dispose() => _http.Dispose();

    private Task<(int Status, JsonNode? Json)> CallAsync(
        HttpMethod method, string resource, string? body, (string Name, string Value)[] query) =>
        SendAsync(Sign(method, resource, body, query));
}
