using CallCenter.Core.Calls;
using CallCenter.Core.Phones;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Calls;

namespace CallCenter.Infrastructure.Figures;

/// <summary>
/// Adds calls up to rows. Pure. The writer folds what a batch changes, the recount folds whole days, and questions that the stored sums
/// cannot answer fold the calls they are about: one place decides what counts where.
/// </summary>
internal sealed class FigureFold(Guid tenantId, Guid pbxId, FigureTime time)
{
    private readonly CopyBuffer _scratch = new();
    private readonly Dictionary<SliceKey, FigureSlice> _slices = [];
    private readonly Dictionary<long, string> _countries = [];
    private readonly Dictionary<(int, long), FigureRow> _quarters = [];
    private readonly Dictionary<(int, long), FigureRow> _days = [];
    private readonly Dictionary<(int, long), FigureRow> _agents = [];
    // By reference: rows change while they are in it.
    private readonly HashSet<FigureRow> _shrunk = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyCollection<FigureSlice> Slices => _slices.Values;

    public IReadOnlyCollection<FigureRow> Quarters => _quarters.Values;

    public IReadOnlyCollection<FigureRow> Days => _days.Values;

    public IReadOnlyCollection<FigureRow> Agents => _agents.Values;

    /// <summary>Quarters whose longest wait may have gone with a call.</summary>
    public IReadOnlyCollection<FigureRow> Shrunk => _shrunk;

    /// <summary>The rows that a batch changes.</summary>
    public void Add(CallChange change)
    {
        var before = change.Before is { } old ? CallFacts.Of(old) : (CallFacts?)null;
        var after = change.After is { } now ? CallFacts.Of(now) : (CallFacts?)null;
        if (before != after)
        {
            if (before is { } gone)
            {
                Add(gone, -1);
            }

            if (after is { } come)
            {
                Add(come, 1);
            }
        }

        AddParts(before, change.PartsBefore, -1);
        AddParts(after, change.PartsAfter, 1);
    }

    /// <summary>A call of this sign in every slice it belongs to.</summary>
    public void Add(in CallFacts call, int sign)
    {
        var quarter = FigureTime.QuarterOf(call.StartedAtUtc);
        AddFlow(call, quarter, sign);
        if (call.Direction == CallDirection.Internal)
        {
            return;
        }

        var offered = call.Direction != CallDirection.Outbound;
        if (call.Trunk.Length > 0)
        {
            AddDay(call, new SliceKey(SliceKind.Trunk, call.Direction, offered, "", "", call.Trunk), quarter, sign);
        }

        if (call.Direction == CallDirection.Inbound && call.ToNumber.Length > 0)
        {
            AddDay(call, new SliceKey(SliceKind.Did, call.Direction, offered, "", "", call.ToNumber), quarter, sign);
        }

        AddDay(call, new SliceKey(SliceKind.Country, call.Direction, offered, "", "", CountryOf(call.OutsideE164)), quarter, sign);
    }

    public void AddParts(in CallFacts? call, IReadOnlyList<CallParticipant> parts, int sign)
    {
        if (call is not { } facts)
        {
            return;
        }

        var day = time.DayOf(FigureTime.QuarterOf(facts.StartedAtUtc));
        foreach (var part in parts)
        {
            var slice = SliceOf(new SliceKey(SliceKind.Agent, facts.Direction, facts.Offered, part.Queue, "", part.Extension));
            AgentColumns.Add(RowOf(_agents, slice, day, AgentColumns.Names.Count).Sums, part, sign);
        }
    }

    /// <summary>A call in its flow slice, by quarter and day.</summary>
    private void AddFlow(in CallFacts call, int quarter, int sign)
    {
        var slice = SliceOf(FlowOf(call));
        var row = RowOf(_quarters, slice, quarter, FigureColumns.Count);
        FigureColumns.Add(row.Sums, call, slice.Offered, sign);
        if (call.Offered && sign > 0)
        {
            row.LongestWaitSeconds = Math.Max(row.LongestWaitSeconds, call.WaitSeconds);
        }
        else if (call.Offered)
        {
            _shrunk.Add(row);
        }

        FigureColumns.Add(RowOf(_days, slice, time.DayOf(quarter), FigureColumns.Count).Sums, call, slice.Offered, sign);
    }

    public static SliceKey FlowOf(in CallFacts call) =>
        new(SliceKind.Flow, call.Direction, Core.Figures.CallSets.IsOfferable(call.Direction, call.Grouped), call.Queue, call.RingGroup, "");

    public FigureSlice SliceOf(in SliceKey key)
    {
        if (!_slices.TryGetValue(key, out var slice))
        {
            _slices[key] = slice = FigureSlice.Of(key, tenantId, pbxId, _scratch);
        }

        return slice;
    }

    public string CountryOf(long e164)
    {
        if (e164 <= 0)
        {
            return "";
        }

        if (!_countries.TryGetValue(e164, out var country))
        {
            _countries[e164] = country = PhoneNumbers.CountryOf(e164) ?? "";
        }

        return country;
    }

    private void AddDay(in CallFacts call, SliceKey key, int quarter, int sign)
    {
        var slice = SliceOf(key);
        FigureColumns.Add(RowOf(_days, slice, time.DayOf(quarter), FigureColumns.Count).Sums, call, slice.Offered, sign);
    }

    private FigureRow RowOf(Dictionary<(int, long), FigureRow> rows, FigureSlice slice, int at, int columns)
    {
        if (!rows.TryGetValue((at, slice.Id), out var row))
        {
            rows[(at, slice.Id)] = row = new FigureRow(tenantId, slice.Kind, at, slice.Id, new int[columns]);
        }

        return row;
    }
}
