using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Ucm;
using CallCenter.Simulators.Ucm.Sessions;

namespace CallCenter.Tests.Simulators;

/// <summary>A bare client for the simulator's own tests, so that they do not lean on the portal's adapter.</summary>
internal sealed class UcmTestClient : IDisposable
{
    private readonly HttpClient _http;

    public UcmTestClient(UcmSimulator simulator)
    {
        var thumbprint = simulator.CertificateSha256;
        _http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    ((X509Certificate2)certificate!).GetCertHashString(HashAlgorithmName.SHA256) == thumbprint,
            },
        })
        {
            BaseAddress = simulator.Address,
        };
    }

    public string Cookie { get; set; } = "";

    public async Task<string> LoginAsync(string user = "portalapi", string password = "Demo-Pass#1")
    {
        var reply = await TryLoginAsync(user, password);
        Assert.Equal(UcmStatus.Success, Status(reply));
        return Cookie = reply["response"]!["cookie"]!.GetValue<string>();
    }

    public async Task<JsonNode> TryLoginAsync(string user, string password)
    {
        var challenge = (await SendAsync("challenge", new { user }))["response"]!["challenge"]!.GetValue<string>();
        return await SendAsync("login", new { user, token = UcmSessions.Token(challenge, password) });
    }

    public async Task<JsonNode> SendAsync(string action, object? fields = null) =>
        JsonNode.Parse(await SendRawAsync(action, fields))!;

    public async Task<byte[]> SendRawAsync(string action, object? fields = null)
    {
        var request = System.Text.Json.JsonSerializer.SerializeToNode(fields ?? new { })!.AsObject();
        request["action"] = action;
        if (Cookie.Length > 0)
        {
            request["cookie"] = Cookie;
        }

        using var response = await PostAsync("/api", new JsonObject { ["request"] = request }.ToJsonString());
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    public async Task<int> StatusOfAsync(string action, object? fields = null) => Status(await SendAsync(action, fields));

    public Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return _http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    public static int Status(JsonNode reply) => reply["status"]!.GetValue<int>();

    public void Dispose() => _http.Dispose();
}
