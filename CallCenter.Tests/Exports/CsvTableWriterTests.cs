using System.Text;
using CallCenter.Core.Files;
using CallCenter.Infrastructure.Exports;

namespace CallCenter.Tests.Exports;

public sealed class CsvTableWriterTests
{
    [Fact]
    public async Task Cells_OfEveryKind_AreWrittenAsTheGoldenLine()
    {
        var bytes = await WrittenTable.WriteAsync(
            stream => new CsvTableWriter(stream),
            WrittenTable.Head(false, WrittenTable.Column("Start (Asia/Riyadh)"), WrittenTable.Column("Name"), WrittenTable.Column("From"), WrittenTable.Column("Talk"), WrittenTable.Column("Calls"), WrittenTable.Column("Share"), WrittenTable.Column("Load"), WrittenTable.Column("None")),
            row =>
            {
                row.Time(new DateTime(2026, 3, 2, 14, 5, 9, DateTimeKind.Unspecified));
                row.Text("Smith, \"Jo\"");
                row.Phone("0501234567", 966501234567);
                row.Duration(3 * 3600 + 7);
                row.Number(1234);
                row.Percent(0.7778);
                row.Fraction(12.5);
                row.Empty();
            });

        Assert.Equal(
            "\uFEFFStart (Asia/Riyadh),Name,From,Talk,Calls,Share,Load,None\r\n2026-03-02 14:05:09,\"Smith, \"\"Jo\"\"\",+966 50 123 4567,3:00:07,1234,77.78%,12.5,\r\n",
            Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("  =1+1")]
    [InlineData("\u200F=1+1")]
    [InlineData("\u00A0-2")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠A1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")")]
    [InlineData("=cmd|' /C calc'!A0")]
    public async Task Text_ThatASpreadsheetWouldCompute_BeginsWithAnApostrophe(string text)
    {
        var cell = await CellAsync(writer => writer.Text(text));

        Assert.StartsWith("\"'", cell, StringComparison.Ordinal);
        Assert.Equal(text, cell[2..^1].Replace("\"\"", "\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0501234567", 966501234567)]
    [InlineData("=1+1", 0)]
    [InlineData("a\"b", 0)]
    [InlineData("*97", 0)]
    public async Task Phone_ThatComesAgain_IsWrittenAsTheFirstTime(string raw, long e164)
    {
        var bytes = await WrittenTable.WriteAsync(
            stream => new CsvTableWriter(stream),
            WrittenTable.Head(false, WrittenTable.Column("From"), WrittenTable.Column("To"), WrittenTable.Column("By")),
            row =>
            {
                row.Phone(raw, e164);
                row.Phone("7", 0);
                row.Phone(raw, e164);
            });

        var cell = await CellAsync(writer => writer.Phone(raw, e164));
        Assert.NotEmpty(cell);
        Assert.Equal($"\uFEFFFrom,To,By\r\n{cell},7,{cell}\r\n", Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData(1, 1, 1, 0, 0, 0)]
    [InlineData(1999, 12, 31, 23, 59, 59)]
    [InlineData(2026, 10, 9, 0, 1, 10)]
    [InlineData(9999, 2, 28, 12, 30, 5)]
    public async Task Time_OfAnyDigits_IsWrittenAsItsFormat(int year, int month, int day, int hour, int minute, int second)
    {
        var time = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).AddTicks(9_999_999);

        Assert.Equal(time.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), await CellAsync(writer => writer.Time(time)));
    }

    [Theory]
    [InlineData("أحمد السالم")]
    [InlineData("Müller & Söhne")]
    [InlineData("a=b")]
    [InlineData("😀")]
    public async Task Text_ThatIsHarmless_StaysAsItIs(string text) => Assert.Equal(text, await CellAsync(writer => writer.Text(text)));

    [Theory]
    [InlineData("+966501234567", 966501234567, "+966 50 123 4567")]
    [InlineData("00966501234567", 966501234567, "+966 50 123 4567")]
    [InlineData("1001", 0, "1001")]
    [InlineData("0100", 0, "0 100")]
    [InlineData("123456789012", 0, "1 234 567 890 12")]
    [InlineData("+123", 0, "+1 23")]
    [InlineData("*97", 0, "*97")]
    [InlineData("anonymous", 0, "anonymous")]
    [InlineData("", 0, "")]
    public async Task Phone_InACell_KeepsPlusAndZerosAndIsNoNumberToExcel(string raw, long e164, string expected)
    {
        var cell = await CellAsync(writer => writer.Phone(raw, e164));

        Assert.Equal(expected, cell);
        Assert.Equal(raw.Length == 0 ? "" : e164 > 0 ? $"+{e164}" : raw, cell.Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1+cmd")]
    [InlineData("-2+3")]
    [InlineData("@A1")]
    public async Task Phone_ThatIsAFormula_IsGuarded(string raw) => Assert.StartsWith("\"'", await CellAsync(writer => writer.Phone(raw, 0)), StringComparison.Ordinal);

    [Fact]
    public async Task File_ReadBackByAnotherReader_HasTheSameValues()
    {
        string[] values = ["line\r\nbreak", "quote\"s", "semi;colon", " blank ", "عربي, مع فاصلة", ""];
        var bytes = await WrittenTable.WriteAsync(
            stream => new CsvTableWriter(stream),
            WrittenTable.Head(true, [.. values.Select((_, i) => WrittenTable.Column($"H{i}"))]),
            row => Array.ForEach(values, row.Text));

        var rows = Rfc4180(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'));

        Assert.Equal(2, rows.Count);
        Assert.Equal(values, rows[1]);
    }

    [Fact]
    public async Task File_OfOurOwnImport_IsUnderstood()
    {
        var bytes = await WrittenTable.WriteAsync(
            stream => new CsvTableWriter(stream), WrittenTable.Head(false, WrittenTable.Column("Name"), WrittenTable.Column("Number")), row =>
            {
                row.Text("Mona");
                row.Phone("+966501234567", 966501234567);
            });

        var read = CsvText.Read(bytes, 10);

        Assert.Equal(["Mona", "+966 50 123 4567"], read.Value.Records[1].Fields);
    }

    private static async Task<string> CellAsync(Action<ITableWriter> write)
    {
        var bytes = await WrittenTable.WriteAsync(stream => new CsvTableWriter(stream), WrittenTable.Head(false, WrittenTable.Column("H")), write);
        var text = Encoding.UTF8.GetString(bytes);
        return text[(text.IndexOf("\r\n", StringComparison.Ordinal) + 2)..^2];
    }

    /// <summary>Read by the letter of RFC 4180, without knowing our writer.</summary>
    private static List<List<string>> Rfc4180(string text)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append(text[++i]);
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is ',' or '\r' && !quoted)
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\r')
                {
                    i++;
                    rows.Add(row);
                    row = [];
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        return rows;
    }
}
