using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using Microsoft.EntityFrameworkCore;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Work;

/// <summary>Who sees which calls, asked of every service that gives calls or what hangs on them.</summary>
public sealed class CallReachTests : IAsyncLifetime
{
    private readonly Guid _nora = Guid.NewGuid();
    private readonly Guid _liam = Guid.NewGuid();
    private WorkHost _host = null!;

    public async Task InitializeAsync() => _host = await WorkHost.CreateAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task EveryService_ByRole_GivesWhatIsInReachOnly()
    {
        await _host.HoldAsync("1001", _nora, Noon.AddDays(-1));
        await _host.HoldAsync("1002", _liam, Noon.AddDays(-1));
        await _host.WriteAsync([Leg(), Leg(uniqueId: "2.2", accountId: "2", answeredBy: "1002"), Leg(uniqueId: "3.3", accountId: "3", answeredBy: "1003")]);
        var calls = (await _host.CallsAsync()).ToDictionary(call => call.AnsweredBy, call => call.Id);
        var supervisor = Guid.NewGuid();
        await _host.TeamAsync("Sales", [_liam, supervisor], []);

        await AssertSeesAsync(_host.As(TenantRole.Agent, userId: _nora), calls, "1001");
        await AssertSeesAsync(_host.As(TenantRole.Agent, userId: _liam), calls, "1002");
        await AssertSeesAsync(_host.As(TenantRole.Supervisor, userId: supervisor), calls, "1002");
        await AssertSeesAsync(_host.As(TenantRole.Supervisor), calls);
        await AssertSeesAsync(_host.As(TenantRole.Manager), calls, "1001", "1002", "1003");
        await AssertSeesAsync(_host.As(TenantRole.Owner, _host.Other, _nora), calls);
    }

    [Fact]
    public async Task Agent_WhoGetsAnExtension_DoesNotGetTheCallsOfWhoeverHadIt()
    {
        await _host.HoldAsync("1001", _liam, Noon.AddDays(-10), Noon.AddMinutes(1));
        await _host.HoldAsync("1001", _nora, Noon.AddMinutes(1));
        await _host.WriteAsync([Leg(), Leg(uniqueId: "2.2", accountId: "2", second: 60), Leg(uniqueId: "3.3", accountId: "3", second: -86_400 * 20)]);

        Assert.Equal(Noon, Assert.Single(await SearchAsync(_host.As(TenantRole.Agent, userId: _liam))).StartedAtUtc);
        Assert.Equal(Noon.AddMinutes(1), Assert.Single(await SearchAsync(_host.As(TenantRole.Agent, userId: _nora))).StartedAtUtc);
    }

    [Fact]
    public async Task Supervisor_SeesTheQueuesOfTheTeam()
    {
        await _host.WriteAsync([Leg(), Leg(uniqueId: "2.2", accountId: "2", answeredBy: "1002")]);
        var call = (await _host.CallsAsync())[0].Id;
        await _host.ReadAsync(db => db.Set<Call>().Where(row => row.Id == call).ExecuteUpdateAsync(set => set.SetProperty(row => row.Queue, "6500")));
        await _host.TeamAsync("Support", [_nora], ["6500"]);
        await _host.TeamAsync("Others", [_liam], ["6501"]);

        Assert.Equal(call, Assert.Single(await SearchAsync(_host.As(TenantRole.Supervisor, userId: _nora))).Id);
        Assert.Empty(await SearchAsync(_host.As(TenantRole.Supervisor, userId: _liam)));
        Assert.Empty(await SearchAsync(_host.As(TenantRole.Agent, userId: _nora)));
    }

    [Fact]
    public async Task Client_LastCall_IsOneInReach()
    {
        await _host.HoldAsync("1001", _nora, Noon.AddDays(-1));
        await _host.WriteAsync([Leg(), Leg(uniqueId: "2.2", accountId: "2", answeredBy: "1002", second: 600)]);
        await using var manager = _host.As(TenantRole.Manager);
        await manager.Get<IClients>().CreateAsync(new ClientForm { Name = "Aoife", Numbers = { new ClientNumberForm { Number = "+353209100123" } } });
        await using var agent = _host.As(TenantRole.Agent, userId: _nora);
        await using var other = _host.As(TenantRole.Agent, userId: _liam);

        Assert.Equal(Noon.AddSeconds(600), Assert.Single((await manager.Get<IClients>().SearchAsync(ClientFilter.None)).Value.Rows).LastCallAtUtc);
        Assert.Equal(Noon, Assert.Single((await agent.Get<IClients>().SearchAsync(ClientFilter.None)).Value.Rows).LastCallAtUtc);
        Assert.Null(Assert.Single((await other.Get<IClients>().SearchAsync(ClientFilter.None)).Value.Rows).LastCallAtUtc);
    }

    [Fact]
    public async Task Read_SaysWhatIsHeldAndWhen()
    {
        await _host.HoldAsync("1001", _nora, Noon.AddDays(-1), Noon);
        await _host.HoldAsync("1002", _nora, Noon);
        await using var agent = _host.As(TenantRole.Agent, userId: _nora);

        var reach = await agent.Get<ICallReaches>().ReadAsync();

        Assert.Equal([new HeldExtension("1001", Noon.AddDays(-1), Noon), new HeldExtension("1002", Noon, null)], reach.Held);
        Assert.Equal((false, true, false, true), (reach.Held[0].Covers(Noon), reach.Held[0].Covers(Noon.AddTicks(-1)), reach.Held[1].Covers(Noon.AddTicks(-1)), reach.Held[1].Covers(Noon)));
        Assert.Empty(reach.Extensions);
    }

    private static async Task AssertSeesAsync(WorkHost.Person person, Dictionary<string, Guid> calls, params string[] answeredBy)
    {
        await using (person)
        {
            var log = person.Get<ICallLog>();
            var expected = answeredBy.Select(extension => calls[extension]).Order().ToList();
            Assert.Equal(expected, (await log.SearchAsync(CallFilter.None)).Value.Rows.Select(row => row.Id).Order());
            Assert.Equal(expected.Count, (await log.SumAsync(CallFilter.None)).Value.Calls);
            var streamed = new List<Guid>();
            await foreach (var row in log.StreamAsync(CallFilter.None))
            {
                streamed.Add(row.Id);
            }

            Assert.Equal(expected, streamed.Order());
            foreach (var (extension, call) in calls)
            {
                var may = answeredBy.Contains(extension);
                Assert.Equal(may ? null : CallErrors.NotFound, (await log.FindAsync(call)).Error);
                Assert.Equal(may ? null : CallErrors.NotFound, (await person.Get<ICallWork>().ReadAsync(call)).Error);
                Assert.Equal(may ? null : CallErrors.NotFound, (await person.Get<ICallWork>().AddTagAsync(call, "seen")).Error);
            }
        }
    }

    private static async Task<IReadOnlyList<CallRow>> SearchAsync(WorkHost.Person person)
    {
        await using (person)
        {
            return (await person.Get<ICallLog>().SearchAsync(CallFilter.None)).Value.Rows;
        }
    }
}
