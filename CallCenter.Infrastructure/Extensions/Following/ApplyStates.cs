using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Extensions.Following;

/// <summary>What one PBX still has to apply, and since when it rests. Saved before what it says is done.</summary>
internal sealed class ApplyStates(IDbContextFactory<CallCenterDbContext> contexts, IOptions<FollowOptions> options, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<PbxApply> ReadAsync(Guid pbxId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<PbxApply>().AsNoTracking().SingleOrDefaultAsync(a => a.PbxId == pbxId, cancellationToken) ?? new PbxApply { PbxId = pbxId };
    }

    /// <summary>When changes may be applied at the earliest.</summary>
    public DateTime ApplyFromUtc(PbxApply state)
    {
        var spaced = state.SentAtUtc is { } sent ? sent + options.Value.ApplySpacing : DateTime.MinValue;
        return state.NotBeforeUtc is { } notBefore && notBefore > spaced ? notBefore : spaced;
    }

    /// <summary>A write is about to be sent.</summary>
    public Task MarkDirtyAsync(Guid pbxId, CancellationToken cancellationToken) =>
        ChangeAsync(pbxId, state => state.DirtySinceUtc ??= Now, cancellationToken);

    /// <summary><c>applyChanges</c> is about to be sent.</summary>
    public Task MarkSentAsync(Guid pbxId, CancellationToken cancellationToken) => ChangeAsync(pbxId, state =>
    {
        state.SentAtUtc = Now;
        state.NotBeforeUtc = Now + options.Value.ApplySpacing;
        state.WaitingCode = null;
    }, cancellationToken);

    /// <summary>Everything written is in force.</summary>
    public Task MarkAppliedAsync(Guid pbxId, CancellationToken cancellationToken) => ChangeAsync(pbxId, state =>
    {
        state.AppliedAtUtc = Now;
        state.DirtySinceUtc = null;
        state.WaitingCode = null;
    }, cancellationToken);

    /// <summary>Nothing before the pause is over. The PBX counts its own spacing from the end of an applying, so this never shortens it.</summary>
    public Task WaitAsync(Guid pbxId, Error? why, TimeSpan pause, CancellationToken cancellationToken) => ChangeAsync(pbxId, state =>
    {
        var until = Now + pause;
        state.NotBeforeUtc = state.NotBeforeUtc > until ? state.NotBeforeUtc : until;
        state.WaitingCode = why?.Code;
    }, cancellationToken);

    /// <summary>The pause after failures is over.</summary>
    public Task ResumeAsync(Guid pbxId, CancellationToken cancellationToken) => ChangeAsync(pbxId, state =>
    {
        state.NotBeforeUtc = null;
        state.WaitingCode = null;
    }, cancellationToken);

    private async Task ChangeAsync(Guid pbxId, Action<PbxApply> change, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var state = await db.Set<PbxApply>().SingleOrDefaultAsync(a => a.PbxId == pbxId, cancellationToken);
        if (state is null)
        {
            state = new PbxApply { PbxId = pbxId };
            db.Add(state);
        }

        change(state);
        await db.SaveChangesAsync(cancellationToken);
    }
}
