using System.Globalization;
using CallCenter.Infrastructure.Exports;

namespace CallCenter.Tests.Exports;

public sealed class XlsxTableWriterTests
{
    [Fact]
    public async Task Cells_OfEveryKind_AreTypedAndFormatted()
    {
        var at = new DateTime(2026, 3, 2, 14, 5, 9, DateTimeKind.Unspecified);
        var sheet = (await BookAsync(
            WrittenTable.Head(false, [.. Enumerable.Range(0, 7).Select(i => WrittenTable.Column($"H{i}"))]),
            row =>
            {
                row.Time(at);
                row.Text("Smith & <Jo> \"x\"");
                row.Phone("0501234567", 966501234567);
                row.Duration(26 * 3600 + 61);
                row.Number(1234);
                row.Percent(0.5);
                row.Fraction(2.25);
            })).Sheets[0];

        Assert.Equal(at, DateTime.FromOADate(Number(sheet.Cells["A2"])), TimeSpan.FromMilliseconds(1));
        Assert.Equal(@"yyyy\-mm\-dd\ hh:mm:ss", sheet.Cells["A2"].Format);
        Assert.Equal(("inlineStr", "Smith & <Jo> \"x\""), (sheet.Cells["B2"].Type, sheet.Cells["B2"].Value));
        Assert.Equal(("inlineStr", "+966501234567", "49"), (sheet.Cells["C2"].Type, sheet.Cells["C2"].Value, sheet.Cells["C2"].Format));
        Assert.Equal((26 * 3600) + 61, Number(sheet.Cells["D2"]) * 86_400, 3);
        Assert.Equal("[h]:mm:ss", sheet.Cells["D2"].Format);
        Assert.Equal(1234, Number(sheet.Cells["E2"]));
        Assert.Equal((0.5, "0.0%"), (Number(sheet.Cells["F2"]), sheet.Cells["F2"].Format));
        Assert.Equal(2.25, Number(sheet.Cells["G2"]));
        Assert.Equal("H0", sheet.Cells["A1"].Value);
        Assert.Equal(1, sheet.FrozenRows);
        Assert.Equal(7, sheet.Widths.Count);
        Assert.False(sheet.IsRightToLeft);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData(" leading and trailing ")]
    [InlineData("أحمد\nالسالم")]
    [InlineData("tab\there")]
    [InlineData("😀")]
    public async Task Text_OfAnyKind_ComesBackAsTextAndExact(string text)
    {
        var sheet = (await BookAsync(WrittenTable.Head(false, WrittenTable.Column("H")), row => row.Text(text))).Sheets[0];

        Assert.Equal(("inlineStr", text), (sheet.Cells["A2"].Type, sheet.Cells["A2"].Value));
    }

    [Fact]
    public async Task Text_WithWhatXmlOrExcelReadsOtherwise_IsMadeHarmless()
    {
        var sheet = (await BookAsync(WrittenTable.Head(false, WrittenTable.Column("H")), row => row.Text("a\u0001b\u001Fc"), row => row.Text("_x0041_"), row => row.Text("half \uD83D"))).Sheets[0];

        Assert.Equal("abc", sheet.Cells["A2"].Value);
        Assert.Equal("_x005F_x0041_", sheet.Cells["A3"].Value);
        Assert.Equal("half \uFFFD", sheet.Cells["A4"].Value);
    }

    [Fact]
    public async Task Arabic_Sheet_BeginsAtTheRight()
    {
        var book = await BookAsync(WrittenTable.Head(true, WrittenTable.Column("البداية")) with { Title = "المكالمات", AboutTitle = "معلومات" }, row => row.Text("أ"));

        Assert.Equal(["المكالمات", "معلومات"], book.Sheets.Select(sheet => sheet.Name));
        Assert.All(book.Sheets, sheet => Assert.True(sheet.IsRightToLeft));
        Assert.Equal("البداية", book.Sheets[0].Cells["A1"].Value);
        Assert.Equal(("What", "Calls"), (book.Sheets[1].Cells["A1"].Value, book.Sheets[1].Cells["B1"].Value));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(6, 2)]
    [InlineData(7, 3)]
    public async Task Rows_BeyondASheet_GoOnOnTheNextWithTheirHeading(int rows, int sheets)
    {
        var book = await BookAsync(
            stream => new XlsxTableWriter(stream, rowsPerSheet: 4),
            WrittenTable.Head(false, WrittenTable.Column("N")),
            [.. Enumerable.Range(1, rows).Select(n => (Action<ITableWriter>)(row => row.Number(n)))]);

        var data = book.Sheets.SkipLast(1).ToList();
        Assert.Equal(sheets, data.Count);
        Assert.Equal(sheets, data.Select(sheet => sheet.Name).Distinct().Count());
        Assert.All(data, sheet => Assert.Equal("N", sheet.Cells["A1"].Value));
        Assert.All(data, sheet => Assert.InRange(sheet.RowCount, 2, 4));
        Assert.Equal(
            Enumerable.Range(1, rows).Select(n => n.ToString(CultureInfo.InvariantCulture)),
            data.SelectMany(sheet => Enumerable.Range(2, sheet.RowCount - 1).Select(row => sheet.Cells[$"A{row}"].Value)));
    }

    [Fact]
    public async Task Columns_BeyondZ_HaveTwoLetters()
    {
        var sheet = (await BookAsync(WrittenTable.Head(false, [.. Enumerable.Range(0, 28).Select(i => WrittenTable.Column($"H{i}"))]), row =>
        {
            for (var i = 0; i < 28; i++)
            {
                row.Number(i);
            }
        })).Sheets[0];

        Assert.Equal(("26", "27"), (sheet.Cells["AA2"].Value, sheet.Cells["AB2"].Value));
    }

    [Fact]
    public async Task Table_WithoutRows_IsAWorkbookWithItsHeading() =>
        Assert.Equal(1, (await BookAsync(WrittenTable.Head(false, WrittenTable.Column("H")))).Sheets[0].RowCount);

    [Fact]
    public async Task Memory_OfManyRows_IsFlat()
    {
        var row = new string('x', 200);
        await using var writer = new XlsxTableWriter(Stream.Null);
        await writer.BeginAsync(WrittenTable.Head(false, WrittenTable.Column("H")), default);
        await WriteAsync(10_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await WriteAsync(200_000);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 4_000_000);
        await writer.CompleteAsync(null, default);

        async Task WriteAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                writer.Text(row);
                await writer.EndRowAsync(default);
            }
        }
    }

    private static double Number(XlsxCell cell)
    {
        Assert.Equal("n", cell.Type);
        return double.Parse(cell.Value, CultureInfo.InvariantCulture);
    }

    private static Task<XlsxBook> BookAsync(TableHead head, params Action<ITableWriter>[] rows) => BookAsync(stream => new XlsxTableWriter(stream), head, rows);

    private static async Task<XlsxBook> BookAsync(Func<Stream, ITableWriter> create, TableHead head, params Action<ITableWriter>[] rows) =>
        new(new MemoryStream(await WrittenTable.WriteAsync(create, head, rows)));
}
