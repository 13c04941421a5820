using CallCenter.Core.Extensions;
using CallCenter.Core.Groups;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Worklist;
using CallCenter.Tests.Work;
using Microsoft.EntityFrameworkCore;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Worklist;

public sealed class WorklistTests : IAsyncLifetime
{
    private const string Aoife = "+353209100123";
    private const string Brian = "+353209100456";

    private WorkHost _host = null!;

    public async Task InitializeAsync() => _host = await WorkHost.CreateAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Everything_OfAnotherTenant_StaysAsItIs()
    {
        await _host.WriteAsync([GaveUp(0)]);
        await _host.WriteAsync([GaveUp(0), CalledBack(10)], _host.Other);
        var entry = Assert.Single(await ListAsync());
        await using var other = _host.As(TenantRole.Owner, _host.Other);
        var theirs = other.Get<IWorklist>();

        Assert.Empty((await theirs.ListAsync(new WorklistFilter())).Value.Page.Rows);
        Assert.Equal(WorklistErrors.NotFound, (await theirs.ClaimAsync(entry.Id)).Error);
        Assert.Equal(WorklistErrors.NotFound, (await theirs.ReleaseAsync(entry.Id)).Error);
        Assert.Equal(WorklistErrors.NotFound, (await theirs.DismissAsync(entry.Id, DismissReason.Settled, "")).Error);
        Assert.Equal(WorklistErrors.NotFound, (await theirs.RestoreAsync(entry.Id)).Error);
        await theirs.ChangePlanAsync(true, 5, 30);
        Assert.Equivalent(entry, Assert.Single(await ListAsync()));
        await using var manager = _host.As(TenantRole.Manager);
        Assert.False((await manager.Get<IWorklist>().ReadPlanAsync()).Value.IncludesDirect);
    }

    [Fact]
    public async Task Write_SeveralAbandonsOfOneCaller_AreOneEntryByWhoWaitsLongest()
    {
        await _host.WriteAsync([GaveUp(0, Brian, id: 1), GaveUp(-10, id: 2), GaveUp(20, id: 3)]);

        var rows = await ListAsync();

        Assert.Equal([(Aoife, 2), (Brian, 1)], rows.Select(row => (row.Number, row.Calls)));
        Assert.Equal((Noon.AddMinutes(-10), Noon.AddMinutes(20)), (rows[0].FirstAtUtc, rows[0].LastAtUtc));
        Assert.Equal(["6500"], rows[0].Groups);
        Assert.Equal(2, rows[0].CallIds.Count);
    }

    [Fact]
    public async Task Write_LaterCallToTheCaller_SettlesIt()
    {
        await _host.WriteAsync([GaveUp(0)]);
        await _host.WriteAsync([CalledBack(5, answered: false)]);
        var tried = Assert.Single(await ListAsync());
        Assert.Equal((1, Noon.AddMinutes(5)), (tried.Tries, tried.LastTryAtUtc));

        await _host.WriteAsync([CalledBack(9)]);

        Assert.Empty(await ListAsync());
        var settled = Assert.Single(await ListAsync(WorklistPart.Settled));
        Assert.Equal((tried.Id, WorklistState.CalledBack, Noon.AddMinutes(9), "1001"), (settled.Id, settled.State, settled.ClosedAtUtc, settled.ClosedBy));
    }

    [Fact]
    public async Task Write_CallerGetsThrough_SettlesIt()
    {
        await _host.WriteAsync([GaveUp(0), GotThrough(3)]);

        var settled = Assert.Single(await ListAsync(WorklistPart.Settled));
        Assert.Equal((WorklistState.CalledAgain, "1001"), (settled.State, settled.ClosedBy));
    }

    [Fact]
    public async Task Write_LateLegThatAnswersTheCall_TakesItOffTheList()
    {
        await _host.WriteAsync([GaveUp(0)]);
        Assert.Single(await ListAsync());

        await _host.WriteAsync([Leg(uniqueId: GaveUp(0).UniqueId, accountId: "late", second: 10, source: Aoife)]);

        Assert.Empty(await ListAsync());
        Assert.Empty(await ListAsync(WorklistPart.Settled));
    }

    [Fact]
    public async Task Write_ShortAbandonAndWithheldNumber_AreApart()
    {
        await _host.SaveAsync(db =>
        {
            db.Add(new PbxGroup { PbxId = WorkHost.Pbx, Number = "6500", Kind = PbxGroupKind.Queue, ShortAbandonSeconds = 40 });
            return Task.CompletedTask;
        });
        await _host.WriteAsync([GaveUp(0), GaveUp(1, Brian, seconds: 60, id: 2), GaveUp(2, "", seconds: 60, id: 3), GaveUp(3, "", seconds: 60, id: 4)]);

        Assert.Equal(Brian, Assert.Single(await ListAsync()).Number);
        Assert.Equal(Aoife, Assert.Single(await ListAsync(WorklistPart.Brief)).Number);
        Assert.Equal(2, (await ListAsync(WorklistPart.Withheld)).Count);
        await using var manager = _host.As(TenantRole.Manager);
        var withheld = (await ListAsync(WorklistPart.Withheld))[0];
        Assert.True((await manager.Get<IWorklist>().DismissAsync(withheld.Id, DismissReason.NotReachable, "")).Succeeded);
        Assert.Single(await ListAsync(WorklistPart.Withheld));
    }

    [Fact]
    public async Task Dismiss_TakenBack_IsOpenAgain_AndALaterAbandonIsNew()
    {
        await _host.WriteAsync([GaveUp(0)]);
        var entry = Assert.Single(await ListAsync());
        await using var manager = _host.As(TenantRole.Manager, name: "Mona Salem");
        var worklist = manager.Get<IWorklist>();

        Assert.Equal(WorklistErrors.NoteMissing, (await worklist.DismissAsync(entry.Id, DismissReason.Other, " ")).Error);
        Assert.True((await worklist.DismissAsync(entry.Id, DismissReason.WrongNumber, "a bakery")).Succeeded);
        Assert.Equal(WorklistErrors.Settled, (await worklist.DismissAsync(entry.Id, DismissReason.Settled, "")).Error);
        var settled = Assert.Single(await ListAsync(WorklistPart.Settled));
        Assert.Equal((entry.Id, WorklistState.Dismissed, DismissReason.WrongNumber, "a bakery", "Mona Salem"), (settled.Id, settled.State, settled.Reason, settled.Note, settled.ClosedBy));

        Assert.True((await worklist.RestoreAsync(entry.Id)).Succeeded);
        Assert.Equal(entry.Id, Assert.Single(await ListAsync()).Id);
        await worklist.DismissAsync(entry.Id, DismissReason.Settled, "");
        await _host.WriteAsync([GaveUp(30, id: 9)]);
        Assert.Equal(Noon.AddMinutes(30), Assert.Single(await ListAsync()).FirstAtUtc);
        Assert.Single(await ListAsync(WorklistPart.Settled));
    }

    [Fact]
    public async Task Claim_ByManyOnTwoNodes_IsOnePersons()
    {
        await _host.WriteAsync([GaveUp(0)]);
        var entry = Assert.Single(await ListAsync());
        await using var node = _host.AnotherNode();

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            await using var person = _host.As(TenantRole.Manager, node: i % 2 == 0 ? node : null, name: $"Person {i}");
            return (i, Result: await person.Get<IWorklist>().ClaimAsync(entry.Id));
        })));

        var winner = Assert.Single(results, result => result.Result.Succeeded);
        Assert.All(results.Where(result => result != winner), result => Assert.Equal(WorklistErrors.Claimed, result.Result.Error));
        Assert.Equal($"Person {winner.i}", Assert.Single(await ListAsync()).ClaimedBy);
    }

    [Fact]
    public async Task Claim_TimeIsOverOrGivenBack_IsFree()
    {
        await _host.WriteAsync([GaveUp(0)]);
        var entry = Assert.Single(await ListAsync());
        await using var nora = _host.As(TenantRole.Manager, name: "Nora Quinn");
        await using var liam = _host.As(TenantRole.Manager, name: "Liam Byrne");

        await nora.Get<IWorklist>().ClaimAsync(entry.Id);
        Assert.Equal(WorklistErrors.Claimed, (await liam.Get<IWorklist>().ClaimAsync(entry.Id)).Error);
        await nora.Get<IWorklist>().ReleaseAsync(entry.Id);
        Assert.True((await liam.Get<IWorklist>().ClaimAsync(entry.Id)).Succeeded);
        _host.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("", Assert.Single(await ListAsync()).ClaimedBy);
        Assert.True((await nora.Get<IWorklist>().ClaimAsync(entry.Id)).Succeeded);

        await _host.WriteAsync([GaveUp(10, id: 2)]);
        Assert.Equal(("Nora Quinn", 2), (Assert.Single(await ListAsync()).ClaimedBy, Assert.Single(await ListAsync()).Calls));
        await _host.WriteAsync([CalledBack(20)]);
        Assert.Equal(WorklistErrors.Settled, (await liam.Get<IWorklist>().ClaimAsync(entry.Id)).Error);
    }

    [Fact]
    public async Task List_ByRole_ShowsTheOwnQueues()
    {
        var (agent, supervisor) = (Guid.NewGuid(), Guid.NewGuid());
        await _host.WriteAsync([GaveUp(0), GaveUp(1, Brian, queue: "6501", id: 2)]);
        await _host.SaveAsync(db =>
        {
            db.Add(new PbxGroup { PbxId = WorkHost.Pbx, Number = "6501", Kind = PbxGroupKind.Queue, Members = "1001,1002" });
            var extension = Extension.Create(WorkHost.Pbx, "1002", false, new ExtensionProfile { Name = "x" }, "s", "p", "test", _host.Now, null);
            extension.Assign(agent);
            db.Add(extension);
            return Task.CompletedTask;
        });
        await _host.TeamAsync("Support", [supervisor], ["6500"]);

        Assert.Equal(Brian, Assert.Single(await ListAsync(person: _host.As(TenantRole.Agent, userId: agent))).Number);
        Assert.Equal(Aoife, Assert.Single(await ListAsync(person: _host.As(TenantRole.Supervisor, userId: supervisor))).Number);
        Assert.Empty(await ListAsync(person: _host.As(TenantRole.Agent)));
        Assert.Equal(2, (await ListAsync()).Count);
        await using var outsider = _host.As(TenantRole.Agent);
        Assert.Equal(WorklistErrors.NotFound, (await outsider.Get<IWorklist>().ClaimAsync((await ListAsync())[0].Id)).Error);
    }

    [Fact]
    public async Task ChangePlan_DirectCallsToo_ListIsMadeAnew()
    {
        await _host.WriteAsync([Leg(answeredBy: "")]);
        Assert.Empty(await ListAsync());
        await using var admin = _host.As(TenantRole.Admin);

        Assert.Equal(WorklistErrors.PlanWrong, (await admin.Get<IWorklist>().ChangePlanAsync(true, 0, 14)).Error);
        Assert.True((await admin.Get<IWorklist>().ChangePlanAsync(true, 15, 14)).Succeeded);
        await admin.Get<WorklistKeeping>().RunAsync(CancellationToken.None);
        Assert.Equal(Aoife, Assert.Single(await ListAsync()).Number);

        await admin.Get<IWorklist>().ChangePlanAsync(false, 15, 14);
        await admin.Get<WorklistKeeping>().RunAsync(CancellationToken.None);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Job_CallersOfLongAgo_AreForgotten()
    {
        await _host.WriteAsync([GaveUp(0)]);
        _host.Clock.Advance(TimeSpan.FromDays(15));
        await using var admin = _host.As(TenantRole.Admin);

        await admin.Get<WorklistKeeping>().RunAsync(CancellationToken.None);

        Assert.Equal((0, 0), await _host.ReadAsync(async db => (await db.Set<WorklistEntry>().CountAsync(), await db.Set<WorklistCall>().CountAsync())));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Write_InAnyOrderAndSplit_GivesTheSameList(int seed)
    {
        var random = new Random(seed);
        string[] numbers = [Aoife, Brian, "+353209100789", ""];
        var legs = Enumerable.Range(0, 60).Select(i =>
        {
            var number = numbers[random.Next(numbers.Length)];
            return random.Next(6) switch
            {
                0 or 1 or 2 => GaveUp(i, number, queue: random.Next(2) == 0 ? "6500" : "6501", seconds: random.Next(1, 60), id: i),
                3 when number.Length > 0 => CalledBack(i, number, answered: random.Next(2) == 0, id: i),
                _ => GotThrough(i, number, id: i),
            };
        }).ToList();
        await _host.WriteAsync(legs);
        var expected = await FactsAsync(_host.Tenant);

        foreach (var part in legs.OrderBy(_ => random.Next()).Concat(legs.Take(10)).Chunk(random.Next(1, 9)))
        {
            await _host.WriteAsync(part, _host.Other);
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected, await FactsAsync(_host.Other));
        Assert.Equal(
            await _host.ReadAsync(db => db.Set<WorklistEntry>().SumAsync(entry => entry.Calls)),
            await _host.ReadAsync(db => db.Set<WorklistCall>().CountAsync(), _host.Other));
    }

    private static CdrLeg GaveUp(int minute, string from = Aoife, string queue = "6500", int seconds = 30, int id = 1) =>
        Leg(uniqueId: $"17724{minute + 1000}.{id}", accountId: $"a{id}", second: minute * 60, duration: seconds, answeredBy: "", source: from, destination: queue) with
        {
            Action = LegAction.Queue,
            ActionTarget = queue,
            LastApplication = "Queue",
            ReachedDevice = false,
        };

    private static CdrLeg GotThrough(int minute, string from = Aoife, int id = 1) =>
        Leg(uniqueId: $"17725{minute + 1000}.{id}", accountId: $"c{id}", second: minute * 60, source: from);

    private static CdrLeg CalledBack(int minute, string to = Aoife, bool answered = true, int id = 1) =>
        Leg(uniqueId: $"17726{minute + 1000}.{id}", accountId: $"b{id}-{minute}", second: minute * 60, answeredBy: answered ? to : "", source: "1001", destination: to) with
        {
            Direction = CallDirection.Outbound,
            SourceTrunk = "",
            DestinationTrunk = "ITSP-A",
            SourceDevice = "1001",
            DestinationDevice = "trunk_1",
        };

    private async Task<IReadOnlyList<WorklistRow>> ListAsync(WorklistPart part = WorklistPart.Open, WorkHost.Person? person = null)
    {
        await using var asker = person ?? _host.As(TenantRole.Manager);
        return (await asker.Get<IWorklist>().ListAsync(new WorklistFilter(part))).Value.Page.Rows;
    }

    private Task<List<string>> FactsAsync(TenantInfo tenant) => _host.ReadAsync(async db =>
        (await db.Set<WorklistEntry>().AsNoTracking().ToListAsync())
        .Select(entry => $"{entry.E164} {entry.Number} {entry.FirstAtUtc:O} {entry.LastAtUtc:O} {entry.Calls} {entry.LongestWaitSeconds} {entry.IsShort} {entry.Groups} {entry.State} {entry.ClosedAtUtc:O} {entry.ClosedBy} {entry.Tries} {entry.LastTryAtUtc:O}")
        .Order(StringComparer.Ordinal).ToList(), tenant);
}
