using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;
using CallCenter.Tests.Erasure;
using CallCenter.Tests.Support;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Calls;

public sealed class CallLogTests : IAsyncLifetime
{
    private static readonly Guid Pbx = Guid.NewGuid();

    private readonly TenantInfo _tenant = new(Guid.NewGuid(), "demo", "Demo", "Europe/Dublin", "IE", "en");
    private readonly TenantInfo _other = new(Guid.NewGuid(), "other", "Other", "Asia/Riyadh", "SA", "ar");
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task FindAsync_OtherTenantsCall_IsNotFound()
    {
        await WriteAsync([Leg()]);
        var row = Assert.Single((await SearchAsync()).Rows);

        Assert.Equal(CallErrors.NotFound, (await LogOf(_other).FindAsync(row.Id)).Error);
        Assert.Empty((await LogOf(_other).SearchAsync(CallFilter.None)).Value.Rows);
        Assert.Equal(0, (await LogOf(_other).SearchAsync(CallFilter.None)).Value.Total);
        Assert.True((await LogOf(_tenant).FindAsync(row.Id)).Succeeded);
    }

    [Fact]
    public async Task SearchAsync_WithoutPermission_IsDenied()
    {
        var nobody = new ScopeContext();
        nobody.SignIn(Guid.NewGuid(), "someone", false, null);
        var log = TestCallLog.Of(_database.As(_tenant), nobody);

        Assert.Equal(AccessErrors.Denied, (await log.SearchAsync(CallFilter.None)).Error);
        Assert.Equal(AccessErrors.Denied, (await log.FindAsync(Guid.NewGuid())).Error);
    }

    [Fact]
    public async Task SearchAsync_PageByPage_ShowsEachCallOnceInBothDirections()
    {
        // Many calls within the same second, so that the id must decide.
        await WriteAsync([.. Enumerable.Range(0, 95).Select(i => Leg(uniqueId: $"{i}.1", accountId: $"{i}", second: i / 10))]);

        var down = new List<CallRow>();
        var page = await SearchAsync(count: 20);
        Assert.Null(page.Newer);
        down.AddRange(page.Rows);
        while (page.Older is { } older)
        {
            page = await SearchAsync(cursor: older, count: 20);
            down.AddRange(page.Rows);
        }

        var up = new List<CallRow>(page.Rows.Reverse());
        while (page.Newer is { } newer)
        {
            page = await SearchAsync(cursor: newer, count: 20);
            up.AddRange(page.Rows.Reverse());
        }

        Assert.Equal(95, down.Select(row => row.Id).Distinct().Count());
        Assert.Equal(down.OrderByDescending(row => row.StartedAtUtc).Select(row => row.StartedAtUtc), down.Select(row => row.StartedAtUtc));
        Assert.Equal(down.Select(row => row.Id).Order(), up.Select(row => row.Id).Distinct().Order());
        Assert.Equal(95, (await SumAsync()).Calls);
    }

    [Fact]
    public async Task SearchAsync_CallsArriveMeanwhile_OlderPageStaysWhereItWas()
    {
        await WriteAsync(OneLegCalls(30));
        var first = await SearchAsync(count: 10);
        var expected = await SearchAsync(cursor: first.Older, count: 10);

        await WriteAsync(OneLegCalls(5, first: 100));

        var again = await SearchAsync(cursor: first.Older, count: 10);
        Assert.Equal(expected.Rows.Select(row => row.Id), again.Rows.Select(row => row.Id));
        Assert.Equal(5 + 10, (await SearchAsync(cursor: again.Newer, count: 15)).Rows.Count);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("o")]
    [InlineData("offffffffffffffff-00000000000000000000000000000000")]
    [InlineData("n12-xyz")]
    public async Task SearchAsync_CursorNotUnderstood_GivesTheNewestPage(string cursor)
    {
        await WriteAsync(OneLegCalls(3));

        Assert.Equal(3, (await SearchAsync(cursor: cursor)).Rows.Count);
    }

    [Fact]
    public async Task SearchAsync_DayOfClockChange_HoldsExactlyThatDayOfTheTenantsZone()
    {
        // Dublin leaves summer time on 25 October 2026: that day lasts from 23:00Z the day before to 24:00Z.
        var start = new DateTime(2026, 10, 24, 22, 30, 0, DateTimeKind.Utc);
        await WriteAsync([.. Enumerable.Range(0, 30).Select(i => At(start.AddHours(i), $"{i}.1"))]);

        var page = await SearchAsync(new CallFilter { From = new DateOnly(2026, 10, 25), To = new DateOnly(2026, 10, 25) });

        Assert.Equal(25, page.Total);
        Assert.Equal(start.AddHours(1), page.Rows[^1].StartedAtUtc);
        Assert.Equal(start.AddHours(25), page.Rows[0].StartedAtUtc);
    }

    [Theory]
    [InlineData("0123", 1)]
    [InlineData("+353 20 910 0123", 1)]
    [InlineData("1002", 1)]
    [InlineData("4960000", 2)]
    [InlineData("٤٩٦٠٠٠٠", 2)]
    [InlineData("55", 0)]
    public async Task SearchAsync_Number_FindsCallersDialledAndAnswering(string typed, int expected)
    {
        await WriteAsync([Leg(uniqueId: "1.1"), Leg(uniqueId: "2.1", accountId: "2", source: "0870000999", answeredBy: "1002")]);

        Assert.Equal(expected, (await SearchAsync(new CallFilter { Number = typed })).Total);
    }

    [Fact]
    public async Task SearchAsync_OutcomeAndDirection_Narrow()
    {
        await WriteAsync([Leg(uniqueId: "1.1"), Leg(uniqueId: "2.1", accountId: "2", answeredBy: "")]);

        Assert.Equal(1, (await SearchAsync(new CallFilter { Outcome = CallOutcome.NoAnswer })).Total);
        Assert.Equal(2, (await SearchAsync(new CallFilter { Direction = CallDirection.Inbound })).Total);
        Assert.Equal(0, (await SearchAsync(new CallFilter { Direction = CallDirection.Outbound })).Total);
    }

    [Fact]
    public async Task SearchAsync_FilterThatMakesNoSense_SaysSo()
    {
        var log = LogOf(_tenant);

        Assert.Equal(CallErrors.NumberWithoutDigits, (await log.SearchAsync(new CallFilter { Number = "abc" })).Error);
        Assert.Equal(
            CallErrors.RangeBackwards,
            (await log.SearchAsync(new CallFilter { From = new DateOnly(2026, 2, 2), To = new DateOnly(2026, 2, 1) })).Error);
    }

    [Fact]
    public async Task FindAsync_Call_ComesWithItsLegsByStart()
    {
        await WriteAsync([Leg(accountId: "10", second: 30), Leg(accountId: "9", second: 30), Leg(accountId: "8", answeredBy: "", duration: 30)]);
        var row = Assert.Single((await SearchAsync()).Rows);

        var detail = (await LogOf(_tenant).FindAsync(row.Id)).Value;

        Assert.Equal([Noon, Noon.AddSeconds(30), Noon.AddSeconds(30)], detail.Legs.Select(leg => leg.StartedAtUtc));
        Assert.Equal(DateTimeKind.Utc, detail.Legs[0].StartedAtUtc.Kind);
        Assert.Equal(row, detail.Call);
    }

    private static CdrLeg At(DateTime utc, string uniqueId) => Leg(uniqueId: uniqueId) with
    {
        StartUtc = utc,
        StartLocal = DateTime.SpecifyKind(utc, DateTimeKind.Unspecified),
        AnswerUtc = utc,
        EndUtc = utc.AddSeconds(60),
    };

    private CallLog LogOf(TenantInfo tenant)
    {
        var scope = new ScopeContext();
        scope.EnterAsSystem(tenant, "test");
        return TestCallLog.Of(_database.As(tenant), scope);
    }

    private async Task<KeysetPage<CallRow>> SearchAsync(CallFilter? filter = null, string? cursor = null, int count = 50) =>
        (await LogOf(_tenant).SearchAsync(filter ?? CallFilter.None, cursor, count)).Value;

    private async Task<CallSums> SumAsync(CallFilter? filter = null) => (await LogOf(_tenant).SumAsync(filter ?? CallFilter.None)).Value;

    private Task<CallWriteResult> WriteAsync(IReadOnlyCollection<CdrLeg> legs) =>
        new CallWriter(_database.As(_tenant), new PostgreSqlCallBulkWriter(), [], NoErasures.Numbers).WriteAsync(Pbx, legs);
}
