using System.Globalization;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm.Cdr;
using CallCenter.Simulators.Ucm.Recordings;

namespace CallCenter.Simulators.Ucm.Actions;

/// <summary>Call detail and recordings, whose replies have no envelope.</summary>
internal sealed class CdrActions(CallLedger ledger)
{
    private const int SlowestLegSeconds = 90;
    private readonly CdrBook _book = new(ledger);
    private readonly RecordingShelf _shelf = new(ledger);

    public UcmReply Cdr(UcmContext context)
    {
        var quirks = context.Quirks;
        var zone = context.Pbx.Zone;
        var now = context.Pbx.Time.GetUtcNow();
        var columns = new CdrColumns(quirks, zone);
        var renderer = new CdrRenderer(quirks, columns, entry => IsRecordingKnown(entry, quirks, now));
        if (CdrQuery.Parse(context.Request, quirks, zone, context.Pbx.SkewedNow) is not { } query)
        {
            return Render(renderer, context.Request.Text("format") ?? "csv", []);
        }

        var legs = _book.Entries(quirks).Where(e => IsWritten(e, quirks, now) && query.Matches(e.Leg, zone)).ToList();
        var items = CdrItems.Of(legs, columns, quirks).Skip(query.Offset).Take(query.Count).ToList();
        return Render(renderer, query.Format, items);
    }

    /// <summary>Recording names of the leg with an <c>AcctId</c>; the latest one where the counter restarts.</summary>
    public UcmReply RecordInfos(UcmContext context)
    {
        var quirks = context.Quirks;
        if (!long.TryParse(context.Request.Text("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return UcmReply.InvalidParameters();
        }

        var now = context.Pbx.Time.GetUtcNow();
        var entry = _book.Entries(quirks).LastOrDefault(e => (quirks.MonthlyAcctIdRestart ? e.Leg.MonthlyAcctId : e.Leg.AcctId) == id);
        if (entry.Leg is null)
        {
            return UcmReply.Failure(UcmStatus.NoSuchItem);
        }

        var names = IsRecordingKnown(entry, quirks, now) ? string.Concat(entry.Leg.Recordings.Select(r => r + "@")) : "";
        return UcmReply.Success(new JsonObject { ["recordfiles"] = names });
    }

    public UcmReply Recording(UcmContext context)
    {
        var now = context.Pbx.Time.GetUtcNow();
        var quirks = context.Quirks;
        var file = _shelf.Find(context.Request.Text("filedir"), context.Request.Text("filename"),
            e => IsRecordingKnown(e, quirks, now) && e.Call.EndUtc + quirks.RecordingsLateBy <= now, now, quirks);

        // JSON with HTTP 200, which careless clients have stored as audio.
        return file is not null ? UcmReply.File(file)
            : quirks.MissingRecordingIs404 ? UcmReply.NotFound()
            : UcmReply.Failure(UcmStatus.GetFailed);
    }

    private static UcmReply Render(CdrRenderer renderer, string format, IReadOnlyList<CdrItem> items) => format switch
    {
        "json" => UcmReply.Bytes("application/json;charset=UTF-8", renderer.Json(items)),
        "xml" => UcmReply.Bytes("text/xml;charset=UTF-8", renderer.Xml(items)),
        _ => UcmReply.Bytes("text/csv;charset=UTF-8", renderer.Csv(items)),
    };

    private static bool IsWritten(CdrEntry entry, UcmQuirks quirks, DateTimeOffset now) =>
        !quirks.LateLegs || entry.Call.EndUtc.AddSeconds(Lateness(entry, SlowestLegSeconds)) <= now;

    private static bool IsRecordingKnown(CdrEntry entry, UcmQuirks quirks, DateTimeOffset now) =>
        !quirks.LateRecordFiles || entry.Call.EndUtc.AddSeconds(3 + Lateness(entry, 12)) <= now;

    private static int Lateness(CdrEntry entry, int most) =>
        (int)(SimRandom.Mix((ulong)entry.Leg.AcctId + 77) % (ulong)(most + 1));
}
