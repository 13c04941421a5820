using CallCenter.Core.Figures;
using CallCenter.Core.Groups;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Figures;

/// <summary>Targets and names of the tenant's groups.</summary>
internal sealed class FigureTargets
{
    private readonly Dictionary<(Guid PbxId, PbxGroupKind Kind, string Number), (ServiceLevelTarget Target, string Name)> _groups;

    private FigureTargets(Dictionary<(Guid, PbxGroupKind, string), (ServiceLevelTarget, string)> groups) => _groups = groups;

    public static async Task<FigureTargets> ReadAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var groups = await db.Set<PbxGroup>().AsNoTracking().ToListAsync(cancellationToken);
        return new FigureTargets(groups.ToDictionary(
            group => (group.PbxId, group.Kind, group.Number), group => (Countable(ServiceLevelTarget.Of(group)), group.Name)));
    }

    /// <summary>These, with one group's target in place of its own.</summary>
    public FigureTargets With(PbxGroup group, ServiceLevelTarget target) =>
        new(new(_groups) { [(group.PbxId, group.Kind, group.Number)] = (Countable(target), group.Name) });

    public ServiceLevelTarget Of(FigureSlice slice)
    {
        if (slice.Queue.Length > 0)
        {
            return Of(slice.PbxId, PbxGroupKind.Queue, slice.Queue);
        }

        return slice.RingGroup.Length > 0 ? Of(slice.PbxId, PbxGroupKind.RingGroup, slice.RingGroup) : ServiceLevelTarget.Default;
    }

    public string NameOf(PbxGroupKind kind, string number) =>
        _groups.FirstOrDefault(group => group.Key.Kind == kind && group.Key.Number == number && group.Value.Name.Length > 0).Value.Name ?? number;

    private ServiceLevelTarget Of(Guid pbxId, PbxGroupKind kind, string number) =>
        _groups.TryGetValue((pbxId, kind, number), out var group) ? group.Target : ServiceLevelTarget.Default;

    // What is stored was checked when it was saved; bounds that a later version drops must not break every figure.
    private static ServiceLevelTarget Countable(ServiceLevelTarget target) => target with
    {
        Seconds = WaitBounds.Targets.Contains(target.Seconds) ? target.Seconds : ServiceLevelTarget.Default.Seconds,
        ShortSeconds = WaitBounds.ShortLimits.Contains(target.ShortSeconds) ? target.ShortSeconds : ServiceLevelTarget.Default.ShortSeconds,
    };
}
