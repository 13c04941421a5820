using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Extensions.Truth;

/// <summary>One reading of the PBX's list into presence, history and what exists. Call it under the lease of the tenant only.</summary>
internal sealed class ExtensionStates(
    IDbContextFactory<CallCenterDbContext> contexts, IPbxExtensions port, ExtensionStateWriter writer, TimeProvider time, ILogger<ExtensionStates> logger)
{
    // Each costs the PBX a call; the others are asked for at the next reading.
    private const int Confirmations = 10;
    private const int SaveAttempts = 3;

    // Rounded to what both databases keep, so that an end and the beginning that follows it stay equal.
    private DateTime Now
    {
        get
        {
            var now = time.GetUtcNow().UtcDateTime;
            return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
        }
    }

    /// <summary>Whether a pause after a slow or failed reading is over.</summary>
    public async Task<bool> IsDueAsync(Guid pbxId, TimeSpan interval, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var next = await db.Set<ExtensionReading>().Where(r => r.PbxId == pbxId).Select(r => r.NextAtUtc).SingleOrDefaultAsync(cancellationToken);

        // A trigger that fires a moment early would skip a whole interval.
        return next is null || next <= Now + (interval * 0.1);
    }

    /// <summary>Reads and stores. A failure is stored too; it is the answer all the same.</summary>
    public async Task<Result> ReadAsync(PbxEndpoint pbx, TimeSpan interval, CancellationToken cancellationToken)
    {
        var startedAt = Now;
        var list = await port.ListAsync(pbx, cancellationToken);
        if (list.Error is { } error)
        {
            await writer.FailAsync(pbx.PbxId, error, Now, interval, cancellationToken);
            return error;
        }

        var readAt = Now;
        var lines = PbxList.ByNumber(list.Value);
        var absent = await ConfirmAbsentAsync(pbx, lines, cancellationToken);
        var reading = new PbxList(lines, startedAt, readAt, absent);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await writer.StoreAsync(pbx.PbxId, reading, interval, cancellationToken);
                return Result.Success;
            }
            catch (DbUpdateException exception) when (attempt < SaveAttempts)
            {
                // Somebody created, changed, adopted or deleted one meanwhile. Their act stands; the rest is taken anew.
                logger.LogDebug(exception, "The extension states of PBX {PbxId} met a change of somebody else's", pbx.PbxId);
            }
        }
    }

    /// <summary>
    /// A list can be short without an extension being gone: a row moved to another page while pages were read, or the firmware
    /// left one out. So what the list lacks is asked for alone before anybody is told that it is missing.
    /// </summary>
    private async Task<IReadOnlySet<string>> ConfirmAbsentAsync(
        PbxEndpoint pbx, Dictionary<string, PbxExtensionLine> lines, CancellationToken cancellationToken)
    {
        List<string> lacking;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            lacking = await db.Set<Extension>()
                .Where(e => e.PbxId == pbx.PbxId && e.MissingSinceUtc == null)
                .Where(e => e.State == ExtensionState.Active || (e.State == ExtensionState.Failed && e.Operation == ExtensionOperation.Change))
                .Select(e => e.Number)
                .ToListAsync(cancellationToken);
        }

        var absent = new HashSet<string>(StringComparer.Ordinal);
        foreach (var number in lacking.Where(number => !lines.ContainsKey(number)).Take(Confirmations))
        {
            var found = await port.FindAsync(pbx, number, cancellationToken);
            if (found is { Succeeded: true, Value: null })
            {
                absent.Add(number);
            }
        }

        return absent;
    }
}
