using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Figures;
using CallCenter.Tests.Erasure;
using CallCenter.Tests.Support;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Figures;

public sealed class FigureRecountTests : IAsyncLifetime
{
    private static readonly Guid Pbx = Guid.NewGuid();
    private static readonly DateOnly Day = DateOnly.FromDateTime(Noon);

    private readonly ManualClock _clock = new(new DateTimeOffset(Noon.AddDays(1), TimeSpan.Zero));
    private TestDatabase _database = null!;
    private TenantInfo _tenant = null!;
    private FigureCalls _calls = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await _database.AddTenantAsync("t" + Guid.NewGuid().ToString("N")[..8], "Asia/Kathmandu");
        _calls = new FigureCalls(_database, _tenant, Pbx);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Write_LegsInAnyOrderWithLateOnes_SumsEqualTheRecount()
    {
        var random = new Random(11);
        var legs = OneLegCalls(60).Concat(OneLegCalls(60).Select(leg => leg with
        {
            AccountId = "9" + leg.AccountId,
            StartUtc = leg.StartUtc.AddSeconds(-20),
            StartLocal = leg.StartLocal.AddSeconds(-20),
            AnsweredBy = "",
            Disposition = LegDisposition.NoAnswer,
            AnswerUtc = null,
            BillableSeconds = 0,
        })).OrderBy(_ => random.Next()).ToList();
        var writer = new CallWriter(_database.As(_tenant), new PostgreSqlCallBulkWriter(), [new FigureFollower(new PostgreSqlCallBulkWriter())], NoErasures.Numbers);

        foreach (var part in legs.Chunk(17))
        {
            await writer.WriteAsync(Pbx, part);
        }

        Assert.Equal(60, await KeptAsync());
        Assert.Null(await _calls.Recount(_clock).RunAsync(Pbx, Day, CancellationToken.None));
    }

    [Fact]
    public async Task Write_ManyQuartersOfWhichHalfAreThere_SumsEqualTheRecount()
    {
        // More rows than are added one by one: those that are stored are added to, the others copied in.
        var writer = new CallWriter(_database.As(_tenant), new PostgreSqlCallBulkWriter(), [new FigureFollower(new PostgreSqlCallBulkWriter())], NoErasures.Numbers);
        await writer.WriteAsync(Pbx, [.. QuarterHourly(0, 150, second: 0)]);

        await writer.WriteAsync(Pbx, [.. QuarterHourly(75, 150, second: 30)]);

        await using var db = _database.As(_tenant).CreateDbContext();
        Assert.Equal(225, await db.Set<FigureQuarter>().CountAsync());
        Assert.Equal(300, await db.Set<Call>().CountAsync());
        for (var day = 0; day < 4; day++)
        {
            Assert.Null(await _calls.Recount(_clock).RunAsync(Pbx, Day.AddDays(day), CancellationToken.None));
        }
    }

    [Fact]
    public async Task Write_CallsThatBecomeOne_TheAbsorbedOneIsTakenAway()
    {
        var writer = new CallWriter(_database.As(_tenant), new PostgreSqlCallBulkWriter(), [new FigureFollower(new PostgreSqlCallBulkWriter())], NoErasures.Numbers);
        await writer.WriteAsync(Pbx, [Leg(uniqueId: "1772452800.100", accountId: "1", session: "1772452800111-a"), Leg(uniqueId: "1772452900.200", accountId: "2", session: "1772452900222-b", second: 100)]);
        Assert.Equal(2, await KeptAsync());

        await writer.WriteAsync(Pbx, [Leg(uniqueId: "1772452900.200", accountId: "3", session: "1772452800111-a", second: 50)]);

        Assert.Equal(1, await KeptAsync());
        Assert.Null(await _calls.Recount(_clock).RunAsync(Pbx, Day, CancellationToken.None));
    }

    [Fact]
    public async Task Recount_DamagedSums_FindsMendsAndTells()
    {
        await _calls.AddAsync(Call(Noon), Call(Noon.AddMinutes(20), CallOutcome.Abandoned, 70), Call(Noon.AddHours(2)));
        foreach (var damage in new[]
        {
            """UPDATE "FigureQuarters" SET "Answered" = "Answered" + 5""",
            """DELETE FROM "FigureQuarters" """,
            """UPDATE "FigureQuarters" SET "LongestWaitSeconds" = 1""",
            """UPDATE "FigureDays" SET "TalkSeconds" = 0""",
            """DELETE FROM "FigureDays" WHERE "Kind" = 4""",
            """UPDATE "FigureAgentDays" SET "Answered" = 0""",
        })
        {
            await DamageAsync(damage);

            var found = await _calls.Recount(_clock).RunAsync(Pbx, Day, CancellationToken.None);

            Assert.True(found is { Rows: > 0, CallsCounted: 3 }, damage);
            Assert.Null(await _calls.Recount(_clock).RunAsync(Pbx, Day, CancellationToken.None));
            Assert.Equal(3, await KeptAsync());
        }
    }

    [Fact]
    public async Task Recount_OfOneTenant_LeavesTheOthersSums()
    {
        await _calls.AddAsync(Call(Noon));
        var other = await _database.AddTenantAsync("other", "Asia/Kathmandu");
        var others = new FigureCalls(_database, other, Pbx);
        await others.AddAsync(FigureCalls.Make(other, Pbx, Noon), FigureCalls.Make(other, Pbx, Noon));
        await DamageAsync($"""DELETE FROM "FigureDays" WHERE "TenantId" = '{_tenant.Id}'""");

        Assert.NotNull(await _calls.Recount(_clock).RunAsync(Pbx, Day, CancellationToken.None));

        Assert.Null(await others.Recount(_clock).RunAsync(Pbx, Day, CancellationToken.None));
        Assert.Null(await _calls.Recount(_clock).RunAsync(Pbx, Day, CancellationToken.None));
    }

    [Fact]
    public async Task Longest_CallWithTheLongestWaitGoes_TheNextLongestIsKept()
    {
        var (longest, next) = (Call(Noon, CallOutcome.Abandoned, 300), Call(Noon, wait: 40));
        await _calls.AddAsync(longest, next);

        await _calls.ApplyAsync([new CallChange(longest, [], null, [], null)]);

        await using var db = _database.As(_tenant).CreateDbContext();
        Assert.Equal(40, await db.Set<FigureQuarter>().MaxAsync(row => row.LongestWaitSeconds));
    }

    [Fact]
    public async Task Run_CallsOfBeforeTheSums_AreCountedOnceAndNotAsDifferences()
    {
        await using (var db = _database.As(_tenant).CreateDbContext())
        {
            db.AddRange(Call(Noon), Call(Noon.AddDays(-40)), Call(Noon.AddDays(-2)));
            db.Add(new CdrSyncState { PbxId = Pbx });
            await db.SaveChangesAsync();
        }

        await Proving().RunAsync(CancellationToken.None);

        Assert.Equal(3, await KeptAsync());
        var proof = (await Proving().ReadAsync()).Value;
        Assert.Null(proof.CountedBackTo);
        Assert.Empty(proof.Differences);
    }

    [Fact]
    public async Task Run_NextNightAfterDamage_IsFoundMendedAndShown()
    {
        await _calls.AddAsync(Call(Noon), Call(Noon.AddDays(-20)));
        await Proving().RunAsync(CancellationToken.None);
        await DamageAsync("""UPDATE "FigureDays" SET "Answered" = 7""");

        _clock.Advance(TimeSpan.FromDays(1));
        await Proving().RunAsync(CancellationToken.None);
        await Proving().RunAsync(CancellationToken.None);

        var proof = (await Proving().ReadAsync()).Value;
        Assert.Equal([Day, Day.AddDays(-20)], proof.Differences.Select(difference => difference.Day).OrderDescending());
        Assert.True(proof.ProvedDays > 1);
        Assert.Null(await _calls.Recount(_clock).RunAsync(Pbx, Day.AddDays(-20), CancellationToken.None));
    }

    [Fact]
    public async Task Run_TenantMovesToAnotherZone_DaysAreCutAnew()
    {
        await _calls.AddAsync(Call(Noon.AddHours(8)));
        await Proving().RunAsync(CancellationToken.None);
        var moved = _tenant with { TimeZoneId = "America/Lima" };

        await Proving(moved).RunAsync(CancellationToken.None);

        await using var db = _database.As(moved).CreateDbContext();
        var day = Assert.Single(await db.Set<FigureDay>().Where(row => row.Kind == SliceKind.Flow && EF.Property<int>(row, "Answered") > 0).ToListAsync());
        Assert.Equal(LocalDay.Of(Noon.AddHours(8), TimeZoneInfo.FindSystemTimeZoneById("America/Lima")).DayNumber, day.Day);
    }

    [Fact]
    public void Property_AnyWritesChangesAndAbsorptions_FoldToTheRecount() =>
        Prop.ForAll<int[]>(seeds =>
        {
            var time = new FigureTime(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu"));
            var kept = new FigureFold(_tenant.Id, Pbx, time);
            var calls = new Dictionary<int, (Call Call, IReadOnlyList<CallParticipant> Parts)>();
            foreach (var seed in seeds)
            {
                // A few calls only, so that most steps change or take away what an earlier one wrote.
                var random = new Random(seed);
                var key = random.Next(6);
                var before = calls.TryGetValue(key, out var known) ? known : ((Call, IReadOnlyList<CallParticipant>)?)null;
                if (before is not null && random.Next(3) == 0)
                {
                    kept.Add(new CallChange(before.Value.Item1, before.Value.Item2, null, [], null));
                    calls.Remove(key);
                    continue;
                }

                var call = Some(random);
                var parts = Enumerable.Range(1001, random.Next(3))
                    .Select(extension => FigureCalls.Part(call, $"{extension}", (CallPart)random.Next(1, 32), random.Next(100), random.Next(30))).ToList();
                kept.Add(new CallChange(before?.Item1, before?.Item2 ?? [], call, parts, null));
                calls[key] = (call, parts);
            }

            var counted = new FigureFold(_tenant.Id, Pbx, time);
            foreach (var (call, parts) in calls.Values)
            {
                counted.Add(CallFacts.Of(call), 1);
                counted.AddParts(CallFacts.Of(call), parts, 1);
            }

            return Same(kept.Quarters, counted.Quarters) && Same(kept.Days, counted.Days) && Same(kept.Agents, counted.Agents);
        }).Holds();

    private static bool Same(IEnumerable<FigureRow> left, IEnumerable<FigureRow> right) => Text(left).SequenceEqual(Text(right));

    private static IEnumerable<string> Text(IEnumerable<FigureRow> rows) =>
        rows.Where(row => row.Sums.Any(sum => sum != 0)).Select(row => $"{row.At} {row.SliceId} {string.Join(',', row.Sums)}").Order(StringComparer.Ordinal);

    private Call Some(Random random) => Call(
        Noon.AddMinutes(random.Next(0, 3_000)),
        (CallOutcome)random.Next(1, 8),
        random.Next(0, 400),
        random.Next(0, 600),
        random.Next(2) == 0 ? "" : $"{6500 + random.Next(3)}",
        (CallDirection)random.Next(1, 5));

    private Call Call(DateTime at, CallOutcome outcome = CallOutcome.Answered, int wait = 10, int talk = 60, string queue = "6500", CallDirection direction = CallDirection.Inbound) =>
        FigureCalls.Make(_tenant, Pbx, at, outcome, wait, talk, queue, direction);

    private FigureProving Proving(TenantInfo? tenant = null)
    {
        var scope = new ScopeContext();
        scope.EnterAsSystem(tenant ?? _tenant, "test");
        var contexts = _database.As(tenant ?? _tenant);
        var recount = new FigureRecount(contexts, new PostgreSqlCallBulkWriter(), new FigureStore(new PostgreSqlFigureText()), _clock);
        return new FigureProving(contexts, recount, scope, scope, _clock, NullLogger<FigureProving>.Instance);
    }

    private static IEnumerable<CdrLeg> QuarterHourly(int first, int count, int second) => Enumerable.Range(first, count)
        .Select(i => (i * 900) + second)
        .Select(at => Leg(uniqueId: $"{1772452800 + at}.{at}", accountId: $"{at}", second: at));

    private async Task<long> KeptAsync()
    {
        await using var db = _database.As(_tenant).CreateDbContext();
        var sums = 0L;
        var ask = new SumsAsk(FigureQuarterConfiguration.Table, nameof(FigureQuarter.Quarter), [(0, int.MaxValue)], Enum.GetNames<CallOutcome>());
        await foreach (var row in new FigureStore(new PostgreSqlFigureText()).ReadAsync(db, ask))
        {
            sums += row.Values.Sum();
        }

        return sums;
    }

    private async Task DamageAsync(string sql)
    {
        await using var db = _database.As(_tenant).CreateDbContext();
        Assert.True(await db.Database.ExecuteSqlRawAsync(sql) > 0);
    }
}
