namespace CallCenter.Infrastructure.Exports;

/// <summary>
/// CSV as RFC 4180 has it, in UTF-8 with its mark, lines ended by CR LF. Safe to open in a spreadsheet: what it would compute gets an
/// apostrophe in front, phone numbers stay text, durations are <c>h:mm:ss</c>, times are local with the zone in the heading.
/// </summary>
internal sealed class CsvTableWriter(Stream target) : ITableWriter
{
    private const int PhoneCacheSize = 131_072;

    // Numbers come again and again, and cells are the same each time; making one costs more than finding it.
    private readonly Dictionary<(string, long), byte[]> _phones = [];
    private readonly Utf8Out _out = new(target);
    private bool _isFirst = true;

    public async ValueTask BeginAsync(TableHead head, CancellationToken cancellationToken)
    {
        _out.Write("\uFEFF");
        foreach (var column in head.Columns)
        {
            Text(column.Heading);
        }

        await EndRowAsync(cancellationToken);
    }

    public void Text(string value)
    {
        Separate();
        Cell(value, SpreadsheetText.IsFormula(value));
    }

    public void Phone(string raw, long e164)
    {
        Separate();
        if (raw.Length == 0)
        {
            return;
        }

        if (_phones.TryGetValue((raw, e164), out var known))
        {
            _out.Write(known);
            return;
        }

        var text = SpreadsheetText.Phone(raw, e164);
        var before = _out.Length;
        Cell(text, SpreadsheetText.IsFormula(text) && !SpreadsheetText.IsGrouped(text));
        if (_phones.Count == PhoneCacheSize)
        {
            _phones.Clear();
        }

        _phones[(raw, e164)] = _out.Since(before).ToArray();
    }

    public void Number(long value)
    {
        Separate();
        _out.Write(value);
    }

    public void Fraction(double value)
    {
        Separate();
        _out.Write(value, "0.##");
    }

    public void Percent(double value)
    {
        Separate();
        _out.Write(value * 100, "0.00");
        _out.WriteByte((byte)'%');
    }

    public void Duration(int seconds)
    {
        Separate();
        _out.Write(seconds / 3600);
        _out.WriteByte((byte)':');
        _out.WriteTwo(seconds / 60 % 60);
        _out.WriteByte((byte)':');
        _out.WriteTwo(seconds % 60);
    }

    public void Time(DateTime local)
    {
        Separate();
        _out.WriteTime(local);
    }

    public void Empty() => Separate();

    public ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        _out.Write("\r\n"u8);
        _isFirst = true;
        return _out.FlushIfLargeAsync(cancellationToken);
    }

    // A note would be a row that is none, so a CSV file has none.
    public ValueTask CompleteAsync(string? note, CancellationToken cancellationToken) => _out.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _out.Dispose();
        return default;
    }

    private void Separate()
    {
        if (!_isFirst)
        {
            _out.WriteByte((byte)',');
        }

        _isFirst = false;
    }

    private void Cell(ReadOnlySpan<char> value, bool isGuarded)
    {
        if (!isGuarded && !value.ContainsAny("\",\r\n;") && !(value.Length > 0 && (value[0] == ' ' || value[^1] == ' ')))
        {
            _out.Write(value);
            return;
        }

        _out.WriteByte((byte)'"');
        if (isGuarded)
        {
            _out.WriteByte((byte)'\'');
        }

        for (int quote; (quote = value.IndexOf('"')) >= 0; value = value[(quote + 1)..])
        {
            _out.Write(value[..quote]);
            _out.Write("\"\""u8);
        }

        _out.Write(value);
        _out.WriteByte((byte)'"');
    }
}
