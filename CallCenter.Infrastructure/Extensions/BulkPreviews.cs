using CallCenter.Core.Extensions;
using CallCenter.Core.Files;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>Dry runs: reads what there is, here and on the PBX, and stores nothing. Checks no permission.</summary>
internal sealed class BulkPreviews(
    IDbContextFactory<CallCenterDbContext> contexts, IPbxDirectory directory, IPbxExtensions port, TakenNumbers taken)
{
    public async Task<Result<CreatePreview>> RangeAsync(ExtensionRangeForm form, CancellationToken cancellationToken)
    {
        var ground = await GroundAsync(cancellationToken);
        if (ground.Error is { } error)
        {
            return error;
        }

        var preview = CreatePlan.Of(form, ground.Value.Ground);
        return preview.Error is not null ? preview : preview.Value with { PbxError = ground.Value.PbxError };
    }

    public async Task<Result<CreatePreview>> CsvAsync(Stream csv, ExtensionProfile defaults, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(csv, cancellationToken);
        var file = ExtensionCsv.Read(bytes, defaults);
        if (file.Error is { } unread)
        {
            return unread;
        }

        var ground = await GroundAsync(cancellationToken);
        return ground.Error is { } error ? error : CreatePlan.Of(file.Value, ground.Value.Ground) with { PbxError = ground.Value.PbxError };
    }

    public async Task<Result<ActPreview>> ActAsync(ExtensionAct act, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count is < 1 or > ExtensionRun.MaxItems)
        {
            return ExtensionErrors.RunSize;
        }

        if (ActPlan.Refuse(act) is { } refusal)
        {
            return refusal;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await (
            from extension in db.Set<Extension>().AsNoTracking()
            where ids.Contains(extension.Id)
            join presence in db.Set<ExtensionPresence>().AsNoTracking() on extension.Id equals presence.ExtensionId into presences
            from presence in presences.DefaultIfEmpty()
            select new { Extension = extension, Presence = (ExtensionPresence?)presence }).ToDictionaryAsync(row => row.Extension.Id, cancellationToken);
        var (lines, pbxError) = act.Kind == ExtensionRunKind.Adopt ? (null, null) : await LinesAsync(cancellationToken);
        var items = ids.Distinct().Select(id =>
        {
            if (!rows.TryGetValue(id, out var row))
            {
                return new ActPreviewItem(id, 0, "", "", [], ExtensionErrors.NotFound, false);
            }

            var (extension, line) = (row.Extension, lines?.GetValueOrDefault(row.Extension.Number));
            var inCall = line is null ? lines is null && row.Presence is { IsInCall: true } : line.Status is LineStatus.Ringing or LineStatus.InUse or LineStatus.Busy;
            var refused = ActPlan.Refuse(act, extension, line?.Locked ?? row.Presence?.Locked ?? false);
            return new ActPreviewItem(extension.Id, extension.Version, extension.Number, extension.Wanted.Name, ActPlan.Changes(act, extension), refused, inCall)
            {
                OutOfService = line?.OutOfService ?? extension.Seen is { Enabled: false },
            };
        });
        return new ActPreview([.. items.OrderBy(item => item.Number.Length).ThenBy(item => item.Number, StringComparer.Ordinal)]) { PbxError = pbxError };
    }

    /// <summary>One byte beyond the limit is enough to know; the rest of a huge file is not read.</summary>
    private static async Task<byte[]> ReadAsync(Stream csv, CancellationToken cancellationToken)
    {
        var buffer = new byte[CsvText.MaxBytes + 1];
        var length = await csv.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }

    /// <summary>What the PBX says of each line now: what was read a minute ago says nothing about a call.</summary>
    private async Task<(Dictionary<string, PbxExtensionLine>? Lines, Error? Error)> LinesAsync(CancellationToken cancellationToken)
    {
        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return (null, error);
        }

        var lines = await port.ListAsync(pbx.Value, cancellationToken);
        return lines.Error is { } unread ? (null, unread) : (lines.Value.DistinctBy(line => line.Number).ToDictionary(line => line.Number, StringComparer.Ordinal), null);
    }

    private async Task<Result<(CreateGround Ground, Error? PbxError)>> GroundAsync(CancellationToken cancellationToken)
    {
        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return error;
        }

        var listed = await port.ListTakenNumbersAsync(pbx.Value, cancellationToken);
        var onPbx = listed.Succeeded ? listed.Value : await taken.GetAsync(port, pbx.Value, fresh: false, cancellationToken);

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var range = NumberRange.Of(await db.Set<ExtensionPlan>().AsNoTracking().SingleOrDefaultAsync(cancellationToken));
        var numbers = await db.Set<Extension>().Where(e => e.PbxId == pbx.Value.PbxId).Select(e => new { e.Number, e.State }).ToListAsync(cancellationToken);
        var people = await ExtensionMembers.Active(db).Select(user => new ExtensionUser(user.Id, user.DisplayName, user.UserName!, user.Email)).ToListAsync(cancellationToken);
        var equipped = await db.Set<Extension>().Where(e => e.UserId != null).Select(e => e.UserId!.Value).ToListAsync(cancellationToken);
        return (
            new CreateGround(
                range?.Numbers ?? [],
                numbers.Where(e => e.State != ExtensionState.Found).Select(e => e.Number).ToHashSet(StringComparer.Ordinal),
                numbers.Where(e => e.State == ExtensionState.Found).Select(e => e.Number).Concat(onPbx).ToHashSet(StringComparer.Ordinal),
                ByName(people),
                equipped.ToHashSet()),
            listed.Error);
    }

    /// <summary>A user name wins over another's e-mail address; an address that two people have names nobody.</summary>
    private static Dictionary<string, ExtensionUser> ByName(IReadOnlyList<ExtensionUser> people)
    {
        var names = people.DistinctBy(user => user.UserName.ToLowerInvariant()).ToDictionary(user => user.UserName.ToLowerInvariant(), StringComparer.Ordinal);
        foreach (var group in people.Where(user => user.Email is { Length: > 0 }).GroupBy(user => user.Email!.ToLowerInvariant()).Where(group => group.Count() == 1))
        {
            names.TryAdd(group.Key, group.Single());
        }

        return names;
    }
}
