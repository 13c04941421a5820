using CallCenter.Core.Identity;
using CallCenter.Core.Teams;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Work;

namespace CallCenter.Tests.Teams;

public sealed class TeamsServiceTests : IAsyncLifetime
{
    private WorkHost _host = null!;
    private Guid _person;

    public async Task InitializeAsync()
    {
        _host = await WorkHost.CreateAsync();
        await using var owner = _host.As(TenantRole.Owner);
        var added = await owner.Get<ITenantPeople>().CreateAsync(new PersonForm { DisplayName = "Nora Quinn", UserName = "nora", Email = "nora@example.test", Role = TenantRole.Agent });
        _person = added.Value.UserId;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task OtherTenantsTeam_IsNeitherSeenNorChanged()
    {
        await using var admin = _host.As(TenantRole.Admin);
        var id = (await admin.Get<ITeams>().CreateAsync(new TeamForm { Name = "Sales", Members = { _person }, Groups = { "6500" } })).Value;
        await using var other = _host.As(TenantRole.Admin, _host.Other);
        var theirs = other.Get<ITeams>();

        Assert.Empty((await theirs.ListAsync()).Value);
        Assert.Equal(TeamErrors.NotFound, (await theirs.ChangeAsync(id, new TeamForm { Name = "Theirs" }, 0)).Error);
        Assert.Equal(TeamErrors.NotFound, (await theirs.DeleteAsync(id, 0)).Error);
        Assert.Equal(TeamErrors.PersonUnknown, (await theirs.CreateAsync(new TeamForm { Name = "Spies", Members = { _person } })).Error);
        var team = Assert.Single((await admin.Get<ITeams>().ListAsync()).Value);
        Assert.Equal(("Sales", "Nora Quinn", "6500"), (team.Name, Assert.Single(team.Members).Name, Assert.Single(team.Groups).Number));
    }

    [Fact]
    public async Task Change_PeopleOnly_CountsAsAChange()
    {
        await using var admin = _host.As(TenantRole.Admin);
        var teams = admin.Get<ITeams>();
        var id = (await teams.CreateAsync(new TeamForm { Name = "Sales" })).Value;
        var version = Assert.Single((await teams.ListAsync()).Value).Version;

        Assert.True((await teams.ChangeAsync(id, new TeamForm { Name = "Sales", Members = { _person } }, version)).Succeeded);
        Assert.Equal(TeamErrors.Changed, (await teams.ChangeAsync(id, new TeamForm { Name = "Sales" }, version)).Error);
        Assert.Single(Assert.Single((await teams.ListAsync()).Value).Members);
    }

    [Fact]
    public async Task Delete_TakenBack_HasItsPeopleAndQueues()
    {
        await using var admin = _host.As(TenantRole.Admin);
        var teams = admin.Get<ITeams>();
        await teams.CreateAsync(new TeamForm { Name = "Sales", Members = { _person }, Groups = { "6500", "6501" } });
        var team = Assert.Single((await teams.ListAsync()).Value);

        var deleted = (await teams.DeleteAsync(team.Id, team.Version)).Value;
        Assert.Empty((await teams.ListAsync()).Value);
        Assert.True((await teams.CreateAsync(deleted)).Succeeded);

        var back = Assert.Single((await teams.ListAsync()).Value);
        Assert.Equal(["6500", "6501"], back.Groups.Select(group => group.Number));
        Assert.Equal(_person, Assert.Single(back.Members).UserId);
    }

    [Fact]
    public async Task Everything_WithoutPermission_IsDenied()
    {
        await using var supervisor = _host.As(TenantRole.Supervisor);
        await using var manager = _host.As(TenantRole.Manager);

        Assert.Equal(AccessErrors.Denied, (await supervisor.Get<ITeams>().ListAsync()).Error);
        Assert.Equal(AccessErrors.Denied, (await supervisor.Get<ITeams>().ReadChoicesAsync()).Error);
        Assert.True((await manager.Get<ITeams>().ListAsync()).Succeeded);
        Assert.Equal(AccessErrors.Denied, (await manager.Get<ITeams>().CreateAsync(new TeamForm { Name = "Mine" })).Error);
    }

    [Fact]
    public async Task Create_NameMissingOrTaken_IsRefused()
    {
        await using var admin = _host.As(TenantRole.Admin);
        var teams = admin.Get<ITeams>();
        await teams.CreateAsync(new TeamForm { Name = "Sales" });

        Assert.Equal(TeamErrors.NameTaken, (await teams.CreateAsync(new TeamForm { Name = " SALES " })).Error);
        Assert.Equal(TeamErrors.NameMissing, (await teams.CreateAsync(new TeamForm { Name = " " })).Error);
        Assert.Equal(TeamErrors.NameTooLong, (await teams.CreateAsync(new TeamForm { Name = new string('x', 81) })).Error);
    }
}
