using System.Buffers;

namespace CallCenter.Infrastructure.Exports;

/// <summary>Text for XML and HTML: what means something there is written as a reference, what may not stand there is left out.</summary>
internal static class XmlOut
{
    private static readonly SearchValues<char> Special = SearchValues.Create(
        "&<>\"'_\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000D\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\uFFFE\uFFFF");

    /// <summary>Writes the text.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="text">The text; unpaired surrogates become the replacement sign when encoded.</param>
    /// <param name="isSheet">A workbook's text, in which <c>_x0041_</c> would be read as one sign.</param>
    public static void WriteXml(this Utf8Out target, ReadOnlySpan<char> text, bool isSheet)
    {
        for (int at; (at = text.IndexOfAny(Special)) >= 0; text = text[(at + 1)..])
        {
            target.Write(text[..at]);
            switch (text[at])
            {
                case '&':
                    target.Write("&amp;"u8);
                    break;
                case '<':
                    target.Write("&lt;"u8);
                    break;
                case '>':
                    target.Write("&gt;"u8);
                    break;
                case '"':
                    target.Write("&quot;"u8);
                    break;
                case '\'':
                    target.Write("&#39;"u8);
                    break;
                case '_':
                    target.Write(isSheet && IsEscape(text[at..]) ? "_x005F_"u8 : "_"u8);
                    break;
                case '\r':
                    target.Write(isSheet ? "&#13;"u8 : " "u8);
                    break;
            }
        }

        target.Write(text);
    }

    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] == 'x' && text[6] == '_' && char.IsAsciiHexDigit(text[2]) && char.IsAsciiHexDigit(text[3]) && char.IsAsciiHexDigit(text[4]) && char.IsAsciiHexDigit(text[5]);
}
