using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Groups;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Figures;
using CallCenter.Infrastructure.Reports;
using CallCenter.Tests.Calls;
using CallCenter.Tests.Support;
using NSubstitute;

namespace CallCenter.Tests.Figures;

public sealed class FigureReaderTests : IAsyncLifetime
{
    private static readonly Guid Pbx = Guid.NewGuid();
    private static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Day = new(2026, 3, 2);

    private readonly ICallReaches _reaches = Substitute.For<ICallReaches>();
    private TestDatabase _database = null!;
    private TenantInfo _tenant = null!;
    private FigureCalls _calls = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await UseAsync("Etc/UTC");
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Read_CallsOfEveryKind_CountsEachOnceAndWhereItBelongs()
    {
        await _calls.AddAsync(
            Call(Noon, wait: 20),
            Call(Noon, wait: 21, transfers: 1),
            Call(Noon, CallOutcome.Abandoned, wait: 4),
            Call(Noon, CallOutcome.Abandoned, wait: 5),
            Call(Noon, CallOutcome.NoAnswer, wait: 90),
            Call(Noon, CallOutcome.Voicemail, wait: 15),
            Call(Noon, CallOutcome.Blocked, wait: 0),
            Call(Noon, queue: "", direction: CallDirection.Outbound, talk: 30),
            Call(Noon, queue: "", direction: CallDirection.Internal));

        var figures = (await ReadAsync(new FigureQuery(Day, Day) { WithLongestWait = true })).Total.Figures;

        Assert.Equal((9, 6, 2, 3, 1), (figures.Calls, figures.Offered, figures.Answered, figures.Abandoned, figures.FlowedOut));
        Assert.Equal((1, 2, 1, 1), (figures.AnsweredInTime, figures.AbandonedInTime, figures.FlowedOutInTime, figures.ShortAbandoned));
        Assert.Equal((41, 99, 120, 1), (figures.AnsweredWaitSeconds, figures.AbandonedWaitSeconds, figures.TalkSeconds, figures.Transferred));
        Assert.Equal((1, 1, 30, 90), (figures.Placed, figures.Reached, figures.PlacedTalkSeconds, figures.LongestWaitSeconds));
        Assert.Equal(new Share(1, 4), figures.ServiceLevel);
    }

    [Fact]
    public async Task Read_SumsAndCountedCalls_AnswerTheSame()
    {
        await SeedAsync(200);
        foreach (var query in Queries())
        {
            var fromSums = await ReadAsync(query);
            var counted = await ReadAsync(query, new CallReach(false, ["1001"], ["6500", "6501"]), everyCall: true);

            Assert.Equal(FigureSource.RollUps, fromSums.Basis.Source);
            Assert.Equal(FigureSource.Calls, counted.Basis.Source);
            Assert.Equal(fromSums.Total.Figures, counted.Total.Figures);
            Assert.Equal(fromSums.Lines.Select(line => (line.Key, line.StartUtc, line.EndUtc, line.Figures)), counted.Lines.Select(line => (line.Key, line.StartUtc, line.EndUtc, line.Figures)));
        }
    }

    [Fact]
    public async Task Read_ByEveryStep_AddsUpToTheTotal()
    {
        await SeedAsync(120);
        var whole = await ReadAsync(new FigureQuery(Day.AddDays(-1), Day.AddDays(40)));
        Assert.Equal(120, whole.Total.Figures.Calls);
        foreach (var step in Enum.GetValues<FigureStep>())
        {
            var report = await ReadAsync(new FigureQuery(Day.AddDays(-1), Day.AddDays(40)) { Step = step });

            Assert.Equal(whole.Total.Figures, report.Lines.Aggregate(CallFigures.None, (sum, line) => sum + line.Figures));
            Assert.Equal(report.Lines.Zip(report.Lines.Skip(1)).Select(_ => true), report.Lines.Zip(report.Lines.Skip(1)).Select(pair => pair.First.EndUtc == pair.Second.StartUtc));
        }
    }

    [Theory]
    [InlineData("Asia/Kathmandu", 18, 15)]
    [InlineData("Asia/Kolkata", 18, 30)]
    [InlineData("Europe/Dublin", 0, 0)]
    public async Task Read_ZonesOffTheFullHour_CutDaysAtTheirMidnight(string zone, int hour, int minute)
    {
        await UseAsync(zone);
        var midnight = (hour == 0 ? Day : Day.AddDays(-1)).ToDateTime(new TimeOnly(hour, minute), DateTimeKind.Utc);
        await _calls.AddAsync(Call(midnight.AddSeconds(-1)), Call(midnight), Call(midnight.AddHours(24).AddSeconds(-1)), Call(midnight.AddHours(24)));

        var days = await ReadAsync(new FigureQuery(Day.AddDays(-1), Day.AddDays(1)) { Step = FigureStep.Day });
        var hours = await ReadAsync(new FigureQuery(Day, Day) { Step = FigureStep.Hour });

        Assert.Equal([1, 2, 1], days.Lines.Select(line => line.Figures.Calls));
        Assert.Equal(24, hours.Lines.Count);
        Assert.Equal((1, 1, 2), (hours.Lines[0].Figures.Calls, hours.Lines[^1].Figures.Calls, hours.Total.Figures.Calls));
        Assert.Equal(midnight, hours.Lines[0].StartUtc);
    }

    [Theory]
    [InlineData(2026, 3, 29, 23)]
    [InlineData(2026, 10, 25, 25)]
    public async Task Read_DaysOnWhichClocksChange_HaveTheirHours(int year, int month, int day, int hours)
    {
        await UseAsync("Europe/Dublin");
        var date = new DateOnly(year, month, day);
        var start = Core.Primitives.LocalDay.StartUtc(date, TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin"));
        await _calls.AddAsync([.. Enumerable.Range(0, hours).Select(hour => Call(start.AddHours(hour)))]);

        var report = await ReadAsync(new FigureQuery(date, date) { Step = FigureStep.Hour });

        Assert.Equal(Enumerable.Repeat(1L, hours), report.Lines.Select(line => line.Figures.Calls));
        Assert.Equal(hours == 25 ? 2 : 0, report.Lines.Count(line => line.Calls is null));
    }

    [Fact]
    public async Task Read_ByQueueWithItsOwnTarget_EachByItsRule()
    {
        await using (var db = _database.As(_tenant).CreateDbContext())
        {
            db.Add(new PbxGroup { PbxId = Pbx, Kind = PbxGroupKind.Queue, Number = "6501", Name = "Billing", TargetSeconds = 60, Rule = ServiceLevelRule.AnsweredOnly, ShortAbandonSeconds = 0 });
            await db.SaveChangesAsync();
        }

        await _calls.AddAsync(Call(Noon, wait: 50), Call(Noon, wait: 50, queue: "6501"), Call(Noon, CallOutcome.Abandoned, wait: 2, queue: "6501"));

        var report = await ReadAsync(new FigureQuery(Day, Day) { By = FigureDimension.Queue });

        Assert.Equal([("6500", "6500", new Share(0, 1)), ("6501", "Billing", new Share(1, 1))], report.Lines.Select(line => (line.Key, line.Name, line.Figures.ServiceLevel)));
        Assert.Equal(0, report.Lines[1].Figures.ShortAbandoned);
        Assert.Equal(new Share(1, 2), report.Total.Figures.ServiceLevel);
        Assert.Null(report.Basis.Rule);
    }

    [Fact]
    public async Task Read_EveryDimension_LeadsToTheVeryCalls()
    {
        await SeedAsync(150);
        var log = TestCallLog.Of(_database.As(_tenant), Scope(), Everything());
        foreach (var by in Enum.GetValues<FigureDimension>().Where(by => by != FigureDimension.Country))
        {
            foreach (var line in (await ReadAsync(new FigureQuery(Day.AddDays(-1), Day.AddDays(40)) { By = by })).Lines)
            {
                Assert.Equal(line.Figures.Calls, (await log.SumAsync(line.Calls!)).Value.Calls);
                if (by == FigureDimension.Outcome)
                {
                    continue;
                }

                Assert.Equal(line.Figures.Offered, (await log.SumAsync(line.Calls! with { Set = CallSet.Offered })).Value.Calls);
                Assert.Equal(line.Figures.Answered, (await log.SumAsync(line.Calls! with { Set = CallSet.Answered })).Value.Calls);
                Assert.Equal(line.Figures.Abandoned, (await log.SumAsync(line.Calls! with { Set = CallSet.Abandoned })).Value.Calls);
                Assert.Equal(line.Figures.FlowedOut, (await log.SumAsync(line.Calls! with { Set = CallSet.FlowedOut })).Value.Calls);
                Assert.Equal(line.Figures.Transferred, (await log.SumAsync(line.Calls! with { Set = CallSet.Transferred })).Value.Calls);
            }
        }
    }

    [Fact]
    public async Task ReadHeatMap_TwoWeeks_CountsDaysAndCallsOfEachHour()
    {
        await _calls.AddAsync(Call(Noon), Call(Noon.AddDays(7)), Call(Noon.AddHours(1)));

        var map = (await Reader().ReadHeatMapAsync(new FigureQuery(Day, Day.AddDays(13)))).Value;

        Assert.Equal(168, map.Cells.Count);
        var cell = map.Cells.Single(cell => (cell.Weekday, cell.Hour) == (DayOfWeek.Monday, 12));
        Assert.Equal((2, 2L), (cell.Days, cell.Figures.Calls));
        Assert.Equal(3, map.Cells.Sum(other => other.Figures.Calls));
    }

    [Fact]
    public async Task ReadAgents_PartsOfTwo_EachTheirOwn()
    {
        var call = Call(Noon);
        var placed = Call(Noon, queue: "", direction: CallDirection.Outbound);
        await _calls.ApplyAsync(
        [
            new CallChange(null, [], call, [FigureCalls.Part(call, "1001", talk: 60), FigureCalls.Part(call, "1002", CallPart.Rang, talk: 0)], null),
            new CallChange(null, [], placed, [FigureCalls.Part(placed, "1002", CallPart.Called, talk: 25)], null),
        ]);

        var report = (await Reader().ReadAgentsAsync(new FigureQuery(Day, Day))).Value;

        Assert.Equal(["1001", "1002"], report.Lines.Select(line => line.Extension));
        Assert.Equal((1, 1, 0, 60L), (report.Lines[0].Figures.Rang, report.Lines[0].Figures.Answered, report.Lines[0].Figures.Missed, report.Lines[0].Figures.TalkSeconds));
        Assert.Equal((1, 0, 1, 1, 25L), (report.Lines[1].Figures.Rang, report.Lines[1].Figures.Answered, report.Lines[1].Figures.Missed, report.Lines[1].Figures.Placed, report.Lines[1].Figures.PlacedTalkSeconds));
        _reaches.ReadAsync(default).ReturnsForAnyArgs(new CallReach(false, ["1002"], []));
        Assert.Equal("1002", Assert.Single((await ReaderOf(_reaches).ReadAgentsAsync(new FigureQuery(Day, Day))).Value.Lines).Extension);
    }

    [Fact]
    public async Task ReadAgents_EveryColumnThatLeadsToCalls_LeadsToTheVeryCalls()
    {
        var (first, second, placed, inside) = (Call(Noon), Call(Noon.AddMinutes(20)), Call(Noon, queue: "", direction: CallDirection.Outbound), Call(Noon, queue: "", direction: CallDirection.Internal));
        var (grouped, refused) = (Call(Noon, direction: CallDirection.Internal), Call(Noon, queue: "", direction: CallDirection.Internal, outcome: CallOutcome.Blocked));
        await _calls.ApplyAsync(
        [
            new CallChange(null, [], first, [FigureCalls.Part(first, "1001", CallPart.Rang | CallPart.Answered | CallPart.Transferred), FigureCalls.Part(first, "1002", CallPart.Rang)], null),
            new CallChange(null, [], second, [FigureCalls.Part(second, "1001", CallPart.Rang), FigureCalls.Part(second, "1002", CallPart.Answered)], null),
            new CallChange(null, [], placed, [FigureCalls.Part(placed, "1001", CallPart.Called)], null),
            new CallChange(null, [], inside, [FigureCalls.Part(inside, "1001", CallPart.Called), FigureCalls.Part(inside, "1002")], null),
            new CallChange(null, [], grouped, [FigureCalls.Part(grouped, "1001", CallPart.Called), FigureCalls.Part(grouped, "1002", CallPart.Rang)], null),
            new CallChange(null, [], refused, [FigureCalls.Part(refused, "1001", CallPart.Called)], null),
        ]);
        var log = TestCallLog.Of(_database.As(_tenant), Scope(), Everything());

        foreach (var line in (await Reader().ReadAgentsAsync(new FigureQuery(Day, Day))).Value.Lines)
        {
            var values = ReportFigures.Values(line.Figures);
            foreach (var (column, at) in ReportFigures.OfAgents.Select((column, at) => (column, at)).Where(pair => pair.column.HasCalls))
            {
                Assert.Equal(values[at], (await log.SumAsync(column.Narrow(line.Calls!))).Value.Calls);
            }
        }

        Assert.Equal(6, ReportFigures.OfAgents.Count(column => column.HasCalls));
    }

    [Fact]
    public async Task ReadRepeatCallers_TwoOfThreeCallers_CountsTheirFurtherCalls()
    {
        await _calls.AddAsync(
            Call(Noon, outside: 353209100123), Call(Noon, outside: 353209100123), Call(Noon, outside: 353209100123), Call(Noon, outside: 353209100124),
            Call(Noon, outside: 353209100124), Call(Noon, outside: 353209100125), Call(Noon, outside: 0), Call(Noon, queue: "", direction: CallDirection.Outbound));

        Assert.Equal(new RepeatCallers(2, 3, 3), (await Reader().ReadRepeatCallersAsync(new FigureQuery(Day, Day))).Value);
        Assert.Equal(new RepeatCallers(0, 0, 0), (await Reader().ReadRepeatCallersAsync(new FigureQuery(Day.AddDays(1), Day.AddDays(1)))).Value);
    }

    [Fact]
    public async Task Read_OtherTenantsCalls_AreNotCounted()
    {
        await _calls.AddAsync(Call(Noon));
        var other = await _database.AddTenantAsync("other");
        await new FigureCalls(_database, other, Pbx).AddAsync(FigureCalls.Make(other, Pbx, Noon), FigureCalls.Make(other, Pbx, Noon));

        Assert.Equal(1, (await ReadAsync(new FigureQuery(Day, Day))).Total.Figures.Calls);
        Assert.Equal(1, (await ReadAsync(new FigureQuery(Day, Day) { Step = FigureStep.Hour })).Total.Figures.Calls);
        Assert.Equal(1, (await Reader().ReadAgentsAsync(new FigureQuery(Day, Day))).Value.Total.Answered);
    }

    [Fact]
    public async Task Read_QuestionsThatCannotBeAnswered_AreRefused()
    {
        Assert.Equal(FigureErrors.RangeBackwards, (await Reader().ReadAsync(new FigureQuery(Day, Day.AddDays(-1)))).Error);
        Assert.Equal(FigureErrors.RangeTooLong, (await Reader().ReadAsync(new FigureQuery(Day, Day.AddDays(90)) { Step = FigureStep.Hour, Trunk = "x" })).Error);
        var agent = new ScopeContext();
        agent.SignIn(Guid.NewGuid(), "a", false, null);
        agent.EnterTenant(_tenant, TenantRole.Agent);
        Assert.Equal(AccessErrors.Denied, (await new FigureReader(_database.As(_tenant), agent, agent, Everything(), Store()).ReadAsync(new FigureQuery(Day, Day))).Error);
    }

    private static IEnumerable<FigureQuery> Queries()
    {
        var all = new FigureQuery(Day.AddDays(-1), Day.AddDays(40)) { WithLongestWait = true };
        yield return all;
        yield return all with { Step = FigureStep.Hour };
        yield return all with { Step = FigureStep.Week };
        yield return all with { Queue = "6500", Step = FigureStep.Day };
        yield return all with { By = FigureDimension.Direction, Direction = CallDirection.Inbound };
        foreach (var by in new[] { FigureDimension.Queue, FigureDimension.RingGroup, FigureDimension.Outcome, FigureDimension.Direction })
        {
            yield return all with { By = by, Step = FigureStep.Month };
        }
    }

    private static FigureStore Store() => new(new PostgreSqlFigureText());

    private Call Call(
        DateTime at, CallOutcome outcome = CallOutcome.Answered, int wait = 10, int talk = 60, string queue = "6500", CallDirection direction = CallDirection.Inbound,
        string via = "", long outside = 353209100123, int transfers = 0) =>
        FigureCalls.Make(_tenant, Pbx, at, outcome, wait, talk, queue, direction, via, outside: outside, transfers: transfers);

    private async Task SeedAsync(int count)
    {
        var random = new Random(7);
        var outcomes = Enum.GetValues<CallOutcome>();
        var directions = Enum.GetValues<CallDirection>();
        await _calls.AddAsync([.. Enumerable.Range(0, count).Select(i => Call(
            Noon.AddMinutes(random.Next(0, 30 * 24 * 60)),
            outcomes[random.Next(outcomes.Length)],
            random.Next(0, 400),
            random.Next(0, 600),
            i % 4 == 0 ? "" : i % 4 == 1 ? "6501" : "6500",
            directions[random.Next(directions.Length)],
            i % 8 == 0 ? "6300" : "",
            transfers: random.Next(0, 2)))]);
    }

    private async Task UseAsync(string zone)
    {
        _tenant = await _database.AddTenantAsync("t" + Guid.NewGuid().ToString("N")[..8], zone);
        _calls = new FigureCalls(_database, _tenant, Pbx);
    }

    private ScopeContext Scope()
    {
        var scope = new ScopeContext();
        scope.EnterAsSystem(_tenant, "test");
        return scope;
    }

    private static ICallReaches Everything()
    {
        var reaches = Substitute.For<ICallReaches>();
        reaches.ReadAsync(default).ReturnsForAnyArgs(CallReach.Everything);
        return reaches;
    }

    private FigureReader Reader() => ReaderOf(Everything());

    private FigureReader ReaderOf(ICallReaches reaches) => new(_database.As(_tenant), Scope(), Scope(), reaches, Store());

    /// <summary>With a reach of some, every call is given to one of its extensions first, so that both ways count the same calls.</summary>
    private async Task<FigureReport> ReadAsync(FigureQuery query, CallReach? reach = null, bool everyCall = false)
    {
        if (everyCall)
        {
            await using var db = _database.As(_tenant).CreateDbContext();
            var missing = db.Set<Call>().Where(call => !db.Set<CallParticipant>().Any(part => part.CallId == call.Id)).ToList();
            db.AddRange(missing.Select(call => FigureCalls.Part(call, "1001", CallPart.Rang)));
            await db.SaveChangesAsync();
        }

        _reaches.ReadAsync(default).ReturnsForAnyArgs(reach ?? CallReach.Everything);
        return (await ReaderOf(_reaches).ReadAsync(query)).Value;
    }
}
