using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Persistence;

namespace CallCenter.Infrastructure.Calls;

/// <summary>
/// Keeps something in step with the calls: figures, recordings to fetch, what people wrote on a call. Told inside the writer's
/// transaction, after the calls and legs are written, so that it commits or rolls back with them. Called only when something
/// changed; must bear being told the same change again after a rollback, and batches of thousands.
/// </summary>
internal interface ICallFollower
{
    /// <summary>
    /// Before the calls are written: may think on another thread meanwhile, and gives what is to be done afterwards. Only that may use
    /// <paramref name="db"/>'s connection, and a rollback may mean that it is never called.
    /// </summary>
    Func<CancellationToken, Task> Begin(CallCenterDbContext db, CallChanges changes) => cancellationToken => FollowAsync(db, changes, cancellationToken);

    Task FollowAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken);
}

/// <summary>What one write did to the calls of a PBX.</summary>
/// <param name="TenantId">Owner.</param>
/// <param name="PbxId">The PBX.</param>
/// <param name="Changes">Calls added, changed or gone, and calls of which only legs changed.</param>
/// <param name="Absorbed">Calls that became part of another one, and that one: what hangs on the first must move to the second.</param>
internal sealed record CallChanges(Guid TenantId, Guid PbxId, IReadOnlyList<CallChange> Changes, IReadOnlyDictionary<Guid, Guid> Absorbed);

/// <summary>One call before and after.</summary>
/// <param name="Before">As stored until now; null for a new call.</param>
/// <param name="PartsBefore">Its participants until now.</param>
/// <param name="After">As stored from now on; null for an absorbed call.</param>
/// <param name="PartsAfter">Its participants from now on.</param>
/// <param name="Assembled">The legs it is made of, recordings among them; null for an absorbed call.</param>
internal sealed record CallChange(
    Call? Before, IReadOnlyList<CallParticipant> PartsBefore, Call? After, IReadOnlyList<CallParticipant> PartsAfter, AssembledCall? Assembled);
