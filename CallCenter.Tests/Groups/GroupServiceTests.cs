using CallCenter.Core.Calls;
using CallCenter.Core.Groups;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Groups;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Figures;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Groups;

public sealed class GroupServiceTests : IAsyncLifetime
{
    private static readonly Guid Pbx = Guid.NewGuid();

    private readonly ManualClock _clock = new();
    private readonly IPbxGroups _source = Substitute.For<IPbxGroups>();
    private readonly IPbxDirectory _directory = Substitute.For<IPbxDirectory>();
    private TestDatabase _database = null!;
    private TenantInfo _tenant = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await _database.AddTenantAsync();
        _directory.GetAsync().ReturnsForAnyArgs(new PbxEndpoint(
            _tenant.Id, Pbx, PbxKind.Ucm, "127.0.0.1", 8089, "/ws", "cdrapi", new Core.Primitives.Secret("x"), null, "Etc/UTC"));
        _services = _database.CreateServices(services => services.AddSingleton<TimeProvider>(_clock).AddSingleton(_directory));
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Reading_ListedAndOnlyInCalls_KeepsNamesMembersAndWhatWasDecided()
    {
        var call = FigureCalls.Make(_tenant, Pbx, _clock.GetUtcNow().UtcDateTime, queue: "6509");
        await new FigureCalls(_database, _tenant, Pbx).AddAsync(call);
        Answer(new PbxGroupLine(PbxGroupKind.Queue, "6500", "Sales", ["1001", "1002"]));
        await ReadAsync();
        await SaveAsync("6500", form => form with { TargetSeconds = 60 });

        Answer(new PbxGroupLine(PbxGroupKind.Queue, "6500", "Sales and more", ["1001"]));
        await ReadAsync();

        var groups = await ListAsync();
        Assert.Equal([("6500", "Sales and more", "1001", 60), ("6509", "", "", 20)], groups.Select(group => (group.Number, group.Name, group.Members, group.TargetSeconds)));
        Assert.Null(groups[1].SeenAtUtc);
    }

    [Fact]
    public async Task Reading_PbxDoesNotAnswer_KeepsEverything()
    {
        Answer(new PbxGroupLine(PbxGroupKind.Queue, "6500", "Sales", []));
        await ReadAsync();
        _source.ListAsync(null!).ReturnsForAnyArgs(TelephonyErrors.Garbage);

        Assert.Equal(TelephonyErrors.Garbage, await ReadAsync());

        Assert.Equal("Sales", Assert.Single(await ListAsync()).Name);
    }

    [Fact]
    public async Task Save_TwoPeople_TheSecondIsTold()
    {
        Answer(new PbxGroupLine(PbxGroupKind.Queue, "6500", "Sales", []));
        await ReadAsync();
        var group = Assert.Single(await ListAsync());
        var form = GroupForm.Of(group);

        Assert.Null((await Groups().SaveAsync(group.Id, form with { TargetPercent = 90 }, group.Version)).Error);
        Assert.Equal(GroupErrors.Changed, (await Groups().SaveAsync(group.Id, form with { TargetPercent = 70 }, group.Version)).Error);
        Assert.Equal(90, Assert.Single(await ListAsync()).TargetPercent);
    }

    [Theory]
    [InlineData(25, 80, 5, null, "groups.target_seconds")]
    [InlineData(20, 0, 5, null, "groups.target_percent")]
    [InlineData(20, 80, 7, null, "groups.short_abandon_seconds")]
    [InlineData(20, 80, 5, 0, "groups.recording_days")]
    public async Task Save_OutOfBounds_IsRefusedAtItsField(int seconds, int percent, int shorts, int? days, string code)
    {
        var result = await Groups().SaveAsync(Guid.NewGuid(), new GroupForm(seconds, percent, ServiceLevelRule.AnsweredOnly, shorts, days), 0);

        Assert.Equal(code, result.Error?.Code);
        Assert.NotNull(result.Error?.Field);
    }

    [Fact]
    public async Task Save_OtherTenantsGroup_IsNotFound()
    {
        Answer(new PbxGroupLine(PbxGroupKind.Queue, "6500", "Sales", []));
        await ReadAsync();
        var group = Assert.Single(await ListAsync());
        var other = await _database.AddTenantAsync("other");
        await using var scope = Enter(other);

        var result = await scope.ServiceProvider.GetRequiredService<IGroups>().SaveAsync(group.Id, GroupForm.Of(group) with { TargetPercent = 1 }, group.Version);

        Assert.Equal(GroupErrors.NotFound, result.Error);
        Assert.Equal(80, Assert.Single(await ListAsync()).TargetPercent);
    }

    [Fact]
    public async Task Preview_LongerTarget_CountsLastWeekAnewAndStoresNothing()
    {
        var yesterday = _clock.GetUtcNow().UtcDateTime.AddDays(-1);
        await new FigureCalls(_database, _tenant, Pbx).AddAsync(
            FigureCalls.Make(_tenant, Pbx, yesterday, wait: 10), FigureCalls.Make(_tenant, Pbx, yesterday, wait: 50),
            FigureCalls.Make(_tenant, Pbx, yesterday, CallOutcome.Abandoned, wait: 55), FigureCalls.Make(_tenant, Pbx, yesterday.AddDays(-10), wait: 50));
        Answer(new PbxGroupLine(PbxGroupKind.Queue, "6500", "Sales", []));
        await ReadAsync();
        var group = Assert.Single(await ListAsync());

        var preview = (await Groups().PreviewAsync(group.Id, GroupForm.Of(group) with { TargetSeconds = 60, Rule = ServiceLevelRule.AbandonedIgnored })).Value;

        Assert.Equal((1, 3), (preview.Now.ServiceLevel.Part, preview.Now.ServiceLevel.Whole));
        Assert.Equal((2, 2), (preview.Then.ServiceLevel.Part, preview.Then.ServiceLevel.Whole));
        Assert.Equal(20, Assert.Single(await ListAsync()).TargetSeconds);
    }

    private void Answer(params IReadOnlyList<PbxGroupLine> lines) =>
        _source.ListAsync(null!).ReturnsForAnyArgs(new PbxGroupList(lines, new HashSet<PbxGroupKind> { PbxGroupKind.Queue }));

    private async Task<Core.Primitives.Error?> ReadAsync()
    {
        await using var scope = Enter(_tenant);
        var reading = new GroupReading(scope.ServiceProvider.GetRequiredService<IDbContextFactory<CallCenterDbContext>>(), _directory, _source, _clock);
        return (await reading.RunAsync(CancellationToken.None)).Error;
    }

    private async Task SaveAsync(string number, Func<GroupForm, GroupForm> change)
    {
        var group = (await ListAsync()).Single(group => group.Number == number);
        Assert.Null((await Groups().SaveAsync(group.Id, change(GroupForm.Of(group)), group.Version)).Error);
    }

    private async Task<IReadOnlyList<PbxGroup>> ListAsync() => (await Groups().ListAsync()).Value;

    private IGroups Groups() => Enter(_tenant).ServiceProvider.GetRequiredService<IGroups>();

    private AsyncServiceScope Enter(TenantInfo tenant)
    {
        var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, "test");
        return scope;
    }
}
