using CallCenter.Core.Extensions;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm;
using CallCenter.Infrastructure.Telephony.Ucm.Accounts;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Telephony.Ucm.Accounts;

/// <summary>The adapter and a simulated UCM with a few extensions, over a real socket.</summary>
internal sealed class UcmExtensionsHarness : IAsyncDisposable
{
    private UcmExtensionsHarness(UcmSimulator pbx, UcmGateway gateway, ManualClock clock)
    {
        (Pbx, Gateway, Clock) = (pbx, gateway, clock);
        Extensions = new UcmExtensions(gateway, NullLogger<UcmExtensions>.Instance);
    }

    public UcmSimulator Pbx { get; }

    public UcmGateway Gateway { get; }

    public UcmExtensions Extensions { get; }

    public ManualClock Clock { get; }

    public PbxEndpoint Endpoint => UcmLedgerSyncTests.Endpoint(Pbx);

    public static async Task<UcmExtensionsHarness> StartAsync(
        UcmQuirks? quirks = null, int extensions = 3, IReadOnlySet<string>? permissions = null, CallGeneratorOptions? calls = null)
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 10, 20, 12, 0, 0, TimeSpan.Zero));
        var pbx = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            TimeProvider = clock,
            Quirks = quirks ?? new UcmQuirks(),
            ApplyDelay = TimeSpan.Zero,
            Users = [new UcmApiUser("portalapi", ScriptedUcm.Password, permissions)],
            Calls = calls,
            Extensions = [.. Enumerable.Range(1001, extensions).Select(n => new SimExtension($"{n}", $"Person {n}"))],
            Conferences = [new SimGroup("6300", "Board", [])],
            PagingGroups = [new SimGroup("6200", "Hall", ["1001"])],
        });
        return new UcmExtensionsHarness(pbx, ScriptedUcm.Gateway(clock, o => o.RequestTimeout = TimeSpan.FromSeconds(10)), clock);
    }

    public static PbxExtension New(string number, ExtensionProfile? profile = null) => new(
        number, profile ?? new ExtensionProfile { Name = "Luis Demo", Email = "luis@example.test" }, PhoneSecrets.NewSecret(), PhoneSecrets.NewVoicemailPin(number));

    public static IReadOnlyList<ExtensionField> Fields(params string[] names) => [.. names.Select(n => ExtensionFields.Find(n)!)];

    public Task<PbxWrite> AddAsync(PbxExtension extension) => Extensions.AddAsync(Endpoint, extension);

    public async Task<PbxExtension?> FindAsync(string number) => (await Extensions.FindAsync(Endpoint, number)).Value;

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Pbx.DisposeAsync();
    }
}
