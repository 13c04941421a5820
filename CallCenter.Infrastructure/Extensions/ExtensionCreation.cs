using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>A new extension to be stored.</summary>
/// <param name="Number">The number; empty for the lowest free one of the range.</param>
/// <param name="AutoNumbered">The portal picked the number, and may pick another if the PBX turns out to have it. True whenever the number is empty.</param>
/// <param name="Profile">Checked settings.</param>
/// <param name="UserId">Whose it will be; null for nobody.</param>
internal sealed record ExtensionWish(string Number, bool AutoNumbered, ExtensionProfile Profile, Guid? UserId);

/// <summary>Why a wish cannot be stored.</summary>
/// <param name="Index">Which of the wishes; -1 when it concerns none of them.</param>
/// <param name="Error">Why.</param>
internal sealed record WishRefusal(int Index, Error Error);

/// <summary>What became of wishes: the keys in their order, or every refusal and nothing stored.</summary>
internal sealed record WishOutcome(IReadOnlyList<Guid> Ids, IReadOnlyList<WishRefusal> Refusals)
{
    public static WishOutcome Refused(Error error) => new([], [new WishRefusal(-1, error)]);
}

/// <summary>
/// Stores new extensions, all or none. Numbers are picked under the lock of the tenant's audit chain, which every creation
/// needs anyway: askers on whatever nodes come one after the other, and the second sees what the first took.
/// </summary>
internal sealed class ExtensionCreation(
    IDbContextFactory<CallCenterDbContext> contexts,
    IPbxDirectory directory,
    IPbxExtensions port,
    TakenNumbers taken,
    ISecretProtector protector,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time)
{
    private const int Attempts = 3;

    /// <summary>Stores the wishes in one transaction. Checks no permission.</summary>
    /// <param name="wishes">What to store.</param>
    /// <param name="runId">The bulk act they belong to; null for none.</param>
    /// <param name="alongside">Stores more in the same transaction, such as the run; null for nothing. May be called more than once.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<WishOutcome> StoreAsync(
        IReadOnlyList<ExtensionWish> wishes, Guid? runId, Action<CallCenterDbContext, Guid>? alongside, CancellationToken cancellationToken)
    {
        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return WishOutcome.Refused(error);
        }

        // Before the transaction: a PBX that is slow to answer must not hold the lock.
        var onPbx = await taken.GetAsync(port, pbx.Value, fresh: false, cancellationToken);
        if (wishes.Any(wish => wish.Number.Length > 0 && onPbx.Contains(wish.Number)))
        {
            // Only a list of now may refuse a number that somebody asked for by name.
            onPbx = await taken.GetAsync(port, pbx.Value, fresh: true, cancellationToken);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryStoreAsync(pbx.Value.PbxId, wishes, onPbx, runId, alongside, cancellationToken);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // A writer that does not take the lock, such as the list of found ones, took a number in this very moment.
            }
        }
    }

    /// <summary>The lowest number that is free now.</summary>
    public async Task<Result<string>> SuggestAsync(CancellationToken cancellationToken)
    {
        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return error;
        }

        var onPbx = await taken.GetAsync(port, pbx.Value, fresh: false, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (NumberRange.Of(await db.Set<ExtensionPlan>().AsNoTracking().SingleOrDefaultAsync(cancellationToken)) is not { } range)
        {
            return ExtensionErrors.NoRange;
        }

        var here = await NumbersAsync(db, pbx.Value.PbxId, cancellationToken);
        return range.TakeFree(1, Union(here.Keys, onPbx)) is [var number] ? number : ExtensionErrors.RangeExhausted;
    }

    /// <summary>
    /// Gives an extension whose number the PBX turned out to have the next free one. Not saved; the transaction that holds the
    /// lock is the caller's.
    /// </summary>
    public async Task<Result<string>> NextAsync(CallCenterDbContext db, PbxEndpoint pbx, string passing, CancellationToken cancellationToken)
    {
        var onPbx = await taken.GetAsync(port, pbx, fresh: false, cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        if (NumberRange.Of(await db.Set<ExtensionPlan>().AsNoTracking().SingleOrDefaultAsync(cancellationToken)) is not { } range)
        {
            return ExtensionErrors.NoRange;
        }

        var here = await NumbersAsync(db, pbx.PbxId, cancellationToken);

        // Upwards only: the PBX refuses numbers that no list of its shows, and going back to those would never end.
        return range.TakeFree(1, Union([.. here.Keys, passing], onPbx), passing) is [var number] ? number : ExtensionErrors.RangeExhausted;
    }

    private async Task<WishOutcome> TryStoreAsync(
        Guid pbxId,
        IReadOnlyList<ExtensionWish> wishes,
        IReadOnlySet<string> onPbx,
        Guid? runId,
        Action<CallCenterDbContext, Guid>? alongside,
        CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);

        var plan = await db.Set<ExtensionPlan>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var here = await NumbersAsync(db, pbxId, cancellationToken);
        var refusals = await RefusalsAsync(db, wishes, here, onPbx, cancellationToken);
        if (refusals.Count > 0)
        {
            return new WishOutcome([], refusals);
        }

        var missing = wishes.Count(wish => wish.Number.Length == 0);
        var picked = new Queue<string>();
        if (missing > 0)
        {
            if (NumberRange.Of(plan) is not { } range)
            {
                return WishOutcome.Refused(ExtensionErrors.NoRange);
            }

            picked = new Queue<string>(range.TakeFree(missing, Union([.. here.Keys, .. wishes.Select(wish => wish.Number)], onPbx)));
            if (picked.Count < missing)
            {
                return WishOutcome.Refused(ExtensionErrors.RangeExhausted);
            }
        }

        var extensions = wishes.Select(wish => Make(pbxId, wish, wish.Number.Length > 0 ? wish.Number : picked.Dequeue(), plan, runId)).ToList();
        foreach (var extension in extensions)
        {
            db.Add(extension);
            audit.Append(db, ExtensionAudit.Note(ExtensionAuditActions.CreateAsked, extension, null, extension.Wanted));
        }

        alongside?.Invoke(db, pbxId);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new WishOutcome([.. extensions.Select(extension => extension.Id)], []);
    }

    private static async Task<List<WishRefusal>> RefusalsAsync(
        CallCenterDbContext db,
        IReadOnlyList<ExtensionWish> wishes,
        Dictionary<string, ExtensionState> here,
        IReadOnlySet<string> onPbx,
        CancellationToken cancellationToken)
    {
        var refused = await ExtensionMembers.RefusedAsync(db, [.. wishes.Select(wish => wish.UserId).OfType<Guid>()], cancellationToken);
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        var users = new HashSet<Guid>();
        var refusals = new List<WishRefusal>();
        for (var i = 0; i < wishes.Count; i++)
        {
            var wish = wishes[i];
            if (wish.Number.Length > 0 && (here.TryGetValue(wish.Number, out var state) | onPbx.Contains(wish.Number) | !numbers.Add(wish.Number)))
            {
                var known = here.ContainsKey(wish.Number) && state != ExtensionState.Found;
                var elsewhere = !known && (here.ContainsKey(wish.Number) || onPbx.Contains(wish.Number));
                refusals.Add(new WishRefusal(i, elsewhere ? ExtensionErrors.NumberTakenOnPbx : ExtensionErrors.NumberTaken));
            }

            if (wish.UserId is { } user)
            {
                if (refused.TryGetValue(user, out var reason))
                {
                    refusals.Add(new WishRefusal(i, reason));
                }
                else if (!users.Add(user))
                {
                    refusals.Add(new WishRefusal(i, ExtensionErrors.UserHasExtension));
                }
            }
        }

        return refusals;
    }

    private Extension Make(Guid pbxId, ExtensionWish wish, string number, ExtensionPlan? plan, Guid? runId)
    {
        var extension = Extension.Create(
            pbxId, number, wish.AutoNumbered || wish.Number.Length == 0, wish.Profile,
            protector.Protect(PhoneSecrets.NewSecret(plan ?? new ExtensionPlan()), ExtensionSecrets.Sip(tenant.TenantId)),
            protector.Protect(PhoneSecrets.NewVoicemailPin(number), ExtensionSecrets.VoicemailPin(tenant.TenantId)),
            caller.Name, time.GetUtcNow().UtcDateTime, runId);
        extension.Assign(wish.UserId);
        return extension;
    }

    // Found ones too: they are how the portal knows the PBX's numbers while it is away.
    private static Task<Dictionary<string, ExtensionState>> NumbersAsync(CallCenterDbContext db, Guid pbxId, CancellationToken cancellationToken) =>
        db.Set<Extension>().Where(e => e.PbxId == pbxId).Select(e => new { e.Number, e.State })
            .ToDictionaryAsync(e => e.Number, e => e.State, StringComparer.Ordinal, cancellationToken);

    private static HashSet<string> Union(IEnumerable<string> here, IEnumerable<string> onPbx) => [.. here, .. onPbx];
}
