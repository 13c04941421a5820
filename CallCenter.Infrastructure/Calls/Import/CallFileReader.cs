using System.Text;
using CallCenter.Core.Calls;
using CallCenter.Core.Files;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Infrastructure.Calls.Import;

/// <summary>A line of a file: a row, or why it is none.</summary>
internal readonly record struct CallFileLine(long Number, string Raw, UcmCdrRow? Row, Error? Refusal);

/// <summary>Reads a file of call detail line by line; holds one line at a time.</summary>
internal sealed class CallFileReader : IDisposable
{
    private readonly StreamReader _reader;
    private readonly CallFileColumns _columns;
    private string? _pending;
    private long _number;

    private CallFileReader(StreamReader reader, CallFileColumns columns, string? pending, long number)
    {
        _reader = reader;
        _columns = columns;
        _pending = pending;
        _number = number;
    }

    public CallImportFormat Format => _columns.Format;

    /// <summary>Opens a file from its beginning and finds out what it is; the stream stays open.</summary>
    public static async Task<Result<CallFileReader>> OpenAsync(Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);
        var number = 0L;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (CallFileColumns.Recognise(line) is { } columns)
            {
                return new CallFileReader(reader, columns, columns.Format == CallImportFormat.AsteriskMaster ? line : null, number);
            }

            reader.Dispose();
            return CallImportErrors.UnknownFormat;
        }

        reader.Dispose();
        return CallImportErrors.Empty;
    }

    /// <summary>The next line with anything in it; null at the end.</summary>
    public async ValueTask<CallFileLine?> NextAsync(CancellationToken cancellationToken)
    {
        var line = _pending;
        _pending = null;
        while (line is null)
        {
            line = await _reader.ReadLineAsync(cancellationToken);
            if (line is null)
            {
                return null;
            }

            _number++;
            line = string.IsNullOrWhiteSpace(line) ? null : line;
        }

        if (CsvLine.Split(line, _columns.Separator) is not { } values)
        {
            return new CallFileLine(_number, line, null, CsvErrors.Quote);
        }

        if (values.Count < _columns.Fewest)
        {
            return new CallFileLine(_number, line, null, CallImportErrors.Columns);
        }

        var row = UcmCdrRowReader.Read(_columns.FieldsOf(values), line, (int)Math.Min(_number, int.MaxValue));
        return row is null ? new CallFileLine(_number, line, null, CallImportErrors.Start) : new CallFileLine(_number, line, row, null);
    }

    public void Dispose() => _reader.Dispose();
}
