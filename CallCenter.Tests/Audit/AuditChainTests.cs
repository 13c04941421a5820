using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CallCenter.Tests.Audit;

public sealed class AuditChainTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private TestDatabase _database = null!;
    private TenantInfo _tenant = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await _database.AddTenantAsync();
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Verify_UntouchedChain_IsIntact()
    {
        await WriteAsync(5);

        var result = await VerifyAsync();

        Assert.Equal(new AuditVerification(5, null), result);
    }

    [Theory]
    [InlineData("UPDATE \"AuditEntries\" SET \"SubjectName\" = 'someone else' WHERE \"Sequence\" = 3", 3, AuditBreakKind.Changed)]
    [InlineData("UPDATE \"AuditEntries\" SET \"AtUtc\" = \"AtUtc\" + interval '1 second' WHERE \"Sequence\" = 2", 2, AuditBreakKind.Changed)]
    [InlineData("UPDATE \"AuditEntries\" SET \"ActorId\" = gen_random_uuid() WHERE \"Sequence\" = 1", 1, AuditBreakKind.Changed)]
    [InlineData("UPDATE \"AuditEntries\" SET \"After\" = '{}' WHERE \"Sequence\" = 4", 4, AuditBreakKind.Changed)]
    [InlineData("UPDATE \"AuditEntries\" SET \"HashVersion\" = 7 WHERE \"Sequence\" = 4", 4, AuditBreakKind.Changed)]
    [InlineData("DELETE FROM \"AuditEntries\" WHERE \"Sequence\" = 1", 1, AuditBreakKind.Missing)]
    [InlineData("DELETE FROM \"AuditEntries\" WHERE \"Sequence\" = 3", 3, AuditBreakKind.Missing)]
    [InlineData("DELETE FROM \"AuditEntries\" WHERE \"Sequence\" >= 4", 4, AuditBreakKind.Truncated)]
    [InlineData("DELETE FROM \"AuditEntries\"", 1, AuditBreakKind.Truncated)]
    [InlineData("UPDATE \"AuditHeads\" SET \"Sequence\" = 4 WHERE \"Sequence\" = 5", 0, AuditBreakKind.HeadWrong)]
    [InlineData("UPDATE \"AuditHeads\" SET \"Sequence\" = 4, \"Hash\" = (SELECT \"Hash\" FROM \"AuditEntries\" WHERE \"Sequence\" = 4) WHERE \"Sequence\" = 5", 5, AuditBreakKind.HeadWrong)]
    [InlineData("DELETE FROM \"AuditHeads\" WHERE \"Sequence\" = 5", 0, AuditBreakKind.HeadWrong)]
    public async Task Verify_TamperedChain_NamesTheFirstBreak(string tampering, long sequence, AuditBreakKind kind)
    {
        await WriteAsync(5);
        await TamperAsync(tampering);

        var result = await VerifyAsync();

        Assert.NotNull(result.Break);
        Assert.Equal((sequence, kind), (result.Break.Sequence, result.Break.Kind));
    }

    [Fact]
    public async Task Verify_EntryRewrittenWithARightHash_BreaksAtTheNext()
    {
        await WriteAsync(3);
        await using var db = _database.As(_tenant).CreateDbContext();
        var second = await db.Set<AuditEntry>().SingleAsync(e => e.Sequence == 2);
        var forged = Convert.ToHexStringLower(AuditHash.Compute(
            second.PreviousHash, second.TenantId, 2, second.AtUtc, second.ActorId, "forger", second.RemoteAddress, second.Action,
            second.SubjectType, second.SubjectId, second.SubjectName, second.Before, second.After));
        await TamperAsync($"UPDATE \"AuditEntries\" SET \"ActorName\" = 'forger', \"Hash\" = '\\x{forged}' WHERE \"Sequence\" = 2");

        var result = await VerifyAsync();

        Assert.Equal((3L, AuditBreakKind.Replaced), (result.Break!.Sequence, result.Break.Kind));
    }

    [Fact]
    public async Task Save_ManyWritersAtOnce_MakeOneWholeChain()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => WriteAsync(5)));

        Assert.Equal(new AuditVerification(40, null), await VerifyAsync());
    }

    [Fact]
    public async Task Save_ChangeFails_LeavesNoEntryAndASecondAttemptWorks()
    {
        var factory = _database.Global();
        await using var db = factory.CreateDbContext();
        var tenant = NewTenant("test");
        db.Add(tenant);
        Trail(new ScopeContext()).AppendPlatform(db, Note(1));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        tenant.Slug = "other";
        await db.SaveChangesAsync();

        await using var read = _database.Global().CreateDbContext();
        Assert.Equal(1, await AllEntries(read).CountAsync());
        Assert.True(await read.Set<Tenant>().AnyAsync(t => t.Slug == "other"));
    }

    [Fact]
    public async Task Save_CallersTransactionRolledBack_TakesEntryAndHeadBack()
    {
        await WriteAsync(1);
        await using (var db = _database.As(_tenant).CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            Trail(Scope(_tenant)).Append(db, Note(2));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        await WriteAsync(1);

        Assert.Equal(new AuditVerification(2, null), await VerifyAsync());
    }

    [Theory]
    [InlineData("UPDATE \"AuditEntries\" SET \"Action\" = 'x'")]
    [InlineData("DELETE FROM \"AuditEntries\"")]
    [InlineData("TRUNCATE \"AuditEntries\"")]
    public async Task Trigger_ChangeByHand_IsRefused(string sql)
    {
        await WriteAsync(1);
        await using var db = _database.Global().CreateDbContext();

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync(sql));

        Assert.Contains("never changed", refusal.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveChanges_EntryChangedOrAddedByHand_IsRefused()
    {
        await WriteAsync(1);
        await using var db = _database.As(_tenant).CreateDbContext();
        var entry = await db.Set<AuditEntry>().SingleAsync();
        db.Remove(entry);

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        db.Entry(entry).State = EntityState.Modified;
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        db.Entry(entry).State = EntityState.Added;
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task Read_OtherTenantsChain_ShowsNothingOfIt()
    {
        await WriteAsync(3);
        var other = await _database.AddTenantAsync("other");

        var page = await Log(Owner(other)).ReadAsync(AuditChain.Tenant, new AuditFilter(), null, 50);
        var detail = await Log(Owner(other)).GetAsync(AuditChain.Tenant, 1);

        Assert.Empty(page.Value.Rows);
        Assert.Equal(AuditErrors.NotFound, detail.Error);
    }

    [Theory]
    [InlineData(TenantRole.Agent)]
    [InlineData(TenantRole.Manager)]
    public async Task Read_RoleWithoutPermission_IsDenied(TenantRole role)
    {
        var log = Log(Person(_tenant, role));

        Assert.Equal(AccessErrors.Denied, (await log.ReadAsync(AuditChain.Tenant, new AuditFilter(), null, 50)).Error);
        Assert.Equal(AccessErrors.Denied, (await log.GetAsync(AuditChain.Tenant, 1)).Error);
        Assert.Equal(AccessErrors.Denied, (await log.VerifyAsync(AuditChain.Tenant)).Error);
        Assert.Equal(AccessErrors.Denied, (await log.GetActionsAsync(AuditChain.Tenant)).Error);
        Assert.Equal(AccessErrors.Denied, (await log.ReadAsync(AuditChain.Platform, new AuditFilter(), null, 50)).Error);
    }

    [Fact]
    public async Task Read_PageByPage_GivesEveryRowOnceInBothDirections()
    {
        await WriteAsync(25);
        var log = Log(Owner(_tenant));

        var first = (await log.ReadAsync(AuditChain.Tenant, new AuditFilter(), null, 10)).Value;
        var second = (await log.ReadAsync(AuditChain.Tenant, new AuditFilter(), first.Older, 10)).Value;
        var third = (await log.ReadAsync(AuditChain.Tenant, new AuditFilter(), second.Older, 10)).Value;
        var back = (await log.ReadAsync(AuditChain.Tenant, new AuditFilter(), third.Newer, 10)).Value;

        Assert.Equal(Enumerable.Range(1, 25).Reverse().Select(n => (long)n), first.Rows.Concat(second.Rows).Concat(third.Rows).Select(r => r.Sequence));
        Assert.Null(first.Newer);
        Assert.Null(third.Older);
        Assert.Equal(second.Rows, back.Rows);
        Assert.Equal(25, first.Total);
    }

    [Fact]
    public async Task Read_Filters_NarrowByEachPart()
    {
        await WriteAsync(3);
        var log = Log(Owner(_tenant));

        async Task<int> CountAsync(AuditFilter filter) => (await log.ReadAsync(AuditChain.Tenant, filter, null, 50)).Value.Total;

        Assert.Equal(1, await CountAsync(new AuditFilter { Subject = "SUBJECT 2" }));
        Assert.Equal(1, await CountAsync(new AuditFilter { Subject = "id-3" }));
        Assert.Equal(3, await CountAsync(new AuditFilter { Actor = "Job" }));
        Assert.Equal(0, await CountAsync(new AuditFilter { Actor = "nobody" }));
        Assert.Equal(3, await CountAsync(new AuditFilter { Action = "test." }));
        Assert.Equal(0, await CountAsync(new AuditFilter { Action = "test" }));
        Assert.Equal(0, await CountAsync(new AuditFilter { FromUtc = _clock.GetUtcNow().UtcDateTime.AddSeconds(1) }));
        Assert.Equal(0, await CountAsync(new AuditFilter { ToUtc = _clock.GetUtcNow().UtcDateTime }));
        Assert.Equal(["test.done"], (await log.GetActionsAsync(AuditChain.Tenant)).Value);
    }

    [Fact]
    public async Task Append_Secrets_NeverReachTheDatabase()
    {
        await using (var db = _database.As(_tenant).CreateDbContext())
        {
            Trail(Scope(_tenant)).Append(db, Note(1) with
            {
                Before = new AuditValues { ["host"] = "a", ["password"] = new Secret("old-secret"), ["same"] = new Secret("kept-secret") },
                After = new AuditValues { ["host"] = "b", ["password"] = new Secret("new-secret"), ["same"] = new Secret("kept-secret") },
            });
            await db.SaveChangesAsync();
        }

        var detail = (await Log(Owner(_tenant)).GetAsync(AuditChain.Tenant, 1)).Value;

        Assert.Equal(
            [new("host", "a", "b"), new("password", Secret.Mask, AuditValues.ChangedSecret), new("same", Secret.Mask, Secret.Mask)], detail.Changes);
        await using var read = _database.As(_tenant).CreateDbContext();
        var row = await read.Set<AuditEntry>().SingleAsync();
        Assert.DoesNotContain("secret", row.Before + row.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_TextsNoDatabaseKeeps_AreCleanedBeforeHashing()
    {
        await using (var db = _database.As(_tenant).CreateDbContext())
        {
            var nasty = "a\0b\ud800c" + new string('x', 400) + "😀";
            Trail(Scope(_tenant)).Append(db, new AuditNote("test.done", "user", "1", nasty) { After = new AuditValues { ["text"] = nasty } });
            await db.SaveChangesAsync();
        }

        Assert.True((await VerifyAsync()).Intact);
    }

    [Fact]
    public void Compute_KnownEntry_GivesTheDocumentedHash()
    {
        // From the documented form alone, by another program (python hashlib): a changed form must get a new version.
        var hash = AuditHash.Compute(
            AuditHash.Zero, new Guid("11111111-2222-3333-4444-555555555555"), 7, new DateTime(2026, 3, 2, 9, 8, 7, 65, DateTimeKind.Utc), null,
            "cdr-sync", null, "calls.synced", "pbx", "42", "Büro", null, "{\"rows\":\"12\"}");

        Assert.Equal("73fdc9547559db88ba2e38b644225e7c08802514fa042567bee2f71ca435280b", Convert.ToHexStringLower(hash));
    }

    private static AuditNote Note(int n) => new("test.done", AuditSubjects.User, $"id-{n}", $"Subject {n}") { After = new AuditValues { ["n"] = n } };

    private static Tenant NewTenant(string slug) => new()
    {
        Slug = slug,
        Name = slug,
        TimeZoneId = "Etc/UTC",
        CountryCode = "IE",
        Language = "en",
        CreatedAtUtc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
    };

    private static ScopeContext Scope(TenantInfo tenant)
    {
        var scope = new ScopeContext();
        scope.EnterAsSystem(tenant, "some-job");
        return scope;
    }

    private static ScopeContext Owner(TenantInfo tenant) => Person(tenant, TenantRole.Owner);

    private static ScopeContext Person(TenantInfo tenant, TenantRole role)
    {
        var scope = new ScopeContext();
        scope.SignIn(Guid.NewGuid(), "someone", isPlatformAdministrator: false, "192.0.2.1");
        scope.EnterTenant(tenant, role);
        return scope;
    }

    private static IQueryable<AuditEntry> AllEntries(CallCenterDbContext db) =>
        db.Set<AuditEntry>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter]);

    private AuditTrail Trail(ScopeContext scope) => new(scope, scope, _clock);

    private AuditLog Log(ScopeContext scope) => new(new ContextFactory(_database.Options, scope), scope, scope);

    private async Task<AuditVerification> VerifyAsync() => (await Log(Owner(_tenant)).VerifyAsync(AuditChain.Tenant)).Value;

    private async Task WriteAsync(int count)
    {
        for (var n = 1; n <= count; n++)
        {
            await using var db = _database.As(_tenant).CreateDbContext();
            Trail(Scope(_tenant)).Append(db, Note(n));
            await db.SaveChangesAsync();
        }
    }

    private async Task TamperAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await using (var disable = new NpgsqlCommand("ALTER TABLE \"AuditEntries\" DISABLE TRIGGER ALL", connection))
        {
            await disable.ExecuteNonQueryAsync();
        }

        await using var tamper = new NpgsqlCommand(sql, connection);
        await tamper.ExecuteNonQueryAsync();
    }
}
