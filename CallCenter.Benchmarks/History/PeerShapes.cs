using System.Globalization;

namespace CallCenter.Benchmarks.History;

/// <summary>
/// The queries of open peers in the shape in which they send them, over the same calls in a table with their columns and the
/// indexes they have: FreePBX's number search over two columns with OR, FusionPBX's first page without an index on time and its
/// statistics by cross join. What they run on (PostgreSQL, its settings, the machine) is the same.
/// </summary>
internal static class PeerShapes
{
    private const string Create = """
        DROP TABLE IF EXISTS peer_cdr;
        CREATE TABLE peer_cdr AS
        SELECT c."Id" AS xml_cdr_uuid, c."TenantId" AS domain_uuid, c."FromNumber" AS src, c."ToNumber" AS dst, c."StartedAtUtc" AS start_stamp,
               extract(epoch FROM c."StartedAtUtc")::bigint AS start_epoch, c."DurationSeconds" AS duration, c."TalkSeconds" AS billsec,
               CASE c."Direction" WHEN 2 THEN 'inbound' WHEN 3 THEN 'outbound' ELSE 'local' END AS direction,
               CASE WHEN c."Outcome" = 1 THEN NULL ELSE 'missed' END AS missed_call
        FROM "Calls" c WHERE c."TenantId" = '{tenant}';
        ALTER TABLE peer_cdr ADD PRIMARY KEY (xml_cdr_uuid);
        CREATE INDEX ON peer_cdr (domain_uuid);
        CREATE INDEX ON peer_cdr (src);
        ANALYZE peer_cdr;
        """;

    /// <summary>Peers' best of some rounds against our median.</summary>
    public static async Task<IReadOnlyList<Bar>> MeasureAsync(
        HistoryDatabase history, IReadOnlyDictionary<string, double> ours, BenchmarkConsole console, CancellationToken cancellationToken)
    {
        var tenant = history.Tenant.Id;
        await history.Database.ExecuteAsync(Create.Replace("{tenant}", tenant.ToString(), StringComparison.Ordinal), cancellationToken);
        var number = history.Generated.OutsideOf(997);
        var firstPage = await history.BestAsync(
            $"SELECT * FROM peer_cdr WHERE domain_uuid = '{tenant}' ORDER BY start_epoch DESC LIMIT 50", 3, cancellationToken);
        var search = await history.BestAsync(
            $"SELECT * FROM peer_cdr WHERE domain_uuid = '{tenant}' AND (src LIKE '%{number[^6..]}%' OR dst LIKE '%{number[^6..]}%') ORDER BY start_stamp DESC LIMIT 50",
            3,
            cancellationToken);
        // The page asks for the last 24 hours, 7 days and 30 days, each bucket against every row of the tenant.
        var last = new DateTimeOffset(GeneratedCalls.LastUtc).ToUnixTimeSeconds();
        var statistics = 0d;
        foreach (var (buckets, seconds) in new[] { (24, 3_600), (7, 86_400), (30, 86_400) })
        {
            statistics += await history.BestAsync(
                string.Create(CultureInfo.InvariantCulture, $"""
                    SELECT s.h, count(*) FILTER (WHERE c.direction = 'inbound'), sum(c.billsec) FILTER (WHERE c.direction = 'inbound'),
                           count(*) FILTER (WHERE c.missed_call IS NOT NULL)
                    FROM generate_series(0, {buckets - 1}) AS s(h) CROSS JOIN peer_cdr c
                    WHERE c.domain_uuid = '{tenant}' AND c.start_epoch BETWEEN {last} - (s.h + 1) * {seconds} AND {last} - s.h * {seconds}
                    GROUP BY s.h ORDER BY s.h
                    """),
                1,
                cancellationToken);
        }

        console.Say($"ours, median: first page {ours["first-page"]:0.0} ms, last digits {ours["last-digits"]:0.0} ms, dashboard {ours["dashboard"]:0.0} ms");
        console.Say($"peers' shapes: first page {firstPage:0} ms, number in two columns {search:0} ms, statistics of 24 hours, 7 and 30 days by cross join {statistics:0} ms");
        return
        [
            new Bar("peer-first-page-speedup", firstPage / ours["first-page"], "x", 10, HigherIsBetter: true),
            new Bar("peer-number-speedup", search / ours["last-digits"], "x", 10, HigherIsBetter: true),
            new Bar("peer-statistics-speedup", statistics / ours["dashboard"], "x", 10, HigherIsBetter: true),
        ];
    }
}
