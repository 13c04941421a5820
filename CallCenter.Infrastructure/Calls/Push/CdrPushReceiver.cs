using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls.Offsets;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Telephony.Ucm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Calls.Push;

/// <summary>
/// Pushed rows go the way of rows that were read: the same parser, the same placing in time, the same writer. The sync reads them
/// again and finds them stored, so a lost or doubled push changes nothing in the end.
/// </summary>
internal sealed class CdrPushReceiver(
    IServiceScopeFactory scopes, CdrPushLimits limits, TenantNotices notices, TimeProvider time, ILogger<CdrPushReceiver> logger) : ICdrPushReceiver
{
    private const string ActorName = "cdr-push";

    public async Task<Result<CdrPushReceipt>> ReceiveAsync(
        string slug, string secret, Stream body, string? remoteAddress, CancellationToken cancellationToken = default)
    {
        if (!limits.MayTry(remoteAddress))
        {
            return CallErrors.PushTooOften;
        }

        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var tenants = await services.GetRequiredService<ITenantDirectory>().ListActiveAsync(cancellationToken);
        if (tenants.FirstOrDefault(tenant => tenant.Slug == slug) is not { } tenant)
        {
            limits.CountWrong(remoteAddress);
            return CallErrors.PushUnknown;
        }

        services.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, ActorName);
        await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync(cancellationToken);
        if (await db.Set<CdrPush>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } push || !CdrPushSecret.Matches(secret, push.SecretHash))
        {
            limits.CountWrong(remoteAddress);
            return CallErrors.PushUnknown;
        }

        if (!limits.TakePush(tenant.Id))
        {
            return CallErrors.PushTooOften;
        }

        var bytes = await ReadAsync(body, cancellationToken);
        if (bytes is null)
        {
            return CallErrors.PushTooLarge;
        }

        if (UcmBody.TryParse(bytes) is not { } json || UcmCdrParser.ParsePush(json) is not { Rows.Count: > 0 } batch)
        {
            logger.LogWarning("Pushed call detail of tenant {Tenant} could not be understood ({Bytes} bytes).", tenant.Slug, bytes.Length);
            return CallErrors.PushGarbage;
        }

        var known = await db.Set<PbxOffset>().AsNoTracking().Where(offset => offset.PbxId == push.PbxId).ToListAsync(cancellationToken);
        var offsets = LearnedOffsets.Of(known, tenant.TimeZoneId, time);
        offsets.Learn(batch.Rows);
        var legs = UcmLegPlacer.Place(batch.Rows, offsets);
        var written = await services.GetRequiredService<ICallWriter>().AddAsync(push.PbxId, legs, cancellationToken);
        var (now, count) = (time.GetUtcNow().UtcDateTime, legs.Count);
        await db.Set<CdrPush>().Where(row => row.PbxId == push.PbxId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastReceivedAtUtc, now).SetProperty(row => row.Legs, row => row.Legs + count), cancellationToken);
        if (!written.WroteNothing)
        {
            notices.Raise(NoticeTopic.Calls, tenant.Id);
        }

        return new CdrPushReceipt(legs.Count, written.LegsAdded, batch.Skipped.Count);
    }

    // Null for more than the limit, whatever the header said.
    private static async Task<byte[]?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > ICdrPushReceiver.MaxBytes)
            {
                return null;
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
