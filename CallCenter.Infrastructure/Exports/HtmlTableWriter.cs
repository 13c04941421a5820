namespace CallCenter.Infrastructure.Exports;

/// <summary>A page to print, with the portal's print style sheet and no script. Sources end long tables at a limit: paper is finite.</summary>
internal sealed class HtmlTableWriter(Stream target) : ITableWriter
{
    /// <summary>Address of the style sheet.</summary>
    public const string StyleSheet = "/dist/print.css";

    private readonly Utf8Out _out = new(target);
    private bool _inRow;

    public ValueTask BeginAsync(TableHead head, CancellationToken cancellationToken)
    {
        _out.Write($"<!DOCTYPE html>\n<html lang=\"{head.Language}\" dir=\"{(head.RightToLeft ? "rtl" : "ltr")}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        _out.WriteXml(head.Title, isSheet: false);
        _out.Write($"</title>\n<link rel=\"stylesheet\" href=\"{StyleSheet}\">\n</head>\n<body>\n<header>\n<h1>");
        _out.WriteXml(head.Title, isSheet: false);
        _out.Write("</h1>\n<dl>\n"u8);
        foreach (var (name, text) in head.About)
        {
            _out.Write("<div><dt>"u8);
            _out.WriteXml(name, isSheet: false);
            _out.Write("</dt><dd><bdi>"u8);
            _out.WriteXml(text, isSheet: false);
            _out.Write("</bdi></dd></div>\n"u8);
        }

        _out.Write("</dl>\n</header>\n<main>\n<table>\n<thead><tr>"u8);
        foreach (var column in head.Columns)
        {
            _out.Write("<th scope=\"col\">"u8);
            _out.WriteXml(column.Heading, isSheet: false);
            _out.Write("</th>"u8);
        }

        _out.Write("</tr></thead>\n<tbody>\n"u8);
        return _out.FlushIfLargeAsync(cancellationToken);
    }

    public void Text(string value)
    {
        Begin("");
        _out.Write("<bdi>"u8);
        _out.WriteXml(value, isSheet: false);
        _out.Write("</bdi></td>"u8);
    }

    public void Phone(string raw, long e164)
    {
        Begin(" class=\"num\"");
        _out.Write("<bdi dir=\"ltr\">"u8);
        _out.WriteXml(SpreadsheetText.Phone(raw, e164), isSheet: false);
        _out.Write("</bdi></td>"u8);
    }

    public void Number(long value) => Figure(value, "N0");

    public void Fraction(double value) => Figure(value, "N2");

    public void Percent(double value)
    {
        Begin(" class=\"num\"");
        _out.Write(value * 100, "0.0");
        _out.Write("%</td>"u8);
    }

    public void Duration(int seconds)
    {
        Begin(" class=\"num\"");
        if (seconds >= 3600)
        {
            _out.Write(seconds / 3600);
            _out.WriteByte((byte)':');
        }

        _out.Write(seconds / 60 % 60, seconds >= 3600 ? "00" : "0");
        _out.WriteByte((byte)':');
        _out.Write(seconds % 60, "00");
        _out.Write("</td>"u8);
    }

    public void Time(DateTime local)
    {
        Begin(" class=\"num\"");
        _out.Write("<bdi dir=\"ltr\">"u8);
        _out.WriteTime(local);
        _out.Write("</bdi></td>"u8);
    }

    public void Empty()
    {
        Begin("");
        _out.Write("</td>"u8);
    }

    public ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        _out.Write("</tr>\n"u8);
        _inRow = false;
        return _out.FlushIfLargeAsync(cancellationToken);
    }

    public ValueTask CompleteAsync(string? note, CancellationToken cancellationToken)
    {
        _out.Write("</tbody>\n</table>\n"u8);
        if (note is not null)
        {
            _out.Write("<p class=\"note\">"u8);
            _out.WriteXml(note, isSheet: false);
            _out.Write("</p>\n"u8);
        }

        _out.Write("</main>\n</body>\n</html>\n"u8);
        return _out.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _out.Dispose();
        return default;
    }

    private void Figure<T>(T value, string format)
        where T : IUtf8SpanFormattable
    {
        Begin(" class=\"num\"");
        _out.Write(value, format);
        _out.Write("</td>"u8);
    }

    private void Begin(string attributes)
    {
        if (!_inRow)
        {
            _out.Write("<tr>"u8);
            _inRow = true;
        }

        _out.Write("<td"u8);
        _out.Write(attributes);
        _out.WriteByte((byte)'>');
    }
}
