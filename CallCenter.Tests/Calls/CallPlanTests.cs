using System.Globalization;
using System.Text.Json;
using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Calls.Reading;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using NSubstitute;

namespace CallCenter.Tests.Calls;

/// <summary>
/// How much the database looks at for one page, by its own count (<c>EXPLAIN ANALYZE</c>), over 200,000 calls of two tenants. What
/// counts is rows, not time: a page must cost what it shows, and not what there is.
/// </summary>
public sealed class CallPlanTests(CallPlanTests.Generated generated) : IClassFixture<CallPlanTests.Generated>
{
    private const int PageRows = 51;

    public static TheoryData<string> Names => [.. Filters.Keys];

    private static Dictionary<string, (CallFilter Filter, int MostRows)> Filters => new()
    {
        ["first page"] = (CallFilter.None, PageRows),
        ["month"] = (new CallFilter { From = new DateOnly(2026, 3, 1), To = new DateOnly(2026, 3, 31) }, PageRows),
        ["outcome answered"] = (new CallFilter { Outcome = CallOutcome.Answered }, 4 * PageRows),
        ["outcome one in a thousand"] = (new CallFilter { Outcome = CallOutcome.Failed }, PageRows),
        ["outcome that never was"] = (new CallFilter { Outcome = CallOutcome.Blocked }, PageRows),
        ["outcome and direction"] = (new CallFilter { Outcome = CallOutcome.Abandoned, Direction = CallDirection.Inbound }, 4 * PageRows),
        ["queue"] = (new CallFilter { Queue = "6501" }, 10 * PageRows),
        ["queue abolished long ago"] = (new CallFilter { Queue = "6599" }, PageRows),
        ["queue that never was"] = (new CallFilter { Queue = "6666" }, PageRows),
        ["agent"] = (new CallFilter { Agent = Generated.Extension(7) }, 3 * PageRows),
        ["agent who left long ago"] = (new CallFilter { Agent = Generated.GoneExtension }, 3 * PageRows),
        ["agent and outcome"] = (new CallFilter { Agent = Generated.Extension(7), Outcome = CallOutcome.Answered }, 6 * PageRows),
        ["whole number"] = (new CallFilter { Number = Generated.Customer(1234) }, 8 * PageRows),
        ["number of nobody"] = (new CallFilter { Number = "+966 59 999 9999" }, PageRows),
        ["last six digits"] = (new CallFilter { Number = Generated.Customer(1234)[^6..] }, 10 * PageRows),
        ["last four digits, of some hundred calls"] = (new CallFilter { Number = Generated.Customer(1234)[^4..] }, 60 * PageRows),
        ["main number, in most calls"] = (new CallFilter { Number = Generated.MainNumber }, 12 * PageRows),
        ["client"] = (new CallFilter { ClientId = Generated.Client }, 3 * PageRows),
        ["client and talk time"] = (new CallFilter { ClientId = Generated.Client, TalkFrom = 1 }, 6 * PageRows),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Page_Filter_LooksAtLittleMoreThanItShows(string name)
    {
        var (filter, most) = Filters[name];

        await AssertCheapAsync(name, filter, CallReach.Everything, null, most);
    }

    [Theory]
    [InlineData("last six digits")]
    [InlineData("last four digits, of some hundred calls")]
    public async Task Page_NumberOfFewCalls_DoesNotWalkAlongTheListWhateverThePlannerGuesses(string name)
    {
        // With ten million calls a range that nobody's number is in was taken for one of thousands, and all the list was read.
        var (filter, most) = Filters[name];

        await AssertCheapAsync(name, filter, CallReach.Everything, null, most, settings: "SET enable_sort = off");
    }

    [Fact]
    public async Task Page_Deep_CostsWhatTheFirstCosts()
    {
        var middle = new CallCursor(false, Generated.Newest.AddSeconds(-100_000 * Generated.SecondsApart), Guid.Empty);

        await AssertCheapAsync("deep", CallFilter.None, CallReach.Everything, middle, PageRows);
        await AssertCheapAsync("deep, back", CallFilter.None, CallReach.Everything, middle with { Newer = true }, PageRows);
        await AssertCheapAsync("deep agent", new CallFilter { Agent = Generated.Extension(7) }, CallReach.Everything, middle, 3 * PageRows);
    }

    [Fact]
    public async Task Page_OwnReach_ReadsTheParticipantsIndex()
    {
        await AssertCheapAsync("own", CallFilter.None, new CallReach(false, [Generated.Extension(9)], []), null, 3 * PageRows);
        await AssertCheapAsync("own, gone", CallFilter.None, new CallReach(false, [Generated.GoneExtension], []), null, 3 * PageRows);
        await AssertCheapAsync(
            "team", CallFilter.None, new CallReach(false, [Generated.Extension(1), Generated.Extension(2), Generated.GoneExtension], ["6501", "6599"]), null, 16 * PageRows);
        await AssertCheapAsync("nobody", CallFilter.None, CallReach.Nothing, null, 0);
    }

    private async Task AssertCheapAsync(string name, CallFilter filter, CallReach reach, CallCursor? key, int most, string settings = "")
    {
        var scope = new ScopeContext();
        scope.EnterAsSystem(generated.Tenant, "test");
        var reaches = Substitute.For<ICallReaches>();
        reaches.ReadAsync().ReturnsForAnyArgs(reach);
        await using var db = generated.Database.As(generated.Tenant).CreateDbContext();
        var selection = (await new CallSelections(scope, scope, reaches, TimeProvider.System).ReadAsync(db, filter, default)).Value;
        var query = CallWays.First(selection.Ways, new CallSpan(key, selection.FromUtc, selection.BeforeUtc, PageRows)).Select(CallProjections.Row);

        await using var command = query.CreateDbCommand();
        command.CommandText = "EXPLAIN (ANALYZE, FORMAT JSON) " + command.CommandText;
        await db.Database.OpenConnectionAsync();
        if (settings.Length > 0)
        {
            await db.Database.ExecuteSqlRawAsync(settings);
        }

        var text = (string)(await command.ExecuteScalarAsync())!;
        using var plan = JsonDocument.Parse(text);
        var visits = Visits(plan.RootElement[0].GetProperty("Plan")).ToList();

        Assert.True(most == 0 || visits.Count > 0, text);
        Assert.DoesNotContain(visits, visit => visit.Node == "Seq Scan" && visit.Rows > most);
        Assert.True(visits.Sum(visit => visit.Rows) <= most, $"{name}: {string.Join(", ", visits)}\n{text}");
    }

    /// <summary>Rows that each scan of a table or index came by, kept or not.</summary>
    private static IEnumerable<(string Node, string Index, double Rows)> Visits(JsonElement node)
    {
        var type = node.GetProperty("Node Type").GetString()!;
        if (type.Contains("Scan", StringComparison.Ordinal) && type != "Subquery Scan")
        {
            var loops = node.GetProperty("Actual Loops").GetDouble();
            double Of(string property) => node.TryGetProperty(property, out var value) ? value.GetDouble() : 0;
            var rows = (Of("Actual Rows") + Of("Rows Removed by Filter") + Of("Rows Removed by Index Recheck")) * loops;
            yield return (type, node.TryGetProperty("Index Name", out var index) ? index.GetString()! : "", rows);
        }

        if (node.TryGetProperty("Plans", out var children))
        {
            foreach (var visit in children.EnumerateArray().SelectMany(Visits))
            {
                yield return visit;
            }
        }
    }

    /// <summary>The calls: a year and more of a busy tenant, and as many of another whose calls are of other kinds.</summary>
    public sealed class Generated : IAsyncLifetime
    {
        public const int SecondsApart = 300;
        public const string MainNumber = "0114960000";
        public const string GoneExtension = "1999";
        private const int Calls = 100_000;
        private const int Customers = 3_000;

        public static readonly DateTime Newest = new(2026, 11, 18, 12, 0, 0, DateTimeKind.Utc);
        public static readonly Guid Client = Guid.Parse("00000000-0000-0000-0000-00000000c11e");

        internal TestDatabase Database { get; private set; } = null!;

        internal TenantInfo Tenant { get; } = new(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en");

        public static string Extension(int index) => $"{1000 + index}";

        public static string Customer(int index) => $"05{30_000_000 + (index * 7_919)}";

        public async Task InitializeAsync()
        {
            Database = await TestDatabase.CreateAsync();
            await using var db = Database.As(Tenant).CreateDbContext();
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(2));
            var customers = Enumerable.Range(0, Customers).Select(Customer).ToArray();
            var customerTails = customers.Select(NumberTail.Of).ToArray();
            var e164s = customers.Select(number => 966_000_000_000 + long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            var extensions = Enumerable.Range(0, 200).Select(Extension).ToArray();
            var extensionTails = extensions.Select(NumberTail.Of).ToArray();
            var main = NumberTail.Of(MainNumber);
            var (tenant, other, pbx, newest) = (Tenant.Id, Guid.NewGuid(), Guid.NewGuid(), Newest);

            // The other tenant's calls are outbound, most of them fail, and a queue of its has the number of ours.
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Calls" ("Id", "TenantId", "PbxId", "CallKey", "StartedAtUtc", "EndedAtUtc", "Direction", "Outcome", "FromNumber", "FromName",
                    "ToNumber", "AnsweredBy", "Via", "Queue", "Ivr", "Path", "Trunk", "DurationSeconds", "WaitSeconds", "TalkSeconds", "HungUpBy", "TransferCount",
                    "RulesVersion", "LegCount", "HasRecording", "FailureReason", "FromTail", "ToTail", "AnsweredByTail", "OutsideE164", "ClientCount")
                SELECT md5(t || '-' || i)::uuid, CASE t WHEN 0 THEN {tenant} ELSE {other} END, {pbx}, t || '-' || i,
                    {newest} - make_interval(secs => i * {SecondsApart}), {newest} - make_interval(secs => i * {SecondsApart} - 60),
                    CASE WHEN t = 1 THEN 3 WHEN r % 10 < 7 THEN 2 ELSE 3 END,
                    CASE WHEN t = 1 THEN 6 WHEN r % 1000 = 0 THEN 6 WHEN r % 10 = 1 THEN 4 WHEN r % 10 = 2 THEN 3 ELSE 1 END,
                    c.number, '', {MainNumber}, e.number, '',
                    CASE WHEN t = 1 THEN '6599' WHEN i > {Calls} - 2000 THEN '6599' WHEN r % 2 = 0 THEN '650' || (r / 2) % 8 ELSE '' END, '', '', 'ITSP-A',
                    60, 10, r % 300, 0, 0, 1, 1, true, '', c.tail, {main}, e.tail, c.e164, 0
                FROM generate_series(0, 1) t, generate_series(1, {Calls}) i,
                    LATERAL (SELECT hashint4(i * 2 + t) & 2147483647 AS r) random,
                    LATERAL (SELECT ({customers}::text[])[1 + r % {Customers}] AS number, ({customerTails}::bigint[])[1 + r % {Customers}] AS tail, ({e164s}::bigint[])[1 + r % {Customers}] AS e164) c,
                    LATERAL (SELECT ({extensions}::text[])[1 + r % 200] AS number, ({extensionTails}::bigint[])[1 + r % 200] AS tail) e
                """);
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "CallParticipants" ("TenantId", "CallId", "Extension", "StartedAtUtc", "Part", "Queue", "Offers", "RingSeconds", "TalkSeconds")
                SELECT "TenantId", "Id", "AnsweredBy", "StartedAtUtc", 6, "Queue", 1, 10, "TalkSeconds" FROM "Calls"
                UNION ALL
                SELECT "TenantId", "Id", {GoneExtension}, "StartedAtUtc", 2, "Queue", 1, 10, 0 FROM "Calls" WHERE "Queue" = '6599'
                """);
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Clients" ("Id", "TenantId", "Name", "Company", "Note", "SearchText", "SortText", "CreatedAtUtc", "ChangedAtUtc", "Version")
                VALUES ({Client}, {tenant}, 'Nour', '', '', 'nour', 'nour', now(), now(), 0)
                """);
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "ClientNumbers" ("ClientId", "TenantId", "E164", "Tail", "Label", "Position")
                SELECT {Client}, {tenant}, e164, 0, '', 0 FROM unnest({e164s[..3]}::bigint[]) e164
                """);
            await db.Database.ExecuteSqlRawAsync("""ANALYZE "Calls", "CallParticipants", "ClientNumbers" """);
        }

        public async Task DisposeAsync() => await Database.DisposeAsync();
    }
}
