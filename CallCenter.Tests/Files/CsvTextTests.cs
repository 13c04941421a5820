using System.Text;
using CallCenter.Core.Files;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Files;

public sealed class CsvTextTests
{
    private static readonly string[] Pieces =
        [",", ";", "\t", "\"", "\"\"", "\r\n", "\n", "\r", " ", "a", "1001", "مها", "٢٠٠١", "\u200F", "sep=;", "\u2028", "\uD800", "\uFEFF", "name", "=1+1"];

    [Fact]
    public void Read_AnyText_CoversEveryLineWithContentExactlyOnce()
    {
        var texts = Gen.Elements(Pieces).ArrayOf().Select(string.Concat);

        Prop.ForAll(texts.ToArbitrary(), text => Covers(text, CsvText.Read(text, int.MaxValue))).Holds(3_000, largest: 60);
    }

    [Fact]
    public void Read_AnyBytes_NeverThrows()
    {
        var bytes = ArbMap.Default.GeneratorFor<byte>().ArrayOf();

        Prop.ForAll(bytes.ToArbitrary(), file =>
        {
            var read = CsvText.Read(file, 50);
            return read.Succeeded ? read.Value.Records.Count is > 0 and <= 50 : read.Error is not null;
        }).Holds(2_000, largest: 200);
    }

    [Theory]
    [InlineData("a,b\n1,2", ',')]
    [InlineData("a;b\n1,5;2", ';')]
    [InlineData("a\tb\n1\t2", '\t')]
    [InlineData("\"a,b\";c\n1;2", ';')]
    [InlineData("sep=;\na,b;c\n1;2", ';')]
    [InlineData("a\n1", ',')]
    public void Read_Separator_IsFoundOut(string text, char separator) => Assert.Equal(separator, CsvText.Read(text, 10).Value.Separator);

    [Fact]
    public void Read_Quotes_AreUnderstood()
    {
        var record = CsvText.Read("name,number\n\"Quinn, \"\"Nora\"\"\" , 1001 ", 10).Value.Records[1];

        Assert.Null(record.Fault);
        Assert.Equal(["Quinn, \"Nora\"", "1001"], record.Fields);
    }

    [Fact]
    public void Read_QuoteNeverClosed_SpoilsItsOwnLineOnly()
    {
        var records = CsvText.Read("name,number\n\"Nora,1001\nLiam,1002\nMona,1003", 10).Value.Records;

        Assert.Equal(4, records.Count);
        Assert.Equal(CsvErrors.Quote, records[1].Fault);
        Assert.Equal("\"Nora,1001", records[1].Raw);
        Assert.Equal([(3, "Liam"), (4, "Mona")], records.Skip(2).Select(record => (record.Line, record.Fields[0])));
        Assert.All(records.Skip(2), record => Assert.Null(record.Fault));
    }

    [Fact]
    public void Read_ValueOverSeveralLines_IsOneFaultyRecord()
    {
        var records = CsvText.Read("name,number\r\n\"Nora\r\nQuinn\r\nx\",1001\r\nLiam,1002", 10).Value.Records;

        Assert.Equal((2, 4, CsvErrors.LineBreak), (records[1].Line, records[1].LastLine, records[1].Fault));
        Assert.Equal((5, 5), (records[2].Line, records[2].LastLine));
        Assert.Null(records[2].Fault);
    }

    [Fact]
    public void Read_EmptyLines_AreLeftOutAndCounted()
    {
        var records = CsvText.Read("name,number\n\n,,,\n  \nNora,1001\n", 10).Value.Records;

        Assert.Equal([1, 5], records.Select(record => record.Line));
    }

    [Fact]
    public void Read_Encodings_GiveTheSame()
    {
        const string Text = "الاسم,الرقم\nمها سالم,1001";
        byte[][] files =
        [
            Encoding.UTF8.GetBytes(Text),
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)],
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)],
            [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)],
            CodePagesEncodingProvider.Instance.GetEncoding(1256)!.GetBytes(Text),
        ];

        Assert.All(files, file => Assert.Equal(["مها سالم", "1001"], CsvText.Read(file, 10).Value.Records[1].Fields));
    }

    [Fact]
    public void Read_NoText_SaysSo()
    {
        Assert.Equal(CsvErrors.NotText, CsvText.Read("PK\u0003\u0004\0\0"u8, 10).Error);
        Assert.Equal(CsvErrors.Empty, CsvText.Read(" \r\n ;; \n"u8, 10).Error);
        Assert.Equal(CsvErrors.TooLarge, CsvText.Read(new byte[CsvText.MaxBytes + 1], 10).Error);
        Assert.Equal(CsvErrors.TooManyLines, CsvText.Read("a\nb\nc"u8, 2).Error);
    }

    [Fact]
    public void Read_LargestFileOfOpenQuotes_EndsSoon()
    {
        var text = string.Concat(Enumerable.Repeat("\"\n", CsvText.MaxBytes / 2));

        // Nothing to wait for: were the search for closing marks unbounded, this would take minutes.
        Assert.Equal(CsvErrors.TooManyLines, CsvText.Read(Encoding.UTF8.GetBytes(text[..^10] + "x\n\"\"\"x"), 2_001).Error);
    }

    private static bool Covers(string text, Core.Primitives.Result<CsvDocument> read)
    {
        var lines = text.ReplaceLineEndings("\n").Length == 0 ? [] : Lines(text);
        if (read.Error is { } error)
        {
            return error == CsvErrors.Empty && lines.Select((line, index) => (line, index)).All(pair => IsEmpty(pair.line) || (pair.index == 0 && pair.line.StartsWith("sep=", StringComparison.Ordinal)));
        }

        var covered = new int[lines.Count + 2];
        foreach (var record in read.Value.Records)
        {
            for (var line = record.Line; line <= record.LastLine; line++)
            {
                covered[line]++;
            }
        }

        var separatorLine = lines is [{ Length: 5 } first, ..] && first.StartsWith("sep=", StringComparison.Ordinal);
        return lines.Select((line, index) => (line, count: covered[index + 1], index)).All(pair =>
            pair.count <= 1 && (pair.count == 1 || IsEmpty(pair.line) || (pair.index == 0 && separatorLine)));
    }

    private static bool IsEmpty(string line) => line.All(c => char.IsWhiteSpace(c) || c is ',' or ';' or '\t' or '"' or '\u200F' or '\uFEFF');

    private static List<string> Lines(string text) => [.. text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n')];
}
