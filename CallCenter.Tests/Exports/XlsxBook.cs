using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace CallCenter.Tests.Exports;

/// <summary>A workbook as any program reads it: by its relations, by cell references, with nothing known of our writer.</summary>
internal sealed class XlsxBook
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public XlsxBook(Stream file)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        var types = Load(zip, "[Content_Types].xml").Root!.Elements().Select(e => (string?)e.Attribute("PartName")).OfType<string>().ToList();
        var workbook = Load(zip, "xl/workbook.xml");
        var relations = Load(zip, "xl/_rels/workbook.xml.rels").Root!.Elements().ToDictionary(e => (string)e.Attribute("Id")!, e => (string)e.Attribute("Target")!);
        var formats = Load(zip, "xl/styles.xml");
        var codes = formats.Descendants(Main + "numFmt").ToDictionary(f => (int)f.Attribute("numFmtId")!, f => (string)f.Attribute("formatCode")!);
        Formats = [.. formats.Descendants(Main + "cellXfs").Single().Elements().Select(xf => codes.GetValueOrDefault((int)xf.Attribute("numFmtId")!, ((int)xf.Attribute("numFmtId")!).ToString(CultureInfo.InvariantCulture)))];
        Sheets =
        [
            .. workbook.Descendants(Main + "sheet").Select(sheet =>
            {
                var path = "xl/" + relations[(string)sheet.Attribute(Relation + "id")!];
                Assert.Contains("/" + path, types);
                return new XlsxSheet((string)sheet.Attribute("name")!, Load(zip, path), Formats);
            }),
        ];
    }

    public IReadOnlyList<string> Formats { get; }

    public IReadOnlyList<XlsxSheet> Sheets { get; }

    private static XDocument Load(ZipArchive zip, string name)
    {
        using var stream = (zip.GetEntry(name) ?? throw new InvalidDataException($"No part {name}.")).Open();
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { CheckCharacters = true, DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }
}

/// <summary>A sheet of a workbook.</summary>
internal sealed class XlsxSheet
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public XlsxSheet(string name, XDocument xml, IReadOnlyList<string> formats)
    {
        Name = name;
        var view = xml.Descendants(Main + "sheetView").Single();
        IsRightToLeft = (string?)view.Attribute("rightToLeft") == "1";
        FrozenRows = (int?)view.Element(Main + "pane")?.Attribute("ySplit") ?? 0;
        Widths = [.. xml.Descendants(Main + "col").Select(col => (double)col.Attribute("width")!)];
        RowCount = xml.Descendants(Main + "row").Count();
        Cells = xml.Descendants(Main + "c").ToDictionary(
            cell => (string)cell.Attribute("r")!,
            cell => new XlsxCell(
                (string?)cell.Attribute("t") ?? "n",
                cell.Descendants(Main + "t").FirstOrDefault()?.Value ?? cell.Element(Main + "v")?.Value ?? "",
                formats[(int)cell.Attribute("s")!]),
            StringComparer.Ordinal);
    }

    public string Name { get; }

    public bool IsRightToLeft { get; }

    public int FrozenRows { get; }

    public IReadOnlyList<double> Widths { get; }

    public int RowCount { get; }

    public IReadOnlyDictionary<string, XlsxCell> Cells { get; }
}

/// <param name="Type"><c>n</c> for numbers, <c>inlineStr</c> for text.</param>
/// <param name="Value">As stored.</param>
/// <param name="Format">Its number format.</param>
internal sealed record XlsxCell(string Type, string Value, string Format);
