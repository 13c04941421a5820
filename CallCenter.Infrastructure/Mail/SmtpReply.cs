using System.Globalization;
using System.Text;

namespace CallCenter.Infrastructure.Mail;

/// <summary>A reply: its code, and its lines without codes.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>As it is shown: one line, printable signs only.</summary>
    public string Text
    {
        get
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{Code} {string.Join(' ', Lines)}");
            return string.Concat(text.Where(c => !char.IsControl(c)));
        }
    }

    public bool IsGood => Code is >= 200 and < 400;
}

/// <summary>What is read is no reply of a mail server.</summary>
internal sealed class SmtpGarbageException : IOException;

/// <summary>Reads replies. Bounded, as the other side may be anything.</summary>
internal sealed class SmtpReplyReader(Stream stream)
{
    private const int LongestLine = 4_096;
    private const int MostLines = 100;

    private readonly byte[] _buffer = new byte[4_096];
    private int _at;
    private int _end;

    /// <summary>Bytes came that nobody asked for; before a handshake they would be taken for encrypted ones.</summary>
    public bool HasMore => _at < _end;

    /// <exception cref="EndOfStreamException">The server ended the connection.</exception>
    /// <exception cref="SmtpGarbageException">Not SMTP.</exception>
    public async Task<SmtpReply> ReadAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 200 or > 599
                || (line.Length > 3 && line[3] is not (' ' or '-')) || lines.Count == MostLines)
            {
                throw new SmtpGarbageException();
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
            {
                return new SmtpReply(code, lines);
            }
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            while (_at < _end)
            {
                var sign = (char)_buffer[_at++];
                if (sign == '\n')
                {
                    return line.ToString().TrimEnd('\r');
                }

                line.Append(sign);
                if (line.Length > LongestLine)
                {
                    throw new SmtpGarbageException();
                }
            }

            (_at, _end) = (0, await stream.ReadAsync(_buffer, cancellationToken));
            if (_end == 0)
            {
                throw line.Length > 0 ? new SmtpGarbageException() : new EndOfStreamException();
            }
        }
    }
}
