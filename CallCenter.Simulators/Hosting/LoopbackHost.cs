using System.Net;
using System.Security.Cryptography.X509Certificates;
using CallCenter.Simulators.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Simulators.Hosting;

/// <summary>What a <see cref="LoopbackHost"/> listens with.</summary>
public sealed record LoopbackHostOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>HTTPS with a self-signed certificate, or plain HTTP.</summary>
    public bool Https { get; init; } = true;

    /// <summary>Common name of the certificate.</summary>
    public string CertificateName { get; init; } = "localhost";

    /// <summary>PKCS#12 file that keeps the certificate between runs; null makes a new one each time.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The misbehaviour to obey.</summary>
    public FaultSwitch Faults { get; init; } = new();
}

/// <summary>Kestrel on 127.0.0.1 for one simulated peer, with faults below (sockets, certificate) and above (responses) HTTP.</summary>
public sealed class LoopbackHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2? _certificate;
    private readonly Lazy<X509Certificate2> _wrongCertificate;

    private LoopbackHost(WebApplication app, LoopbackHostOptions options, X509Certificate2? certificate, Lazy<X509Certificate2> wrongCertificate)
    {
        _app = app;
        _certificate = certificate;
        _wrongCertificate = wrongCertificate;
        Faults = options.Faults;
        Address = new Uri(app.Urls.Single());
    }

    /// <summary>Scheme, 127.0.0.1 and port.</summary>
    public Uri Address { get; }

    /// <summary>The port that is listened on.</summary>
    public int Port => Address.Port;

    /// <summary>The misbehaviour of this host.</summary>
    public FaultSwitch Faults { get; }

    /// <summary>SHA-256 of the right certificate as 64 upper-case hex digits; null without HTTPS.</summary>
    public string? CertificateSha256 => _certificate?.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);

    /// <summary>Starts listening; returns when connections are accepted.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LoopbackHost> StartAsync(
        LoopbackHostOptions options, RequestDelegate handler, CancellationToken cancellationToken = default)
    {
        X509Certificate2? certificate = null;
        // Making a key takes a while, and few hosts ever show it.
        var wrong = new Lazy<X509Certificate2>(() => SelfSignedCertificate.Create("another.example.test"));
        if (options.Https)
        {
            certificate = options.CertificateFile is { } file
                ? SelfSignedCertificate.LoadOrCreate(file, options.CertificateName)
                : SelfSignedCertificate.Create(options.CertificateName);
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (options.Https)
                {
                    listen.UseHttps(https => https.ServerCertificateSelector =
                        (_, _) => options.Faults.WrongCertificate ? wrong.Value : certificate);
                }
            });
        });

        // Kestrel asks the factory registered last first.
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => new SwitchedListenerFactory(
            new SocketTransportFactory(
                services.GetRequiredService<IOptions<SocketTransportOptions>>(),
                services.GetRequiredService<ILoggerFactory>()),
            options.Faults));

        // Long-lived WebSockets and slow answers must not hold up the end of a test.
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));

        var app = builder.Build();
        app.UseWebSockets();
        var spoiled = new FaultMiddleware(options.Faults, handler);
        app.Run(spoiled.InvokeAsync);
        await app.StartAsync(cancellationToken);
        return new LoopbackHost(app, options, certificate, wrong);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _certificate?.Dispose();
        if (_wrongCertificate.IsValueCreated)
        {
            _wrongCertificate.Value.Dispose();
        }
    }
}
