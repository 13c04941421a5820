using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using CallCenter.Core.Extensions;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure;
using CallCenter.Simulators.Ucm;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CallCenter.Benchmarks;

/// <summary>
/// Bulk creation from the start of the run to its end: queued, sent, applied, read back and noted in the audit log. The
/// reference is the simulator's own pace in the same round: a bare HttpClient that sends the same adds one after the other in one session,
/// and applies once. Each answer of the PBX takes the time that a fast real one needs.
/// </summary>
internal sealed class BulkCreateBenchmark : IBenchmark
{
    private const int Count = 200;
    private const int Rounds = 3;

    private static readonly TimeSpan PbxThinks = TimeSpan.FromMilliseconds(20);

    public string Name => "bulk-create";

    public string Summary => "extensions created per second by a bulk act, as a ratio to the bare adds over one connection";

    public async Task<IReadOnlyList<Bar>> RunAsync(BenchmarkConsole console, CancellationToken cancellationToken)
    {
        await using var database = await BenchmarkDatabase.StartAsync(kept: null, cancellationToken);
        List<double> ratios = [];
        for (var round = 1; round <= Rounds; round++)
        {
            await using var ucm = await UcmSimulator.StartAsync(
                new UcmSimulatorOptions { ApplyDelay = TimeSpan.FromMilliseconds(50), ApplySpacing = TimeSpan.FromMilliseconds(100) }, cancellationToken);
            ucm.Faults.ResponseDelay = PbxThinks;
            var ours = await CreateAsync(database, ucm, $"round{round}", cancellationToken);
            var sample = ucm.Requests.All.Last(request => request.Action == "addSIPAccountAndUser").Parameters;
            var bare = await SendBareAsync(ucm, sample, cancellationToken);
            ratios.Add(bare / ours);
            console.Say($"round {round}: bare adds {Count / bare.TotalSeconds:0.0}/s, bulk act {Count / ours.TotalSeconds:0.0}/s ({bare / ours:0.00}), {ucm.Accounts.Running.Count} on the PBX");
        }

        return [new Bar("bulk-create", BenchmarkConsole.Median(ratios), "ratio", 0.4, HigherIsBetter: true)];
    }

    private static async Task<TimeSpan> CreateAsync(BenchmarkDatabase database, UcmSimulator ucm, string slug, CancellationToken cancellationToken)
    {
        // A host, since what makes the PBX follow is a worker.
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(database.Settings.Configuration).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Jobs:StartDelay"] = "01:00:00",
            ["Extensions:GatherWindow"] = "00:00:00.050",
            ["Extensions:ApplySpacing"] = "00:00:00.150",
        });
        builder.Services.AddCallCenterInfrastructure();
        using var host = builder.Build();
        var services = host.Services;
        var tenant = await AddTenantAsync(services, slug, ucm, cancellationToken);
        await host.StartAsync(cancellationToken);

        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, "benchmark");
        var bulk = scope.ServiceProvider.GetRequiredService<IExtensionBulk>();
        var preview = Value(await bulk.PreviewRangeAsync(new ExtensionRangeForm { Count = Count }, cancellationToken));
        var watch = Stopwatch.StartNew();
        var run = Value(await bulk.StartCreateAsync(preview.Lines, cancellationToken));
        ExtensionRunProgress progress;
        do
        {
            await Task.Delay(20, cancellationToken);
            progress = Value(await bulk.GetRunAsync(run, cancellationToken));
        }
        while (progress.FinishedAtUtc is null);

        var elapsed = watch.Elapsed;
        await host.StopAsync(cancellationToken);
        return progress.Done == Count ? elapsed : throw new InvalidOperationException($"{progress.Done} of {Count} were created.");
    }

    private static async Task<TenantInfo> AddTenantAsync(IServiceProvider services, string slug, UcmSimulator ucm, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().SignIn(Guid.NewGuid(), "benchmark", isPlatformAdministrator: true, remoteAddress: null);
        var form = new TenantForm { Slug = slug, Name = slug, TimeZoneId = "Europe/Dublin", CountryCode = "IE", Language = "en" };
        var owner = new PersonForm { UserName = slug, DisplayName = slug, Email = $"{slug}@example.com", Role = TenantRole.Owner };
        var tenant = Value(await scope.ServiceProvider.GetRequiredService<ITenantAdministration>().CreateAsync(form, owner, cancellationToken)).Info;

        await using var inside = services.CreateAsyncScope();
        inside.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, "benchmark");
        var settings = inside.ServiceProvider.GetRequiredService<ITenantSettings>();
        var user = ucm.Options.Users[0];
        var pbx = new PbxForm
        {
            Kind = PbxKind.Ucm,
            Host = ucm.Address.Host,
            Port = ucm.Port,
            WebSocketPath = ucm.Options.WebSocketPath,
            ApiUser = user.Name,
            ApiPassword = user.Password,
            PinnedCertificateSha256 = ucm.CertificateSha256,
        };
        Check((await settings.SaveAsync(pbx, 0, cancellationToken)).Saved is not null);
        Check((await settings.SaveAsync(new ExtensionForm { Start = "1000", End = "1999" }, 0, cancellationToken)).Saved is not null);
        return tenant;
    }

    private static void Check(bool saved)
    {
        if (!saved)
        {
            throw new InvalidOperationException("The settings were not saved.");
        }
    }

    private static async Task<TimeSpan> SendBareAsync(UcmSimulator ucm, IReadOnlyDictionary<string, string> sample, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => ((X509Certificate2)certificate!).GetCertHashString(HashAlgorithmName.SHA256) == ucm.CertificateSha256 },
        });
        var user = ucm.Options.Users[0];
        var challenge = (await SendAsync("challenge", new JsonObject { ["user"] = user.Name }))["response"]!["challenge"]!.GetValue<string>();
        var token = Token(challenge, user.Password);
        var cookie = (await SendAsync("login", new JsonObject { ["user"] = user.Name, ["token"] = token }))["response"]!["cookie"]!.GetValue<string>();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Count; i++)
        {
            var add = new JsonObject { ["cookie"] = cookie };
            foreach (var (name, value) in sample.Where(pair => pair.Key is not ("action" or "cookie")))
            {
                add[name] = value == "***" ? name == "vmsecret" ? "482913" : "Qw7!bench-Pass" : value;
            }

            add["extension"] = (8000 + i).ToString(CultureInfo.InvariantCulture);
            CheckReply(await SendAsync("addSIPAccountAndUser", add));
        }

        CheckReply(await SendAsync("applyChanges", new JsonObject { ["cookie"] = cookie }));
        return watch.Elapsed;

        async Task<JsonNode> SendAsync(string action, JsonObject request)
        {
            request["action"] = action;
            using var content = new StringContent(new JsonObject { ["request"] = request }.ToJsonString(), Encoding.UTF8);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await http.PostAsync(new Uri(ucm.Address, "/api"), content, cancellationToken);
            return JsonNode.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken))!;
        }

        static void CheckReply(JsonNode reply)
        {
            if (reply["status"]!.GetValue<int>() != 0)
            {
                throw new InvalidOperationException($"The simulated UCM answered {reply["status"]}.");
            }
        }
    }

    [SuppressMessage("Security", "CA5351", Justification = "The vendor's protocol demands MD5.")]
    private static string Token(string challenge, string password) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(challenge + password)));

    private static T Value<T>(Result<T> result) => result.Error is { } error ? throw new InvalidOperationException(error.Code) : result.Value;
}
