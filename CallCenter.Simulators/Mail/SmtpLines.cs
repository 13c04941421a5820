using System.Text;

namespace CallCenter.Simulators.Mail;

/// <summary>Lines that end with CR LF, and with nothing else, byte by byte as Latin-1.</summary>
internal sealed class SmtpLines(Stream stream)
{
    private readonly byte[] _buffer = new byte[16_384];
    private int _at;
    private int _end;

    /// <summary>More was sent than was read.</summary>
    public bool HasMore => _at < _end;

    /// <summary>The next line; null at the end of the stream.</summary>
    /// <exception cref="IOException">Longer than <paramref name="longest"/>.</exception>
    public async Task<string?> ReadAsync(int longest, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            while (_at < _end)
            {
                line.Append((char)_buffer[_at++]);
                if (line is [.., '\r', '\n'])
                {
                    return line.ToString(0, line.Length - 2);
                }

                if (line.Length > longest)
                {
                    throw new IOException("The line is too long.");
                }
            }

            (_at, _end) = (0, await stream.ReadAsync(_buffer, cancellationToken));
            if (_end == 0)
            {
                return null;
            }
        }
    }
}
