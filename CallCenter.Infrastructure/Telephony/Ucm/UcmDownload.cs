using System.Text.Json;
using CallCenter.Infrastructure.Recordings.Audio;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>
/// The body of an answer that should be a file. What it is, its first bytes say: the UCM's word on the type is wrong at times, and a
/// refusal comes as JSON under HTTP 200. Each read gets the time of a request, the whole as many as it needs.
/// </summary>
internal sealed class UcmDownload(Stream body, Action progress, CancellationToken timeout) : ReadOnlyStream
{
    private const int BeginningBytes = 12;
    private const int MostJsonBytes = 64 * 1024;

    private byte[] _beginning = [];
    private int _given;

    public static async Task<UcmOutcome> TakeAsync(UcmDownload download, string action, UcmTake take, CancellationToken cancellationToken)
    {
        var beginning = new byte[BeginningBytes];
        var read = await download.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken);
        download._beginning = beginning[..read];
        if (beginning.AsSpan().StartsWith("RIFF"u8))
        {
            await take(download, cancellationToken);
            return new UcmReply(default, default);
        }

        var text = new byte[MostJsonBytes];
        var length = await download.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken);
        if (UcmBody.TryParse(text[..length]) is not { ValueKind: JsonValueKind.Object } root)
        {
            return UcmBody.NotJson(action);
        }

        return UcmBody.ToOutcome(root, action).Failure ?? UcmBody.WrongShape(action);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_given < _beginning.Length)
        {
            var count = Math.Min(buffer.Length, _beginning.Length - _given);
            _beginning.AsMemory(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }

        progress();
        return await body.ReadAsync(buffer, timeout);
    }

    public override async ValueTask DisposeAsync()
    {
        await body.DisposeAsync();
        await base.DisposeAsync();
    }
}
