using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Extensions;

public sealed class ExtensionServiceTests : IAsyncLifetime
{
    private readonly MemoryPbx _pbx = new();
    private ExtensionBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ExtensionBench.StartAsync(_pbx);

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task CreateAsync_WithoutNumber_TakesTheLowestFreeAndThePbxFollows()
    {
        _pbx.Seed("7100");
        _pbx.OtherNumbers.Add("7101");

        var id = (await _bench.CreateAsync()).Value;
        var before = await _bench.RowAsync(id);
        await _bench.FollowAsync();
        var after = await _bench.RowAsync(id);

        Assert.Equal(("7102", ExtensionState.Creating, ExtensionStep.Queued), (before.Number, before.State, before.Step));
        Assert.Equal((ExtensionState.Active, ExtensionStep.None, "ana"), (after.State, after.Step, after.RequestedBy));
        Assert.Equal("Ana", _pbx.Configured["7102"].Profile.Name);
        Assert.Equal(await _bench.SecretOfAsync(id), _pbx.Configured["7102"].Secret!.Reveal());
        Assert.NotNull(after.SecretSinceUtc);
        Assert.Equal(1, _pbx.Count("apply"));
        Assert.Equal([ExtensionAuditActions.CreateAsked, ExtensionAuditActions.Created], await _bench.AuditAsync());
    }

    [Fact]
    public async Task CreateAsync_NumbersOfTheWorld_AreRefusedEachWithItsError()
    {
        _pbx.Seed("7150");
        await _bench.CreateActiveAsync("7120");
        await using (var db = _bench.Db())
        {
            db.Add(Extension.Find(_bench.PbxId, "7130", new ExtensionProfile { Name = "Found" }, DateTime.UtcNow));
            await db.SaveChangesAsync();
        }

        Assert.Equal(ExtensionErrors.NumberTaken, (await _bench.CreateAsync("7120")).Error);
        Assert.Equal(ExtensionErrors.NumberTakenOnPbx, (await _bench.CreateAsync("7130")).Error);
        Assert.Equal(ExtensionErrors.NumberTakenOnPbx, (await _bench.CreateAsync("7150")).Error);
        Assert.Equal(ExtensionErrors.NumberFormat, (await _bench.CreateAsync("7x")).Error);
        Assert.Equal(ExtensionErrors.NameRequired.Code, (await _bench.CreateAsync("7160", " ")).Error!.Code);
        Assert.Equal("٧١٦١".Length, (await _bench.RowAsync((await _bench.CreateAsync("٧١٦١")).Value)).Number.Length);
        Assert.Equal("7161", (await _bench.RowsAsync()).Last().Number);
    }

    [Fact]
    public async Task CreateAsync_FiftyAtOnceOnTwoNodes_GetFiftyNumbers()
    {
        var other = _bench.AddNode();
        _pbx.Seed("7100");

        var created = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _bench.CreateAsync(name: $"Agent {i}", node: i % 2 == 0 ? _bench.Node : other)));

        Assert.All(created, result => Assert.True(result.Succeeded, result.Error?.Code));
        var numbers = (await _bench.RowsAsync()).Select(row => row.Number).ToList();
        Assert.Equal(Enumerable.Range(7101, 50).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)), numbers);
    }

    [Fact]
    public async Task CreateAsync_RangeEmpty_HasItsOwnErrorAndTheLastNumbersGoToSomebody()
    {
        await using var bench = await ExtensionBench.StartAsync(_pbx, "10", "14");
        _pbx.Seed("712");

        var created = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => bench.CreateAsync()));

        Assert.Equal(4, created.Count(result => result.Succeeded));
        Assert.All(created.Where(result => !result.Succeeded), result => Assert.Equal(ExtensionErrors.RangeExhausted, result.Error));
        Assert.Equal(ExtensionErrors.RangeExhausted, (await bench.UseAsync(e => e.SuggestNumberAsync())).Error);
        Assert.Equal(["710", "711", "713", "714"], (await bench.RowsAsync()).Select(row => row.Number));
    }

    [Fact]
    public async Task SuggestNumberAsync_PbxAway_KeepsToTheLastKnownList()
    {
        _pbx.Seed("7100");
        Assert.Equal("7101", (await _bench.UseAsync(e => e.SuggestNumberAsync())).Value);
        _pbx.Fault = (_, _) => MemoryFault.Unreachable;
        await _bench.CreateAsync();

        Assert.Equal("7102", (await _bench.UseAsync(e => e.SuggestNumberAsync())).Value);
    }

    [Fact]
    public async Task CreateAsync_AutoNumberThatThePbxHasAfterAll_TakesTheNextOne()
    {
        _pbx.Seed("7100");
        _pbx.OtherNumbers.Add("7101");
        _pbx.Unlisted.UnionWith(["7100", "7101"]);

        var auto = (await _bench.CreateAsync()).Value;
        await _bench.FollowAsync();
        _pbx.Unlisted.Add("7110");
        _pbx.Seed("7110");
        var named = (await _bench.CreateAsync("7110")).Value;
        await _bench.FollowAsync();

        var row = await _bench.RowAsync(auto);
        Assert.Equal((ExtensionState.Active, "7102"), (row.State, row.Number));
        Assert.Equal("Theirs", _pbx.Configured["7100"].Profile.Name);
        var refused = await _bench.RowAsync(named);
        Assert.Equal((ExtensionState.Failed, ExtensionErrors.NumberTakenOnPbx.Code), (refused.State, refused.ErrorCode));
        Assert.Equal("Theirs", _pbx.Configured["7110"].Profile.Name);
    }

    [Fact]
    public async Task ChangeAsync_Settings_WritesOnlyWhatDiffers()
    {
        var id = await _bench.CreateActiveAsync();
        var row = await _bench.RowAsync(id);

        var changed = await _bench.UseAsync(e => e.ChangeAsync(id, row.Wanted with { Name = "Basma", RingTimeoutSeconds = 20 }, row.Version));
        var again = await _bench.UseAsync(e => e.ChangeAsync(id, row.Wanted, row.Version + 1));
        await _bench.FollowAsync();

        Assert.True(changed.Succeeded, changed.Error?.Code);
        Assert.Equal(ExtensionErrors.Pending, again.Error);
        var after = await _bench.RowAsync(id);
        Assert.Equal((ExtensionState.Active, 0), (after.State, after.DifferenceCount));
        Assert.Equal(("Basma", 20), (_pbx.Configured[row.Number].Profile.Name, _pbx.Configured[row.Number].Profile.RingTimeoutSeconds));
        await using var db = _bench.Db();
        var note = await db.Set<AuditEntry>().SingleAsync(e => e.Action == ExtensionAuditActions.ChangeAsked);
        Assert.Equal(["name", "ringTimeout"], AuditValues.Parse(note.Before).Select(v => v.Key));
        Assert.Equal(["Basma", "20"], AuditValues.Parse(note.After).Select(v => v.Value));
    }

    [Fact]
    public async Task RotateSecretAsync_NewSecret_IsInForceOnBothSidesAndNowhereInTheLog()
    {
        var id = await _bench.CreateActiveAsync();
        var old = await _bench.SecretOfAsync(id);
        var row = await _bench.RowAsync(id);

        Assert.True((await _bench.UseAsync(e => e.RotateSecretAsync(id, row.Version))).Succeeded);
        await _bench.FollowAsync();

        var secret = await _bench.SecretOfAsync(id);
        Assert.NotEqual(old, secret);
        Assert.Equal(secret, _pbx.Configured[row.Number].Secret!.Reveal());
        Assert.Null((await _bench.RowAsync(id)).NextSecretProtected);
        await using var db = _bench.Db();
        var log = await db.Set<AuditEntry>().Select(e => e.Before + e.After).ToListAsync();
        Assert.All(log, text => Assert.DoesNotContain(secret!, text ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeleteAsync_InACall_WarnsFirst()
    {
        var id = await _bench.CreateActiveAsync();
        var row = await _bench.RowAsync(id);
        _pbx.Talking.Add(row.Number);

        var warned = await _bench.UseAsync(e => e.DeleteAsync(id, row.Version, evenInCall: false));
        var deleted = await _bench.UseAsync(e => e.DeleteAsync(id, row.Version, evenInCall: true));
        await _bench.FollowAsync();

        Assert.Equal(ExtensionErrors.InCall, warned.Error);
        Assert.True(deleted.Succeeded);
        Assert.Empty(await _bench.RowsAsync());
        Assert.Empty(_pbx.Configured);
        Assert.Equal(ExtensionAuditActions.Deleted, (await _bench.AuditAsync()).Last());
    }

    [Fact]
    public async Task AssignAsync_OnePersonOneExtension_WhoeverAsksAtOnce()
    {
        var person = await _bench.AddPersonAsync("basma");
        var gone = await _bench.AddPersonAsync("gone", disabled: true);
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await _bench.CreateAsync()).Value);
        }

        await _bench.FollowAsync();
        var other = _bench.AddNode();
        var rows = await _bench.RowsAsync();

        var assigned = await Task.WhenAll(rows.Select((row, i) =>
            _bench.UseAsync(e => e.AssignAsync(row.Id, person, row.Version), i % 2 == 0 ? _bench.Node : other)));
        var own = rows[Array.FindIndex(assigned, result => result.Succeeded)];
        var free = rows.First(row => row.Id != own.Id);

        Assert.Single(assigned, result => result.Succeeded);
        Assert.All(assigned.Where(result => !result.Succeeded), result => Assert.Equal(ExtensionErrors.UserHasExtension, result.Error));
        Assert.Equal(ExtensionErrors.UserUnknown, (await _bench.UseAsync(e => e.AssignAsync(free.Id, gone, free.Version))).Error);
        Assert.Equal(ExtensionErrors.UserHasExtension, (await _bench.CreateAsync(userId: person)).Error);
        Assert.Empty((await _bench.UseAsync(e => e.FindUsersAsync("bas", null))).Value);
        Assert.Equal("basma", Assert.Single((await _bench.UseAsync(e => e.FindUsersAsync("BAS", own.Id))).Value).UserName);

        Assert.True((await _bench.UseAsync(e => e.AssignAsync(own.Id, null, own.Version + 1))).Succeeded);
        Assert.True((await _bench.UseAsync(e => e.AssignAsync(free.Id, person, free.Version))).Succeeded);
        Assert.Equal(
            [ExtensionAuditActions.Assigned, ExtensionAuditActions.Released, ExtensionAuditActions.Assigned],
            (await _bench.AuditAsync()).Where(a => a is ExtensionAuditActions.Assigned or ExtensionAuditActions.Released));
    }

    [Fact]
    public async Task Everything_FromAnotherTenantOrWithoutPermission_IsRefused()
    {
        var id = await _bench.CreateActiveAsync();
        var version = (await _bench.RowAsync(id)).Version;
        var other = await _bench.Database.AddTenantAsync("other");

        Assert.Equal(ExtensionErrors.NotFound, (await _bench.UseAsync(e => e.GetAsync(id), tenant: other)).Error);
        Assert.Empty((await _bench.UseAsync(e => e.ListAsync(new ExtensionQuery()), tenant: other)).Value.Rows);
        Assert.Equal(0, (await _bench.UseAsync(e => e.GetQueueAsync(), tenant: other)).Value.Pending);
        foreach (var act in Acts(id, version))
        {
            Assert.Equal(ExtensionErrors.NotFound, (await _bench.UseAsync(act, tenant: other)).Error);
            Assert.Equal(AccessErrors.Denied, (await _bench.UseAsync(act, role: TenantRole.Manager)).Error);
        }

        Assert.Equal(AccessErrors.Denied, (await _bench.UseAsync(e => e.CreateAsync(new NewExtension()), role: TenantRole.Manager)).Error);
        Assert.Equal(AccessErrors.Denied, (await _bench.UseAsync(e => e.ListAsync(new ExtensionQuery()), role: TenantRole.Agent)).Error);
        Assert.Equal(AccessErrors.Denied, (await _bench.UseAsync(e => e.GetAsync(id), role: TenantRole.Agent)).Error);
        Assert.Equal(version, (await _bench.RowAsync(id)).Version);
    }

    [Fact]
    public async Task Acts_StaleVersionOrLockedAccount_AreRefused()
    {
        var id = await _bench.CreateActiveAsync();
        var row = await _bench.RowAsync(id);

        Assert.Equal(ExtensionErrors.Conflict, (await _bench.UseAsync(e => e.RotateSecretAsync(id, row.Version - 1))).Error);
        Assert.Equal(ExtensionErrors.WrongState, (await _bench.UseAsync(e => e.RetryAsync(id, row.Version))).Error);
        await using (var db = _bench.Db())
        {
            db.Add(new ExtensionPresence { ExtensionId = id, Locked = true });
            await db.SaveChangesAsync();
        }

        Assert.Equal(ExtensionErrors.Locked, (await _bench.UseAsync(e => e.ChangeAsync(id, row.Wanted, row.Version))).Error);
        Assert.Equal(ExtensionErrors.Locked, (await _bench.UseAsync(e => e.DeleteAsync(id, row.Version, false))).Error);
    }

    private static IEnumerable<Func<IExtensions, Task<Result>>> Acts(Guid id, int version) =>
    [
        e => e.ChangeAsync(id, new ExtensionProfile { Name = "X" }, version),
        e => e.RotateSecretAsync(id, version),
        e => e.AssignAsync(id, null, version),
        e => e.DeleteAsync(id, version, true),
        e => e.RetryAsync(id, version),
        e => e.GiveUpAsync(id, version),
    ];
}
