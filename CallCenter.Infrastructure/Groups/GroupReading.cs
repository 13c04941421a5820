using CallCenter.Core.Calls;
using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Figures;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Groups;

/// <summary>Reads a PBX's groups into rows: names and members as listed, and without a name those that only calls tell of. Never removes one: its calls remain.</summary>
internal sealed class GroupReading(IDbContextFactory<CallCenterDbContext> contexts, IPbxDirectory directory, IPbxGroups groups, TimeProvider clock)
{
    public async Task<Result> RunAsync(CancellationToken cancellationToken)
    {
        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error is { } unset)
        {
            return unset;
        }

        var listed = await groups.ListAsync(pbx.Value, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = (await db.Set<PbxGroup>().ToListAsync(cancellationToken)).ToDictionary(group => (group.PbxId, group.Kind, group.Number));
        foreach (var (pbxId, kind, number) in await OfCallsAsync(db, cancellationToken))
        {
            Find(pbxId, kind, number);
        }

        if (listed.Succeeded)
        {
            foreach (var line in listed.Value.Groups)
            {
                var group = Find(pbx.Value.PbxId, line.Kind, CleanText.Of(line.Number, Call.NumberMaxLength));
                (group.Name, group.Members) = (CleanText.Of(line.Name, Call.NameMaxLength), CleanText.Of(string.Join(',', line.Members)));
                group.SeenAtUtc = clock.GetUtcNow().UtcDateTime;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return listed.Error is { } error && error != TelephonyErrors.Unsupported ? error : Result.Success;

        PbxGroup Find(Guid pbxId, PbxGroupKind kind, string number)
        {
            if (!stored.TryGetValue((pbxId, kind, number), out var group))
            {
                stored[(pbxId, kind, number)] = group = new PbxGroup { PbxId = pbxId, Kind = kind, Number = number };
                db.Add(group);
            }

            return group;
        }
    }

    private static async Task<IEnumerable<(Guid PbxId, PbxGroupKind Kind, string Number)>> OfCallsAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var slices = await db.Set<FigureSlice>().AsNoTracking().Where(slice => slice.Kind == SliceKind.Flow).ToListAsync(cancellationToken);
        return slices.Where(slice => slice.Queue.Length > 0).Select(slice => (slice.PbxId, PbxGroupKind.Queue, slice.Queue))
            .Concat(slices.Where(slice => slice.RingGroup.Length > 0).Select(slice => (slice.PbxId, PbxGroupKind.RingGroup, slice.RingGroup)))
            .Distinct();
    }
}
