using System.Globalization;
using System.Net;
using System.Text;

namespace CallCenter.Infrastructure.Exports;

/// <summary>The small parts of a workbook around its sheets.</summary>
internal static class XlsxParts
{
    // Places in the list of cell formats below.
    public const string HeadingStyle = "1";
    public const string TextStyle = "2";
    public const string TimeStyle = "3";
    public const string DurationStyle = "4";
    public const string PercentStyle = "5";
    public const string DecimalStyle = "6";
    public const string NumberStyle = "7";

    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const int SheetNameMaxLength = 31;

    public const string Styles =
        $"""
        {Declaration}<styleSheet xmlns="{Main}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="[h]:mm:ss"/><numFmt numFmtId="166" formatCode="0.0%"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8ECF1"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """;

    public const string Relations =
        $"""
        {Declaration}<Relationships xmlns="{Package}"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """;

    public static string SheetHead(bool rightToLeft, bool hasHeading, IReadOnlyList<TableColumn> columns, bool isFirst)
    {
        var xml = new StringBuilder(
            $"""
            {Declaration}<worksheet xmlns="{Main}"><sheetViews><sheetView{(rightToLeft ? " rightToLeft=\"1\"" : "")}{(isFirst ? " tabSelected=\"1\"" : "")} workbookViewId="0">{(hasHeading ? "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/>" : "")}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>
            """);
        for (var i = 0; i < columns.Count; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"""<col min="{i + 1}" max="{i + 1}" width="{columns[i].Width + 1}" customWidth="1"/>""");
        }

        return xml.Append("</cols><sheetData>").ToString();
    }

    public static string Workbook(IReadOnlyList<string> sheets)
    {
        var xml = new StringBuilder($"""{Declaration}<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets>""");
        for (var i = 0; i < sheets.Count; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"""<sheet name="{WebUtility.HtmlEncode(sheets[i])}" sheetId="{i + 1}" r:id="rId{i + 1}"/>""");
        }

        return xml.Append("</sheets></workbook>").ToString();
    }

    public static string WorkbookRelations(int sheets)
    {
        var xml = new StringBuilder($"""{Declaration}<Relationships xmlns="{Package}">""");
        for (var i = 1; i <= sheets; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{i}" Type="{Office}/worksheet" Target="worksheets/sheet{i}.xml"/>""");
        }

        return xml.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{sheets + 1}" Type="{Office}/styles" Target="styles.xml"/></Relationships>""").ToString();
    }

    public static string ContentTypes(int sheets)
    {
        const string Sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        var xml = new StringBuilder(
            $"""{Declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Sheet}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Sheet}.styles+xml"/>""");
        for (var i = 1; i <= sheets; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"""<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{Sheet}.worksheet+xml"/>""");
        }

        return xml.Append("</Types>").ToString();
    }

    /// <summary>A name that Excel takes: no forbidden sign, 31 characters, another than the sheets before.</summary>
    public static string SheetName(string title, IReadOnlyCollection<string> taken)
    {
        var plain = string.Concat(title.Select(c => c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' || char.IsControl(c) ? ' ' : c)).Trim().Trim('\'').Trim();
        plain = plain.Length == 0 ? "Sheet" : plain;
        for (var number = 1; ; number++)
        {
            var tail = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {number}");
            var name = (plain.Length + tail.Length <= SheetNameMaxLength ? plain : plain[..(SheetNameMaxLength - tail.Length)].TrimEnd()) + tail;
            if (!taken.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return name;
            }
        }
    }
}
