using System.Globalization;
using System.IO.Compression;
using System.Text;
using CallCenter.Core.Exports;

namespace CallCenter.Infrastructure.Exports;

/// <summary>
/// A workbook, written straight into the archive, so that memory stays flat however many rows there are: text stands in its cell and not in
/// a shared table. Goes on on a further sheet where a sheet is full. Why not by a package: adr/0026.
/// </summary>
internal sealed class XlsxTableWriter(Stream target, int rowsPerSheet = XlsxTableWriter.MaxRows) : ITableWriter
{
    /// <summary>Rows of a sheet in Excel, the heading included.</summary>
    public const int MaxRows = 1_048_576;

    private const int MaxCellLength = 32_767;

    // Excel counts days from here, as if 1900 had been a leap year.
    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly ZipArchive _archive = new(target, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<string> _sheets = [];
    private TableHead _head = new("", [], false, []);
    private string[] _letters = [];
    private Stream? _entry;
    private Utf8Out? _sheet;
    private bool _inRow;
    private int _row;
    private int _column;

    private Utf8Out Sheet => _sheet ?? throw new InvalidOperationException("No sheet is open.");

    public ValueTask BeginAsync(TableHead head, CancellationToken cancellationToken)
    {
        _head = head;
        _letters = [.. Enumerable.Range(0, Math.Max(head.Columns.Count, 2)).Select(Letters)];
        OpenSheet(_head.Title, _head.Columns);
        return default;
    }

    public void Text(string value)
    {
        if (value.Length == 0)
        {
            Empty();
            return;
        }

        Begin(XlsxParts.TextStyle, "inlineStr");
        Sheet.Write("<is><t xml:space=\"preserve\">"u8);
        Sheet.WriteXml(value.Length <= MaxCellLength ? value : value.AsSpan(0, MaxCellLength), isSheet: true);
        Sheet.Write("</t></is></c>"u8);
    }

    public void Phone(string raw, long e164) =>
        Text(e164 > 0 ? string.Create(CultureInfo.InvariantCulture, $"+{e164}") : raw);

    public void Number(long value)
    {
        Begin(XlsxParts.NumberStyle, null);
        Sheet.Write("<v>"u8);
        Sheet.Write(value);
        Sheet.Write("</v></c>"u8);
    }

    public void Fraction(double value) => Double(value, XlsxParts.DecimalStyle);

    public void Percent(double value) => Double(value, XlsxParts.PercentStyle);

    public void Duration(int seconds) => Double(seconds / 86_400d, XlsxParts.DurationStyle);

    public void Time(DateTime local) => Double((local - Epoch).Ticks / (double)TimeSpan.TicksPerDay, XlsxParts.TimeStyle);

    public void Empty()
    {
        BeginRow();
        _column++;
    }

    public async ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        BeginRow();
        Sheet.Write("</row>"u8);
        (_inRow, _column) = (false, 0);
        if (_row == rowsPerSheet)
        {
            // The next row opens the next sheet; a table that ends here has no empty one behind it.
            await CloseSheetAsync(cancellationToken);
        }
        else
        {
            await Sheet.FlushIfLargeAsync(cancellationToken);
        }
    }

    public async ValueTask CompleteAsync(string? note, CancellationToken cancellationToken)
    {
        await CloseSheetAsync(cancellationToken);
        OpenSheet(_head.AboutTitle, [new("", ExportCell.Text, 24), new("", ExportCell.Text, 80)]);
        foreach (var (name, text) in note is null ? _head.About : [.. _head.About, ("", note)])
        {
            Text(name);
            Text(text);
            await EndRowAsync(cancellationToken);
        }

        await CloseSheetAsync(cancellationToken);
        await WritePartAsync("xl/styles.xml", XlsxParts.Styles, cancellationToken);
        await WritePartAsync("xl/workbook.xml", XlsxParts.Workbook(_sheets), cancellationToken);
        await WritePartAsync("xl/_rels/workbook.xml.rels", XlsxParts.WorkbookRelations(_sheets.Count), cancellationToken);
        await WritePartAsync("_rels/.rels", XlsxParts.Relations, cancellationToken);
        await WritePartAsync("[Content_Types].xml", XlsxParts.ContentTypes(_sheets.Count), cancellationToken);
        _archive.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        _sheet?.Dispose();
        if (_entry is not null)
        {
            await _entry.DisposeAsync();
        }

        _archive.Dispose();
    }

    private static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + Letters(column % 26);

    private void Double(double value, string style)
    {
        Begin(style, null);
        Sheet.Write("<v>"u8);
        Sheet.Write(value, "R");
        Sheet.Write("</v></c>"u8);
    }

    private void BeginRow()
    {
        if (_inRow)
        {
            return;
        }

        if (_sheet is null)
        {
            OpenSheet(_head.Title, _head.Columns);
        }

        _inRow = true;
        _row++;
        Sheet.Write("<row r=\""u8);
        Sheet.Write(_row);
        Sheet.Write("\">"u8);
    }

    private void Begin(string style, string? type)
    {
        BeginRow();
        Sheet.Write("<c r=\""u8);
        Sheet.Write(_letters[_column++]);
        Sheet.Write(_row);
        Sheet.Write("\" s=\""u8);
        Sheet.Write(style);
        if (type is not null)
        {
            Sheet.Write("\" t=\""u8);
            Sheet.Write(type);
        }

        Sheet.Write("\">"u8);
    }

    private void OpenSheet(string title, IReadOnlyList<TableColumn> columns)
    {
        _sheets.Add(XlsxParts.SheetName(title, _sheets));
        _entry = _archive.CreateEntry(string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{_sheets.Count}.xml"), CompressionLevel.Fastest).Open();
        _sheet = new Utf8Out(_entry);
        _row = 0;
        var hasHeading = columns.Any(column => column.Heading.Length > 0);
        Sheet.Write(XlsxParts.SheetHead(_head.RightToLeft, hasHeading, columns, isFirst: _sheets.Count == 1));
        if (hasHeading)
        {
            BeginRow();
            foreach (var column in columns)
            {
                Begin(XlsxParts.HeadingStyle, "inlineStr");
                Sheet.Write("<is><t>"u8);
                Sheet.WriteXml(column.Heading, isSheet: true);
                Sheet.Write("</t></is></c>"u8);
            }

            Sheet.Write("</row>"u8);
            (_inRow, _column) = (false, 0);
        }
    }

    private async ValueTask CloseSheetAsync(CancellationToken cancellationToken)
    {
        if (_sheet is null || _entry is null)
        {
            return;
        }

        Sheet.Write("</sheetData></worksheet>"u8);
        await Sheet.FlushAsync(cancellationToken);
        Sheet.Dispose();
        await _entry.DisposeAsync();
        (_sheet, _entry) = (null, null);
    }

    private async ValueTask WritePartAsync(string name, string xml, CancellationToken cancellationToken)
    {
        await using var entry = _archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        await entry.WriteAsync(Encoding.UTF8.GetBytes(xml), cancellationToken);
    }
}
