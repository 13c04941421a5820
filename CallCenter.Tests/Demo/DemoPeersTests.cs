using CallCenter.Demo;
using CallCenter.Demo.Peers;
using CallCenter.Demo.Processes;
using CallCenter.Demo.Seeding;

namespace CallCenter.Tests.Demo;

public sealed class DemoPeersTests : IDisposable
{
    // Once: two starts of one test may have midnight between them.
    private readonly DateOnly _today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
    private readonly string _directory = Directory.CreateTempSubdirectory("callcenter-peers-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task StartAsync_Again_KeepsPortsPasswordsCertificatesAndCalls()
    {
        IReadOnlyList<DemoPeer> before;
        List<string> calls;
        DemoState state;
        await using (var first = await StartAsync(DemoState.Create() with { Ports = DemoPeers.AnyPorts }))
        {
            before = first.List;
            state = first.State;
            calls = Keys(first);
        }

        await using var second = await StartAsync(state);

        Assert.Equal(before, second.List);
        Assert.NotEmpty(calls);
        Assert.Equal(calls, Keys(second).Take(calls.Count));
    }

    [Fact]
    public async Task StartAsync_PortTaken_MovesAndRemembers()
    {
        var taken = LoopbackPorts.Free();
        using var rival = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, taken);
        rival.Start();
        var ports = new Dictionary<string, int>(DemoPeers.AnyPorts) { [DemoPlan.Demo.Pbx] = taken };

        await using var peers = await StartAsync(DemoState.Create() with { Ports = ports });

        Assert.NotEqual(taken, peers.Pbxs["demo"].Port);
        Assert.Equal(peers.Pbxs["demo"].Port, peers.State.Ports[DemoPlan.Demo.Pbx]);
    }

    [Fact]
    public async Task List_EveryPeer_HasItsControlAndOwnCredentials()
    {
        await using var peers = await StartAsync(DemoState.Create() with { Ports = DemoPeers.AnyPorts });
        using var http = new HttpClient();

        Assert.Equal(["ucm-demo", "ucm-riyadh", "gdms", "stun", "mail"], peers.List.Select(p => p.Name));
        Assert.NotEqual(peers.List[0].Password, peers.List[1].Password);
        foreach (var peer in peers.List)
        {
            Assert.StartsWith("{", await http.GetStringAsync($"{peer.Control}/faults"), StringComparison.Ordinal);
        }

        var page = await http.GetStringAsync(peers.Chaos);
        Assert.All(peers.List, peer => Assert.Contains($"action=\"/{peer.Name}/faults\"", page, StringComparison.Ordinal));
    }

    private static List<string> Keys(DemoPeers peers) => [.. peers.Pbxs["demo"].Ledger.Calls.Select(call => $"{call.Legs[0].AcctId} {call.Legs[0].Start:O}")];

    private Task<DemoPeers> StartAsync(DemoState state) =>
        DemoPeers.StartAsync(state, new DemoVolume(_today.AddDays(-4), CallsPerWorkday: 20), Path.Combine(_directory, "certificates"));
}
