using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;

namespace CallCenter.Infrastructure.Figures;

/// <summary>One step of a range.</summary>
/// <param name="StartUtc">UTC.</param>
/// <param name="EndUtc">UTC, not included.</param>
/// <param name="First">First day.</param>
/// <param name="Last">Last day.</param>
/// <param name="Hour">The hour of the day, where the step is one and no other of that day is called the same.</param>
/// <param name="Listable">Whether a filter of calls can say it.</param>
internal sealed record FigureStepSpan(DateTime StartUtc, DateTime EndUtc, DateOnly First, DateOnly Last, int? Hour, bool Listable);

/// <summary>The steps of a range in a zone, and in which one a quarter or day lies.</summary>
internal sealed class FigureSteps
{
    private readonly Dictionary<int, int> _places = [];
    private readonly List<FigureStepSpan> _spans = [];

    private FigureSteps()
    {
    }

    public IReadOnlyList<FigureStepSpan> Spans => _spans;

    public int PlaceOf(int at) => _places[at];

    /// <param name="query">Range and step; the step is a day or longer where <paramref name="byQuarter"/> is false.</param>
    /// <param name="byQuarter">Whether sums come by quarter; else by day.</param>
    /// <param name="time">The zone.</param>
    /// <param name="firstWeekday">With which day weeks begin.</param>
    public static FigureSteps Of(FigureQuery query, bool byQuarter, FigureTime time, DayOfWeek firstWeekday)
    {
        var steps = new FigureSteps();
        for (var day = query.From; day <= query.To; day = day.AddDays(1))
        {
            if (query.Step is FigureStep.Quarter or FigureStep.Hour)
            {
                steps.AddWithin(day, query.Step.Value, time);
            }
            else
            {
                steps.AddDay(day, query, byQuarter, time, firstWeekday);
            }
        }

        return steps;
    }

    private void AddDay(DateOnly day, FigureQuery query, bool byQuarter, FigureTime time, DayOfWeek firstWeekday)
    {
        var begins = query.Step switch
        {
            FigureStep.Day => true,
            FigureStep.Week => day == Weekdays.StartOfWeek(day, firstWeekday),
            FigureStep.Month => day.Day == 1,
            _ => false,
        };
        var end = LocalDay.EndUtc(day, time.Zone);
        if (begins || _spans.Count == 0)
        {
            _spans.Add(new FigureStepSpan(LocalDay.StartUtc(day, time.Zone), end, day, day, null, true));
        }
        else
        {
            _spans[^1] = _spans[^1] with { EndUtc = end, Last = day };
        }

        if (!byQuarter)
        {
            _places[day.DayNumber] = _spans.Count - 1;
            return;
        }

        var (first, stop) = time.QuartersOf(day);
        for (var quarter = first; quarter < stop; quarter++)
        {
            _places[quarter] = _spans.Count - 1;
        }
    }

    private void AddWithin(DateOnly day, FigureStep step, FigureTime time)
    {
        var (first, stop) = time.QuartersOf(day);
        (int Hour, TimeSpan Offset)? last = null;
        var begin = _spans.Count;
        for (var quarter = first; quarter < stop; quarter++)
        {
            var start = FigureTime.StartOf(quarter);
            var offset = time.Zone.GetUtcOffset(start);
            var hour = (start + offset).Hour;
            if (step == FigureStep.Quarter || last != (hour, offset))
            {
                _spans.Add(new FigureStepSpan(start, start, day, day, step == FigureStep.Hour ? hour : null, step == FigureStep.Hour));
                last = (hour, offset);
            }

            _spans[^1] = _spans[^1] with { EndUtc = start.AddMinutes(15) };
            _places[quarter] = _spans.Count - 1;
        }

        // Where clocks go back an hour comes twice, and a list of calls cannot tell the two apart.
        foreach (var twice in _spans.Skip(begin).Where(span => span.Hour is not null).GroupBy(span => span.Hour).Where(same => same.Count() > 1).ToList())
        {
            foreach (var span in twice)
            {
                _spans[_spans.IndexOf(span)] = span with { Listable = false };
            }
        }
    }
}
