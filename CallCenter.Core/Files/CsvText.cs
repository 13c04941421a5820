using System.Text;
using CallCenter.Core.Primitives;

namespace CallCenter.Core.Files;

/// <summary>
/// Reads CSV as people and their programs write it, and loses no line: whatever cannot be read is a record with a fault. A
/// quotation mark that nobody closes spoils its own line, not the rest of the file.
/// </summary>
public static class CsvText
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxBytes = 1_000_000;

    // A quoted value longer than this is taken for a forgotten quotation mark; it also bounds the search for the closing one.
    private const int LongestQuoted = 8_000;

    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>Reads a file: UTF-8, UTF-16 with a byte-order mark, or Windows-1256, the separator found out.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="maxRecords">Most records with anything in them, the first included.</param>
    /// <returns>The records, or <see cref="CsvErrors.TooLarge"/>, <see cref="CsvErrors.NotText"/>, <see cref="CsvErrors.Empty"/> or <see cref="CsvErrors.TooManyLines"/>.</returns>
    public static Result<CsvDocument> Read(ReadOnlySpan<byte> bytes, int maxRecords)
    {
        if (bytes.Length > MaxBytes)
        {
            return CsvErrors.TooLarge;
        }

        var text = Decode(bytes);
        return text.Contains('\0', StringComparison.Ordinal) ? CsvErrors.NotText : Read(text, maxRecords);
    }

    /// <summary>Reads text that is decoded already.</summary>
    public static Result<CsvDocument> Read(string text, int maxRecords)
    {
        var scan = new Scan(text);
        var separator = scan.TakeSeparatorLine() ?? Detect(text);
        var records = new List<CsvRecord>();
        while (!scan.AtEnd)
        {
            var record = scan.Next(separator);
            if (record.Fault is null && record.Fields.All(field => field.Length == 0))
            {
                continue;
            }

            if (records.Count == maxRecords)
            {
                return CsvErrors.TooManyLines;
            }

            records.Add(record);
        }

        return records.Count == 0 ? CsvErrors.Empty : new CsvDocument(separator, records);
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.Unicode.Preamble))
        {
            return Encoding.Unicode.GetString(bytes[2..]);
        }

        if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        }

        var body = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (DecoderFallbackException)
        {
            // What spreadsheets on Arabic Windows write; every byte is a character in it.
            return CodePagesEncodingProvider.Instance.GetEncoding(1256)!.GetString(body);
        }
    }

    private static char Detect(string text)
    {
        var counts = new int[Separators.Length];
        var quoted = false;
        foreach (var c in text.AsSpan().TrimStart())
        {
            if (c is '\r' or '\n' && !quoted)
            {
                break;
            }

            quoted ^= c == '"';
            if (!quoted && Array.IndexOf(Separators, c) is >= 0 and var index)
            {
                counts[index]++;
            }
        }

        return Separators[Array.IndexOf(counts, counts.Max())];
    }

    private sealed class Scan(string text)
    {
        private int _at;
        private int _line = 1;

        public bool AtEnd => _at >= text.Length;

        /// <summary>Spreadsheets understand a first line <c>sep=;</c>, and some write it.</summary>
        public char? TakeSeparatorLine()
        {
            var end = EndOfLine(0);
            if (end != 5 || !text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            Leave(end);
            return text[4];
        }

        public CsvRecord Next(char separator)
        {
            var (start, line) = (_at, _line);
            var fields = new List<string>();
            var fault = (Error?)null;
            var at = start;
            while (true)
            {
                var (field, end, wrong) = Field(at, separator);
                if (end < 0)
                {
                    // Never closed: the line ends where a line ends, and its values are what a naive reader would see.
                    var lineEnd = EndOfLine(start);
                    Leave(lineEnd);
                    var naive = text[start..lineEnd];
                    return new CsvRecord(line, line, naive, [.. naive.Split(separator).Select(Tidy)], CsvErrors.Quote);
                }

                fields.Add(field);
                fault ??= wrong;
                at = end;
                if (at >= text.Length || text[at] != separator)
                {
                    break;
                }

                at++;
            }

            var raw = text[start..at];
            var lastLine = line + Breaks(raw);
            _line = lastLine;
            Leave(at);
            return new CsvRecord(line, lastLine, raw, fields, fault ?? (lastLine > line ? CsvErrors.LineBreak : null));
        }

        /// <summary>A value and where it ends: at a separator, a line end or the end; below zero when a quotation mark stays open.</summary>
        private (string Field, int End, Error? Fault) Field(int at, char separator)
        {
            var quote = at;
            while (quote < text.Length && text[quote] == ' ')
            {
                quote++;
            }

            if (quote >= text.Length || text[quote] != '"')
            {
                var end = EndOfField(at, separator);
                return (Tidy(text[at..end]), end, null);
            }

            var value = new StringBuilder();
            for (var i = quote + 1; i < text.Length && i - quote <= LongestQuoted; i++)
            {
                if (text[i] != '"')
                {
                    value.Append(text[i]);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    value.Append('"');
                    i++;
                }
                else
                {
                    var end = EndOfField(i + 1, separator);
                    var rest = text.AsSpan(i + 1, end - i - 1).Trim();
                    return (Tidy(rest.Length == 0 ? value.ToString() : text[at..end]), end, rest.Length == 0 ? null : CsvErrors.Quote);
                }
            }

            return ("", -1, null);
        }

        private int EndOfField(int at, char separator)
        {
            while (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n'))
            {
                at++;
            }

            return at;
        }

        private int EndOfLine(int at) => text.AsSpan(at).IndexOfAny('\r', '\n') is >= 0 and var length ? at + length : text.Length;

        /// <summary>Goes behind the line end at <paramref name="end"/>.</summary>
        private void Leave(int end)
        {
            _at = end;
            if (_at < text.Length)
            {
                _at += text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' ? 2 : 1;
                _line++;
            }
        }

        private static int Breaks(string raw)
        {
            var count = 0;
            for (var i = 0; i < raw.Length; i++)
            {
                count += raw[i] == '\n' || (raw[i] == '\r' && (i + 1 == raw.Length || raw[i + 1] != '\n')) ? 1 : 0;
            }

            return count;
        }

        // Marks that turn the writing direction come along when numbers are copied out of Arabic texts, and nobody sees them.
        private static string Tidy(string field) => string.Concat(field.Where(c => c is not ('\u200E' or '\u200F' or '\u061C' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')))).Trim();
    }
}
