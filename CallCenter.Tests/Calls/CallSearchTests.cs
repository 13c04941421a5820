using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Phones;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls.Reading;
using CallCenter.Tests.Support;
using NSubstitute;

namespace CallCenter.Tests.Calls;

/// <summary>What each filter finds, in whose reach, and how pages behave.</summary>
public sealed class CallSearchTests : IAsyncLifetime
{
    private static readonly DateTime Now = new(2026, 11, 18, 12, 0, 0, DateTimeKind.Utc);

    private static readonly CallReadingRules SmallPages = CallReadingRules.Default with { StreamRows = 100 };

    private readonly TenantInfo _tenant = new(Guid.NewGuid(), "demo", "Demo", "Europe/Dublin", "SA", "en");
    private readonly TenantInfo _other = new(Guid.NewGuid(), "other", "Other", "Asia/Riyadh", "SA", "ar");
    private readonly ManualClock _clock = new(new DateTimeOffset(Now));
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [InlineData("0501234567", "a")]
    [InlineData("+966 50 123 4567", "a")]
    [InlineData("00966501234567", "a")]
    [InlineData("٠٥٠ ١٢٣ ٤٥٦٧", "a")]
    [InlineData("050-123-4567 ext 12", "a")]
    [InlineData("4567", "a b")]
    [InlineData("+971501234567", "b")]
    [InlineData("+971", "b")]
    [InlineData("+97150", "b")]
    [InlineData("0097150", "b")]
    [InlineData("+9665", "a")]
    [InlineData("1001", "a c")]
    [InlineData("0114960000", "a b")]
    [InlineData("+4420", "")]
    public async Task Number_AnySpelling_FindsItsCalls(string typed, string expected)
    {
        await AddAsync(
            Call("a") with { From = "0501234567", E164 = 966501234567, AnsweredBy = "1001" },
            Call("b") with { From = "00971501234567", E164 = 971501234567 },
            Call("c") with { From = "1001", To = "1002", Direction = CallDirection.Internal, E164 = 0 });

        Assert.Equal(expected, await FoundAsync(new CallFilter { Number = typed }));
    }

    [Fact]
    public async Task Filters_OneByOne_FindWhatTheySay()
    {
        await AddAsync(
            Call("a") with { Outcome = CallOutcome.Failed, Queue = "6500", Trunk = "ITSP-A", Talk = 0, Wait = 40, Name = "Ahmed Ali", Recorded = true },
            Call("b") with { Direction = CallDirection.Outbound, Talk = 600, Wait = 5, E164 = 353851234567, Queue = "6501" },
            Call("c") with { To = "0114960001", Talk = 30, Wait = 10, Parts = [("1001", CallPart.Rang), ("1002", CallPart.Answered)] });

        Assert.Equal("a", await FoundAsync(new CallFilter { Outcome = CallOutcome.Failed }));
        Assert.Equal("b c", await FoundAsync(new CallFilter { Outcome = CallOutcome.Answered }));
        Assert.Equal("b", await FoundAsync(new CallFilter { Direction = CallDirection.Outbound }));
        Assert.Equal("a", await FoundAsync(new CallFilter { Queue = "6500" }));
        Assert.Equal("a", await FoundAsync(new CallFilter { Trunk = "ITSP-A" }));
        Assert.Equal("c", await FoundAsync(new CallFilter { Dialled = "0114960001" }));
        Assert.Equal("a", await FoundAsync(new CallFilter { Name = "ALI ahmed" }));
        Assert.Equal("a", await FoundAsync(new CallFilter { Recorded = true }));
        Assert.Equal("b c", await FoundAsync(new CallFilter { Recorded = false }));
        Assert.Equal("b", await FoundAsync(new CallFilter { TalkFrom = 31 }));
        Assert.Equal("a c", await FoundAsync(new CallFilter { TalkTo = 30 }));
        Assert.Equal("c", await FoundAsync(new CallFilter { WaitFrom = 10, WaitTo = 39 }));
        Assert.Equal("b", await FoundAsync(new CallFilter { Country = "IE" }));
        Assert.Equal("c", await FoundAsync(new CallFilter { Agent = "1001" }));
        Assert.Equal("", await FoundAsync(new CallFilter { Agent = "1001", Part = CallPart.Answered }));
        Assert.Equal("", await FoundAsync(new CallFilter { Agent = "1002", Part = CallPart.Answered, PartNot = CallPart.Answered }));
        Assert.Equal("c", await FoundAsync(new CallFilter { Agent = "1002", PartNot = CallPart.Voicemail }));
        Assert.Equal("c", await FoundAsync(new CallFilter { Agent = "1002", Part = CallPart.Answered | CallPart.Called }));
        Assert.Equal("", await FoundAsync(new CallFilter { Agent = "1001", Outcome = CallOutcome.Failed }));
        Assert.Equal("c", await FoundAsync(new CallFilter { Agent = "1001", Number = "0001" }));
    }

    [Fact]
    public async Task Range_Relative_IsCountedInTheTenantsZoneAndWeek()
    {
        // The tenant's weeks begin on Sunday, 15 November; its midnight is that of UTC in winter.
        await AddAsync(
            Call("a") with { Start = new DateTime(2026, 11, 15, 0, 0, 0, DateTimeKind.Utc) },
            Call("b") with { Start = new DateTime(2026, 11, 14, 23, 59, 59, DateTimeKind.Utc) },
            Call("c") with { Start = new DateTime(2026, 11, 18, 9, 0, 0, DateTimeKind.Utc) });

        Assert.Equal("a c", await FoundAsync(new CallFilter { Range = CallRange.ThisWeek }));
        Assert.Equal("b", await FoundAsync(new CallFilter { Range = CallRange.LastWeek }));
        Assert.Equal("c", await FoundAsync(new CallFilter { Range = CallRange.Today }));
        Assert.Equal("a b c", await FoundAsync(new CallFilter { Range = CallRange.Last7Days }));
    }

    [Fact]
    public async Task WeekdayAndHour_AcrossClockChanges_AreThoseOfTheWall()
    {
        // Dublin: UTC+1 until 25 October 2026, 01:00Z, when 01:00 to 02:00 comes a second time; a Sunday.
        await AddAsync(
            Call("a") with { Start = new DateTime(2026, 10, 24, 23, 30, 0, DateTimeKind.Utc) },
            Call("b") with { Start = new DateTime(2026, 10, 25, 0, 30, 0, DateTimeKind.Utc) },
            Call("c") with { Start = new DateTime(2026, 10, 25, 1, 30, 0, DateTimeKind.Utc) },
            Call("d") with { Start = new DateTime(2026, 10, 25, 23, 59, 0, DateTimeKind.Utc) },
            Call("e") with { Start = new DateTime(2026, 10, 26, 0, 0, 0, DateTimeKind.Utc) },
            Call("f") with { Start = new DateTime(2026, 7, 5, 0, 30, 0, DateTimeKind.Utc) });

        Assert.Equal("b c f", await FoundAsync(new CallFilter { Hour = 1 }));
        Assert.Equal("a b c d f", await FoundAsync(new CallFilter { Weekday = DayOfWeek.Sunday }));
        Assert.Equal("b c f", await FoundAsync(new CallFilter { Weekday = DayOfWeek.Sunday, Hour = 1 }));
        Assert.Equal("e", await FoundAsync(new CallFilter { Weekday = DayOfWeek.Monday, Hour = 0 }));
        Assert.Equal("b c", await FoundAsync(new CallFilter { Hour = 1, From = new DateOnly(2026, 10, 25), To = new DateOnly(2026, 10, 25) }));
    }

    [Fact]
    public async Task Client_ByKeyAndByWords_FindsCallsOfAllItsNumbers()
    {
        var client = Guid.NewGuid();
        await AddAsync(
            Call("a") with { E164 = 966501234567, Clients = (client, 1) },
            Call("b") with { E164 = 966501234568, Clients = (null, 2) },
            Call("c") with { E164 = 966501234569 });
        await using (var db = _database.As(_tenant).CreateDbContext())
        {
            db.Add(Client(client, "نور الهدى", 966501234567, 966501234568));
            db.Add(Client(Guid.NewGuid(), "Other", 966501234568));
            await db.SaveChangesAsync();
        }

        Assert.Equal("a b", await FoundAsync(new CallFilter { ClientId = client }));
        Assert.Equal("a b", await FoundAsync(new CallFilter { Client = "نور" }));
        Assert.Equal("b", await FoundAsync(new CallFilter { Client = "other" }));
        Assert.Equal("", await FoundAsync(new CallFilter { Client = "nobody" }));
        Assert.Equal("", await FoundAsync(new CallFilter { ClientId = Guid.NewGuid() }));
        var rows = (await LogOf(_tenant).SearchAsync(new CallFilter { ClientId = client })).Value.Rows;
        Assert.Equal([1, 2], rows.OrderBy(row => row.FromName).Select(row => row.Clients.Count));
    }

    [Fact]
    public async Task Reach_OwnAndTeam_NarrowsEveryRead()
    {
        await AddAsync(
            Call("a") with { Parts = [("1001", CallPart.Answered)] },
            Call("b") with { Parts = [("1002", CallPart.Answered), ("1001", CallPart.Rang)] },
            Call("c") with { Queue = "6500", Parts = [("1003", CallPart.Answered)] },
            Call("d") with { Parts = [("1004", CallPart.Answered)] });
        var ids = (await LogOf(_tenant).SearchAsync(CallFilter.None)).Value.Rows.ToDictionary(row => row.FromName, row => row.Id);
        CallReach own = new(false, ["1001"], []), team = new(false, ["1001", "1002"], ["6500"]);

        Assert.Equal("a b", await FoundAsync(CallFilter.None, own));
        Assert.Equal("a b c", await FoundAsync(CallFilter.None, team));
        Assert.Equal("", await FoundAsync(CallFilter.None, CallReach.Nothing));
        Assert.Equal("b", await FoundAsync(new CallFilter { Agent = "1002" }, own));
        Assert.Equal("", await FoundAsync(new CallFilter { Agent = "1004" }, team));
        Assert.Equal("a b c", await FoundAsync(new CallFilter { Number = "0000" }, team));
        Assert.Equal("a b c", await FoundAsync(new CallFilter { Direction = CallDirection.Inbound }, team));
        Assert.Equal(CallErrors.NotFound, (await LogOf(_tenant, own).FindAsync(ids["d"])).Error);
        Assert.True((await LogOf(_tenant, own).FindAsync(ids["b"])).Succeeded);
    }

    [Fact]
    public async Task EveryRead_OfAnotherTenant_FindsNothing()
    {
        await AddAsync(Call("a") with { Parts = [("1001", CallPart.Answered)], Queue = "6500", E164 = 966501234567 });
        CallFilter[] filters =
        [
            CallFilter.None, new() { Number = "0000" }, new() { Number = "+966501234567" }, new() { Agent = "1001" }, new() { Queue = "6500" },
            new() { Outcome = CallOutcome.Answered }, new() { Country = "SA" }, new() { Hour = 9 }, new() { Name = "a" },
        ];
        foreach (var filter in filters)
        {
            Assert.Equal("a", await FoundAsync(filter));
            Assert.Empty((await LogOf(_other).SearchAsync(filter)).Value.Rows);
            Assert.Equal(0, (await LogOf(_other).SumAsync(filter)).Value.Calls);
            Assert.Empty(await StreamedAsync(LogOf(_other), filter));
        }

        Assert.Empty((await LogOf(_other, new CallReach(false, ["1001"], ["6500"])).SearchAsync(CallFilter.None)).Value.Rows);
    }

    [Fact]
    public async Task SumAsync_Selection_TotalsAllOfIt()
    {
        await AddAsync(
            Call("a") with { Talk = 100, Wait = 10 },
            Call("b") with { Talk = 50, Wait = 20 },
            Call("c") with { Talk = 0, Wait = 30, Outcome = CallOutcome.Abandoned });

        Assert.Equal(new CallSums(3, 150, 60, 2), (await LogOf(_tenant).SumAsync(CallFilter.None)).Value);
        Assert.Equal(new CallSums(1, 0, 30, 0), (await LogOf(_tenant).SumAsync(new CallFilter { Outcome = CallOutcome.Abandoned })).Value);
        Assert.Equal(new CallSums(0, 0, 0, 0), (await LogOf(_tenant).SumAsync(new CallFilter { Queue = "1" })).Value);
    }

    [Fact]
    public async Task SumAsync_NoTime_SaysThatThereIsTooMuch()
    {
        await AddAsync(Call("a"));
        var log = LogOf(_tenant, rules: CallReadingRules.Default with { SumPatience = TimeSpan.Zero });

        Assert.Equal(CallErrors.TooManyToTotal, (await log.SumAsync(CallFilter.None)).Error);
    }

    [Fact]
    public async Task SearchAsync_SparseAndOld_IsFoundAndPagedBothWays()
    {
        // Half within the first step, half years before it; in between nothing that matches.
        var calls = Enumerable.Range(0, 30).Select(i => Call($"{i:00}") with { Trunk = "T", Start = Now.AddDays(i < 15 ? -i : -700 - (i * 9)) });
        await AddAsync([.. calls, .. Enumerable.Range(0, 50).Select(i => Call("x") with { Start = Now.AddDays(-i * 20) })]);
        var filter = new CallFilter { Trunk = "T" };
        List<string> down = [], up = [];
        var page = (await LogOf(_tenant).SearchAsync(filter, count: 7)).Value;
        down.AddRange(page.Rows.Select(row => row.FromName));
        while (page.Older is { } older)
        {
            page = (await LogOf(_tenant).SearchAsync(filter, older, 7)).Value;
            down.AddRange(page.Rows.Select(row => row.FromName));
        }

        up.AddRange(page.Rows.Select(row => row.FromName).Reverse());
        while (page.Newer is { } newer)
        {
            page = (await LogOf(_tenant).SearchAsync(filter, newer, 7)).Value;
            up.AddRange(page.Rows.Select(row => row.FromName).Reverse());
        }

        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i:00}"), down);
        Assert.Equal(down.Order(), up.Distinct().Order());
    }

    [Fact]
    public async Task SearchAsync_PatienceOver_SaysHowFarItCameAndGoesOnThere()
    {
        await AddAsync(Call("a") with { Trunk = "T", Start = Now.AddDays(-1000) }, Call("b"));
        var log = LogOf(_tenant, rules: CallReadingRules.Default with { Patience = TimeSpan.Zero });
        var filter = new CallFilter { Trunk = "T" };

        var page = (await log.SearchAsync(filter)).Value;
        Assert.Empty(page.Rows);
        Assert.Equal(Now.AddDays(1 - 14), page.SearchedToUtc);
        var steps = 1;
        while (page.Rows.Count == 0)
        {
            page = (await log.SearchAsync(filter, page.Older)).Value;
            steps++;
        }

        Assert.Equal("a", Assert.Single(page.Rows).FromName);
        Assert.InRange(steps, 3, 100);
    }

    [Fact]
    public async Task StreamAsync_ManyPages_GivesEachCallOnceWithItsClients()
    {
        var client = Guid.NewGuid();
        await AddAsync([.. Enumerable.Range(0, 1_201).Select(i => Call($"{i}") with { Start = Now.AddSeconds(-i / 3), E164 = 966500000000 + (i % 5), Clients = i % 5 == 0 ? (client, 1) : (null, 0) })]);
        await using (var db = _database.As(_tenant).CreateDbContext())
        {
            db.Add(Client(client, "Nour", 966500000000));
            await db.SaveChangesAsync();
        }

        var log = LogOf(_tenant, rules: SmallPages);
        var rows = await StreamedAsync(log, CallFilter.None);

        Assert.Equal(1_201, rows.Select(row => row.Id).Distinct().Count());
        Assert.Equal(rows.OrderByDescending(row => row.StartedAtUtc).Select(row => row.StartedAtUtc), rows.Select(row => row.StartedAtUtc));
        Assert.Equal(241, rows.Count(row => row.Clients is [{ Name: "Nour" }]));
        Assert.Equal(
            rows.Skip(600).Select(row => row.Id),
            (await StreamedAsync(log, CallFilter.None, rows[599].Position)).Select(row => row.Id));
    }

    [Fact]
    public async Task StreamAsync_ReachTakenAway_StopsWithTheNextPage()
    {
        await AddAsync([.. Enumerable.Range(0, 1_201).Select(i => Call($"{i}") with { Start = Now.AddSeconds(-i) })]);
        var reaches = Substitute.For<ICallReaches>();
        reaches.ReadAsync().ReturnsForAnyArgs(CallReach.Everything);
        var read = 0;

        await foreach (var row in TestCallLog.Of(_database.As(_tenant), ScopeOf(_tenant), reaches, SmallPages, _clock).StreamAsync(CallFilter.None))
        {
            Assert.NotNull(row);
            reaches.ReadAsync().ReturnsForAnyArgs(CallReach.Nothing);
            read++;
        }

        // The page that was being read and at most the one that was read ahead.
        Assert.InRange(read, SmallPages.StreamRows, 2 * SmallPages.StreamRows);
    }

    [Fact]
    public async Task StreamAsync_WithoutPermission_Throws()
    {
        var nobody = new ScopeContext();
        nobody.SignIn(Guid.NewGuid(), "someone", false, null);
        var log = TestCallLog.Of(_database.As(_tenant), nobody, clock: _clock);

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => StreamedAsync(log, CallFilter.None));
        Assert.Equal(AccessErrors.Denied, (await log.SumAsync(CallFilter.None)).Error);
    }

    [Theory]
    [InlineData("IE", 353851234567, true)]
    [InlineData("IE", 966501234567, false)]
    [InlineData("CA", 16135550123, true)]
    [InlineData("CA", 12125550123, false)]
    [InlineData("US", 12125550123, true)]
    [InlineData("KZ", 77011234567, true)]
    [InlineData("RU", 77011234567, false)]
    [InlineData("RU", 79161234567, true)]
    [InlineData("XX", 966501234567, false)]
    public void OfCountry_Number_IsInItsCountrysRanges(string country, long e164, bool expected) =>
        Assert.Equal(expected, PhoneRanges.OfCountry(country).Any(range => range.First <= e164 && e164 <= range.Last));

    private static Client Client(Guid id, string name, params long[] numbers) => new()
    {
        Id = id,
        Name = name,
        Company = "",
        Note = "",
        SearchText = SearchText.Fold(name),
        SortText = name,
        CreatedAtUtc = Now,
        ChangedAtUtc = Now,
        Numbers = [.. numbers.Select((e164, position) => new ClientNumber { E164 = e164, Tail = NumberTail.Of(e164.ToString(CultureInfo.InvariantCulture)), Label = "", Position = position })],
    };

    private static TestCall Call(string name) => new(name);

    private static ScopeContext ScopeOf(TenantInfo tenant)
    {
        var scope = new ScopeContext();
        scope.EnterAsSystem(tenant, "test");
        return scope;
    }

    private static async Task<List<CallExportRow>> StreamedAsync(Infrastructure.Calls.CallLog log, CallFilter filter, CallPosition? after = null)
    {
        List<CallExportRow> rows = [];
        await foreach (var row in log.StreamAsync(filter, after))
        {
            rows.Add(row);
        }

        return rows;
    }

    private Infrastructure.Calls.CallLog LogOf(TenantInfo tenant, CallReach? reach = null, CallReadingRules? rules = null)
    {
        var reaches = Substitute.For<ICallReaches>();
        reaches.ReadAsync().ReturnsForAnyArgs(reach ?? CallReach.Everything);
        return TestCallLog.Of(_database.As(tenant), ScopeOf(tenant), reaches, rules, _clock);
    }

    /// <summary>Names of the calls found, and the same by the stream and the sums: all three read one selection.</summary>
    private async Task<string> FoundAsync(CallFilter filter, CallReach? reach = null)
    {
        var log = LogOf(_tenant, reach);
        var read = await log.SearchAsync(filter);
        Assert.Null(read.Error);
        var found = read.Value.Rows.Select(row => row.FromName).ToList();
        Assert.Equal(found, (await StreamedAsync(log, filter)).Select(row => row.FromName));
        Assert.Equal(found.Count, (await log.SumAsync(filter)).Value.Calls);
        return string.Join(' ', found.Select(name => name.Split(' ')[0] is "Ahmed" ? "a" : name).Order());
    }

    private async Task AddAsync(params TestCall[] calls)
    {
        await using var db = _database.As(_tenant).CreateDbContext();
        foreach (var call in calls)
        {
            call.AddTo(db, _tenant.Id);
        }

        await db.SaveChangesAsync();
    }
}
