using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Phones;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Exports;

/// <summary>Writes calls as rows of the chosen columns.</summary>
internal sealed class CallTable
{
    // More numbers than most tenants ever see; both caches together stay below some 20 MB.
    private const int CacheSize = 131_072;
    private const int PathCacheSize = 10_000;

    private readonly Action<ITableWriter, CallExportRow>[] _cells;
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<CallDirection, string> _directions;
    private readonly Dictionary<CallOutcome, string> _outcomes;
    private readonly Dictionary<CallStepKind, string> _steps;
    private readonly ZoneClock _clock;
    private readonly string _country;
    private readonly string _recorded;

    public CallTable(IReadOnlyList<ExportColumn> columns, ZoneClock clock, string country, Func<string, string> word)
    {
        _clock = clock;
        _country = country;
        _recorded = word("Yes");
        _directions = Enum.GetValues<CallDirection>().ToDictionary(direction => direction, direction => word($"Value.direction.{direction}"));
        _outcomes = Enum.GetValues<CallOutcome>().ToDictionary(outcome => outcome, outcome => word($"Value.outcome.{outcome}"));
        _steps = Enum.GetValues<CallStepKind>().ToDictionary(step => step, step => word($"Step.{step}"));
        _cells = [.. columns.Select(column => CellOf(column.Key))];
    }

    public void Write(ITableWriter writer, CallExportRow row)
    {
        foreach (var cell in _cells)
        {
            cell(writer, row);
        }
    }

    private Action<ITableWriter, CallExportRow> CellOf(string key) => key switch
    {
        "Start" => (writer, call) => writer.Time(_clock.Local(call.StartedAtUtc)),
        "Offset" => (writer, call) => writer.Text(_clock.Offset(call.StartedAtUtc)),
        "Direction" => (writer, call) => writer.Text(_directions.GetValueOrDefault(call.Direction, "")),
        "Outcome" => (writer, call) => writer.Text(_outcomes.GetValueOrDefault(call.Outcome, "")),
        "From" => (writer, call) => Number(writer, call.FromNumber),
        "FromName" => (writer, call) => writer.Text(call.FromName),
        "To" => (writer, call) => Number(writer, call.ToNumber),
        "AnsweredBy" => (writer, call) => Number(writer, call.AnsweredBy),
        "Client" => (writer, call) => writer.Text(Clients(call)),
        "Queue" => (writer, call) => writer.Phone(call.Queue, 0),
        "Path" => (writer, call) => writer.Text(Path(call.Path)),
        "Trunk" => (writer, call) => writer.Text(call.Trunk),
        "Wait" => (writer, call) => writer.Duration(call.WaitSeconds),
        "Talk" => (writer, call) => writer.Duration(call.TalkSeconds),
        "Duration" => (writer, call) => writer.Duration(call.DurationSeconds),
        "Answered" => (writer, call) => Time(writer, call.AnsweredAtUtc),
        "Ended" => (writer, call) => writer.Time(_clock.Local(call.EndedAtUtc)),
        "Recorded" => (writer, call) => writer.Text(call.HasRecording ? _recorded : ""),
        "CallKey" => (writer, call) => writer.Text(call.CallKey),
        _ => throw new ArgumentException($"Calls have no column {key}.", nameof(key)),
    };

    private static string Clients(CallExportRow row) => row.Clients.Count switch
    {
        0 => "",
        1 => row.Clients[0].DisplayName,
        _ => string.Join(" / ", row.Clients.Select(client => client.DisplayName)),
    };

    private void Time(ITableWriter writer, DateTime? utc)
    {
        if (utc is { } at)
        {
            writer.Time(_clock.Local(at));
        }
        else
        {
            writer.Empty();
        }
    }

    private void Number(ITableWriter writer, string raw)
    {
        if (raw.Length == 0)
        {
            writer.Empty();
            return;
        }

        if (!_numbers.TryGetValue(raw, out var e164))
        {
            Room(_numbers, CacheSize);
            _numbers[raw] = e164 = PhoneNumbers.ToE164(raw, _country);
        }

        writer.Phone(raw, e164);
    }

    /// <summary><c>Menu 7000 › Queue 6500 › 1001</c>.</summary>
    private string Path(string path)
    {
        if (path.Length == 0)
        {
            return "";
        }

        if (!_paths.TryGetValue(path, out var text))
        {
            Room(_paths, PathCacheSize);
            _paths[path] = text = string.Join(" › ", CallPath.Read(path).Select(step => $"{_steps[step.Kind]} {step.Number}".Trim()));
        }

        return text;
    }

    private static void Room<T>(Dictionary<string, T> cache, int size)
    {
        if (cache.Count == size)
        {
            cache.Clear();
        }
    }
}
