using System.Text.Json;
using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm.Accounts;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Groups of UCMs. Ring groups need a permission that many API users lack; the others are read all the same.</summary>
internal sealed class UcmGroups(IUcmGateway gateway) : IPbxGroups
{
    // Columns are the documented ones of listQueue; for the others the firmware's own, as no list of them is confirmed.
    private static readonly (PbxGroupKind Kind, string Action, string Key, string Name, string? Columns)[] Lists =
    [
        (PbxGroupKind.Queue, "listQueue", "queue", "queue_name", "extension,queue_name,strategy,queue_chairmans,members"),
        (PbxGroupKind.RingGroup, "listRingGroup", "ringgroup", "ringgroup_name", null),
        (PbxGroupKind.Ivr, "listIVR", "ivr", "ivr_name", null),
    ];

    private readonly UcmLists _lists = new(gateway);

    public async Task<Result<PbxGroupList>> ListAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default)
    {
        if (pbx.Kind != PbxKind.Ucm)
        {
            return TelephonyErrors.Unsupported;
        }

        var groups = new List<PbxGroupLine>();
        var read = new HashSet<PbxGroupKind>();
        Error? first = null;
        foreach (var list in Lists)
        {
            var (rows, failure) = await _lists.ReadAsync(pbx, list.Action, list.Key, list.Columns, NumberOf, cancellationToken);
            if (failure is not null)
            {
                first ??= failure.Error;
                continue;
            }

            read.Add(list.Kind);
            groups.AddRange(
                from row in rows
                let number = NumberOf(row)
                where number is not null
                select new PbxGroupLine(list.Kind, number, row.Text(list.Name), list.Kind == PbxGroupKind.Ivr ? [] : Members(row)));
        }

        return read.Count == 0 && first is not null ? first : new PbxGroupList(groups, read);
    }

    private static string? NumberOf(JsonElement row) => row.Text("extension") is { Length: > 0 } number ? number : null;

    private static string[] Members(JsonElement row) =>
        row.Text("members").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
