using System.Collections.Concurrent;
using System.Net;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Infrastructure.Telephony.Gdms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Tests.Telephony.Gdms;

/// <summary>The GDMS adapter as registered, with short pauses, a policy to switch and its whole log.</summary>
internal sealed class GdmsHarness : ILoggerProvider, IOutboundPolicy
{
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Lazy<ServiceProvider> _services;

    public GdmsHarness(TimeProvider clock)
    {
        _services = new Lazy<ServiceProvider>(() => new ServiceCollection()
            .AddSingleton(clock)
            .AddSingleton<IOutboundPolicy>(this)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this))
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(Options))
            .AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build())
            .AddGdms()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true }));
    }

    public bool AllowLoopback { get; set; } = true;

    /// <summary>Changeable until the first use.</summary>
    public GdmsOptions Options { get; } = new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(10),
        MaxRetries = 2,
    };

    public IGdmsDirectory Directory => _services.Value.GetRequiredService<IGdmsDirectory>();

    public GdmsClient Client => _services.Value.GetRequiredService<GdmsClient>();

    public IReadOnlyCollection<string> Log => _log;

    public static GdmsAccount Account(string password = "Demo-Pass#1") =>
        new(GdmsRegion.Global, "portal", password, "100001", "DEMOSECRETDEMOSECRET");

    public ValueTask<Result<IReadOnlyList<IPAddress>>> ResolveAsync(string host, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<Result<IReadOnlyList<IPAddress>>>(
            AllowLoopback ? new[] { IPAddress.Loopback } : TelephonyErrors.AddressNotAllowed);

    public ILogger CreateLogger(string categoryName) => new Recorder(_log);

    public void Dispose()
    {
        if (_services.IsValueCreated)
        {
            _services.Value.Dispose();
        }
    }

    private sealed class Recorder(ConcurrentQueue<string> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
