using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CallCenter.Core.Mail;

namespace CallCenter.Infrastructure.Mail;

/// <summary>A file that goes along with a mail.</summary>
internal sealed record MailAttachment(string Name, string ContentType, long Bytes, Func<Stream> Open);

/// <summary>
/// A mail as it is sent: text and HTML side by side, a file after them. All parts are base64, so that there are seven bits and short lines whatever
/// the language, and a file is read while it is sent.
/// </summary>
internal sealed record MimeMessage
{
    // 57 bytes make 76 signs, the longest line of base64 in mail.
    private const int LineBytes = 57;
    private const int Block = LineBytes * 200;

    public required Guid Id { get; init; }

    public required string FromAddress { get; init; }

    public required string FromName { get; init; }

    public required string To { get; init; }

    public required string Subject { get; init; }

    public required string Language { get; init; }

    public required DateTime DateUtc { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    public MailAttachment? Attachment { get; init; }

    /// <summary>The same for each attempt.</summary>
    public string MessageId => $"<{Id:N}@{From[(From.LastIndexOf('@') + 1)..]}>";

    /// <summary>About, for SIZE.</summary>
    public long Bytes => 2_000 + ((Encoding.UTF8.GetByteCount(Text) + Encoding.UTF8.GetByteCount(Html) + (Attachment?.Bytes ?? 0)) * 78 / LineBytes);

    private string From => MailAddresses.ForEnvelope(FromAddress) ?? FromAddress;

    public async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var (outer, inner) = ($"=_a{Id:N}", $"=_b{Id:N}");
        Add("From", FromName.Length == 0 ? From : $"{Phrase(FromName)} <{From}>");
        Add("To", MailAddresses.ForEnvelope(To) ?? To);
        Add("Subject", Phrase(Subject));
        Add("Date", DateUtc.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " +0000");
        Add("Message-ID", MessageId);
        Add("MIME-Version", "1.0");
        Add("Content-Language", Language);

        // So that nobody's holiday notice answers it.
        Add("Auto-Submitted", "auto-generated");
        Add("Content-Type", Attachment is null ? $"multipart/alternative;\r\n boundary=\"{inner}\"" : $"multipart/mixed;\r\n boundary=\"{outer}\"");
        head.Append("\r\n");
        if (Attachment is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"--{outer}\r\nContent-Type: multipart/alternative;\r\n boundary=\"{inner}\"\r\n\r\n");
        }

        await SayAsync(head.ToString());
        await PartAsync(inner, "text/plain; charset=utf-8", Text);
        await PartAsync(inner, "text/html; charset=utf-8", Html);
        await SayAsync($"--{inner}--\r\n");
        if (Attachment is { } file)
        {
            await SayAsync($"--{outer}\r\nContent-Type: {file.ContentType}\r\nContent-Disposition: attachment;\r\n filename=\"{file.Name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n");
            await using var content = file.Open();
            await Base64Async(content, stream, cancellationToken);
            await SayAsync($"--{outer}--\r\n");
        }

        void Add(string name, string value) => head.Append(name).Append(": ").Append(value).Append("\r\n");

        Task SayAsync(string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken).AsTask();

        async Task PartAsync(string boundary, string type, string text)
        {
            await SayAsync($"--{boundary}\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: base64\r\n\r\n");
            await using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
            await Base64Async(content, stream, cancellationToken);
        }
    }

    /// <summary>Text of a header: as it is where it is plain, else as encoded words (RFC 2047), none longer than a line may have.</summary>
    internal static string Phrase(string text)
    {
        text = string.Concat(text.Where(c => !char.IsControl(c)));
        if (text.Length <= 60 && text.All(c => char.IsAsciiLetterOrDigit(c) || " -_.,:/&+'!".Contains(c, StringComparison.Ordinal)))
        {
            return text.Contains(',', StringComparison.Ordinal) || text.Contains('.', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal) ? $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=" : text;
        }

        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(word.ToString()) + rune.Utf8SequenceLength > 39)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            word.Append(rune.ToString());
        }

        words.Add(word.ToString());
        return string.Join("\r\n ", words.Select(part => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(part))}?="));
    }

    private static async Task Base64Async(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var (read, lines) = (new byte[Block], new byte[Block / LineBytes * 78]);
        int count;
        while ((count = await from.ReadAtLeastAsync(read, read.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            var written = 0;
            for (var at = 0; at < count; at += LineBytes)
            {
                Base64.EncodeToUtf8(read.AsSpan(at, Math.Min(LineBytes, count - at)), lines.AsSpan(written), out _, out var signs);
                written += signs;
                lines[written++] = (byte)'\r';
                lines[written++] = (byte)'\n';
            }

            await to.WriteAsync(lines.AsMemory(0, written), cancellationToken);
        }
    }
}
