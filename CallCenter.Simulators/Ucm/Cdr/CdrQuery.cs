using System.Globalization;
using CallCenter.Simulators.Calls;

namespace CallCenter.Simulators.Ucm.Cdr;

/// <summary>The parameters of a cdrapi call.</summary>
internal sealed class CdrQuery
{
    private const int MostRecords = 1000;
    private readonly List<Func<LedgerLeg, bool>> _filters = [];
    private DateTime _from = DateTime.MinValue;
    private DateTime _to = DateTime.MaxValue;
    private bool _byEnd;

    private CdrQuery()
    {
    }

    public int Count { get; private set; } = MostRecords;

    public int Offset { get; private set; }

    /// <summary><c>json</c>, <c>xml</c> or <c>csv</c>.</summary>
    public string Format { get; private set; } = "csv";

    /// <summary>Null when a parameter is malformed: the PBX then answers with nothing instead of an error.</summary>
    public static CdrQuery? Parse(UcmRequest request, UcmQuirks quirks, TimeZoneInfo zone, DateTimeOffset now)
    {
        var query = new CdrQuery { Format = request.Text("format")?.ToLowerInvariant() is { Length: > 0 } format ? format : "csv" };
        var good = query.ReadNumbers(request) && query.ReadTimes(request, quirks, zone, now);
        query.ReadPatterns(request);
        return good && query.Format is ("json" or "xml" or "csv") ? query : null;
    }

    public bool Matches(LedgerLeg leg, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(_byEnd ? leg.End : leg.Start, zone).DateTime;

        // Rows hold whole seconds.
        var second = new DateTime(local.Ticks - (local.Ticks % TimeSpan.TicksPerSecond));
        return second >= _from && second <= _to && _filters.TrueForAll(f => f(leg));
    }

    private bool ReadNumbers(UcmRequest request)
    {
        if (!TryNumber(request, "numRecords", MostRecords, out var count) || !TryNumber(request, "offset", 0, out var offset)
            || !TryNumber(request, "minDur", 0, out var shortest) || !TryNumber(request, "maxDur", int.MaxValue, out var longest))
        {
            return false;
        }

        Count = Math.Min(count, MostRecords);
        Offset = offset;
        _filters.Add(l => l.BillableSeconds >= shortest && l.BillableSeconds <= longest);
        return true;
    }

    private bool ReadTimes(UcmRequest request, UcmQuirks quirks, TimeZoneInfo zone, DateTimeOffset now)
    {
        var type = request.Text("timeFilterType") ?? request.Text("tineFilterType") ?? "Start";
        _byEnd = type == "End";
        return type is ("Start" or "End" or "") && Read("startTime", false, ref _from) && Read("endTime", true, ref _to);

        bool Read(string name, bool isEnd, ref DateTime value) =>
            request.Text(name) is not { Length: > 0 } text || CdrTime.TryParse(text, isEnd, quirks.SpaceInTimes, zone, now, out value);
    }

    private void ReadPatterns(UcmRequest request)
    {
        Add(request.Text("caller"), l => l.Source);
        Add(request.Text("callee"), l => l.Destination);
        Add(request.Text("answeredby") ?? request.Text("AnsweredBy"), l => l.AnsweredBy);
        Add(request.Text("callerName"), l => l.SourceName);

        void Add(string? pattern, Func<LedgerLeg, string> column)
        {
            if (!string.IsNullOrEmpty(pattern))
            {
                _filters.Add(l => NumberPattern.Matches(pattern, column(l)));
            }
        }
    }

    private static bool TryNumber(UcmRequest request, string name, int absent, out int number)
    {
        number = absent;
        return request.Text(name) is not { Length: > 0 } text
            || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
