using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Extensions;

/// <summary>Bulk acts on an <see cref="ExtensionBench"/>.</summary>
internal static class BulkBench
{
    public static async Task<T> BulkAsync<T>(this ExtensionBench bench, Func<IExtensionBulk, Task<T>> use, TenantRole role = TenantRole.Admin, TenantInfo? tenant = null)
    {
        await using var scope = bench.EnterAs(bench.Node, role, tenant);
        return await use(scope.ServiceProvider.GetRequiredService<IExtensionBulk>());
    }

    /// <summary>Previews and starts a range; gives the run.</summary>
    public static Task<Guid> StartRangeAsync(this ExtensionBench bench, int count) => bench.BulkAsync(async bulk =>
    {
        var preview = await bulk.PreviewRangeAsync(new ExtensionRangeForm { Count = count });
        return (await bulk.StartCreateAsync(preview.Value.Lines)).Value;
    });

    /// <summary>Creates so many and has the PBX follow; gives their rows.</summary>
    public static async Task<IReadOnlyList<Extension>> CreateActiveAsync(this ExtensionBench bench, int count)
    {
        await bench.StartRangeAsync(count);
        await bench.FollowAsync();
        var rows = await bench.RowsAsync();
        Assert.All(rows, row => Assert.Equal(ExtensionState.Active, row.State));
        return rows;
    }

    /// <summary>Previews an act on all rows and starts it with those that it can be done to.</summary>
    public static Task<Result<Guid>> StartActAsync(this ExtensionBench bench, ExtensionAct act, IEnumerable<Guid> ids) => bench.BulkAsync(async bulk =>
    {
        var preview = await bulk.PreviewActAsync(act, [.. ids]);
        return await bulk.StartActAsync(act, [.. preview.Value.Items.Where(item => item.Refusal is null).Select(item => new ActTarget(item.Id, item.Version))]);
    });

    public static async Task<ExtensionRunProgress> RunAsync(this ExtensionBench bench, Guid id) => (await bench.BulkAsync(bulk => bulk.GetRunAsync(id))).Value;

    /// <summary>Done, failed, taken back, waiting, written.</summary>
    public static (int Done, int Failed, int TakenBack, int Waiting, int Written) Figures(this ExtensionRunProgress run) =>
        (run.Done, run.Failed, run.TakenBack, run.Waiting, run.Written);

    /// <summary>Every row is active and the PBX has exactly these, with the settings and secrets that are kept here.</summary>
    public static async Task AssertEqualAsync(this ExtensionBench bench, IReadOnlyDictionary<string, PbxTruth> pbx)
    {
        var rows = await bench.RowsAsync();
        Assert.All(rows, row => Assert.Equal((row.Number, ExtensionState.Active), (row.Number, row.State)));
        Assert.Equal(pbx.Keys.Order(StringComparer.Ordinal), rows.Select(row => row.Number).Order(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            Assert.Equal(row.Wanted.Name, pbx[row.Number].Name);
            Assert.Equal(await bench.SecretOfAsync(row.Id), pbx[row.Number].Secret);
        }
    }

    public static Dictionary<string, PbxTruth> Truth(this MemoryPbx pbx) =>
        pbx.Configured.ToDictionary(pair => pair.Key, pair => new PbxTruth(pair.Value.Profile.Name, pair.Value.Secret!.Reveal()), StringComparer.Ordinal);

    public static async Task<ExtensionRun> StoredRunAsync(this ExtensionBench bench, Guid id)
    {
        await using var db = bench.Db();
        return await db.Set<ExtensionRun>().AsNoTracking().SingleAsync(run => run.Id == id);
    }
}

/// <summary>What a PBX has of an extension.</summary>
internal sealed record PbxTruth(string Name, string Secret);
