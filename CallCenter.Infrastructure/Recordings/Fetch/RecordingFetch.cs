using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Recordings.Audio;
using CallCenter.Infrastructure.Recordings.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Recordings.Fetch;

/// <summary>
/// Fetches what waits, one file after the other. Each step may be the last of this process: the row says before that an attempt began,
/// the file gets its name only when it is whole, and the row names it after. What lies between is cleaned with the next attempt.
/// </summary>
internal sealed class RecordingFetch(
    IDbContextFactory<CallCenterDbContext> contexts, RecordingQueue queue, IEnumerable<IPbxRecordings> ports, IRecordingStore store,
    IRecordingStoreUpkeep upkeep, IOptions<RecordingFetchOptions> options, TimeProvider time, ILogger<RecordingFetch> logger)
{
    // Then the PBX is the trouble and not the files.
    private const int BrokenInARow = 3;

    // A round ends, so that settings that were changed count soon.
    private static readonly TimeSpan LongestRound = TimeSpan.FromMinutes(5);

    /// <summary>One round. An error is about the PBX or the store; it pauses fetching.</summary>
    public async Task<Result> RunAsync(PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        if (await PolicyAsync(cancellationToken) is not { Enabled: true } policy || ports.FirstOrDefault(p => p.Kind == pbx.Kind) is not { } port)
        {
            return Result.Success;
        }

        if (upkeep.Look().Trouble is { } trouble)
        {
            return trouble;
        }

        upkeep.CleanIncoming(pbx.TenantId);
        var until = time.GetUtcNow() + LongestRound;
        var broken = 0;
        while (time.GetUtcNow() < until && await queue.ClaimAsync(pbx.PbxId, cancellationToken) is { } claimed)
        {
            var error = await FetchAsync(pbx, port, claimed, policy.Format, cancellationToken);
            if (error is not null && !PbxRecordingErrors.IsOfFile(error))
            {
                return error;
            }

            broken = error == PbxRecordingErrors.Cut ? broken + 1 : 0;
            if (broken == BrokenInARow)
            {
                return TelephonyErrors.Dropped;
            }

            if (options.Value.Pace > TimeSpan.Zero)
            {
                await Task.Delay(options.Value.Pace, time, cancellationToken);
            }
        }

        return Result.Success;
    }

    private async Task<Error?> FetchAsync(
        PbxEndpoint pbx, IPbxRecordings port, Recording claimed, RecordingFormat format, CancellationToken cancellationToken)
    {
        if (claimed.Attempts > 1)
        {
            upkeep.CleanOthers(claimed.TenantId, claimed.Id, claimed.StoreKey);
        }

        var fetched = await TryFetchAsync(pbx, port, claimed, format, cancellationToken);
        if (fetched.Error is { } error)
        {
            logger.LogDebug("Recording {Recording}: attempt {Attempt} ended with {Code}", claimed.Id, claimed.Attempts, error.Code);
            await (PbxRecordingErrors.IsOfFile(error) ? queue.FailedAsync(claimed, error, cancellationToken) : queue.ReleaseAsync(claimed, cancellationToken));
            return error;
        }

        // Stored and not cancelled any more: a row without its file, or a file without its row, is what this is about.
        if (!await queue.StoredAsync(claimed, fetched.Value, CancellationToken.None))
        {
            logger.LogInformation("Recording {Recording} was taken over meanwhile", claimed.Id);
            await store.DeleteAsync(claimed.TenantId, fetched.Value.Stored.StoreKey, CancellationToken.None);
        }

        return null;
    }

    private async Task<Result<FetchedAudio>> TryFetchAsync(
        PbxEndpoint pbx, IPbxRecordings port, Recording claimed, RecordingFormat format, CancellationToken cancellationToken)
    {
        try
        {
            return await port.FetchAsync(pbx, claimed.PbxName, (stream, token) => TakeAsync(claimed, stream, format, token), cancellationToken);
        }
        catch (CutAudioException)
        {
            return PbxRecordingErrors.Cut;
        }
    }

    private async Task<Result<FetchedAudio>> TakeAsync(Recording claimed, Stream stream, RecordingFormat format, CancellationToken cancellationToken)
    {
        if (await WavAudio.OpenAsync(stream, cancellationToken) is not { } wav)
        {
            return PbxRecordingErrors.NotAudio;
        }

        var audio = format == RecordingFormat.WavMulaw && MulawAudio.Takes(wav.Header) ? (Stream)new MulawAudio(wav) : wav;
        var stored = await store.WriteAsync(claimed.TenantId, claimed.Id, claimed.StartedAtUtc, audio, cancellationToken);
        return stored.Error is { } error ? error : new FetchedAudio(stored.Value, wav.Seconds, wav.Outline());
    }

    private async Task<RecordingPolicy?> PolicyAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<RecordingPolicy>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }
}
