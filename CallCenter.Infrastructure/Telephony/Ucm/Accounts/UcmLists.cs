using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm.Accounts;

/// <summary>Whole lists, read page by page while the PBX lives on.</summary>
internal sealed class UcmLists(IUcmGateway gateway)
{
    // One call where the firmware gives so many; a cap of its own only means more pages.
    private const int PageSize = 1000;
    private const int MaxPages = 500;
    private const int MaxPasses = 3;

    // Firmware that refused the wanted page size or columns: the defaults are asked for at once from then on.
    private readonly ConcurrentDictionary<(Guid TenantId, Guid PbxId, string Action), bool> _plain = new();

    /// <summary>
    /// Every row, by its id. Rows that came or went while pages were read make further passes, of which all rows count: a row too
    /// many is harmless, one too few would look like something that was deleted.
    /// </summary>
    /// <param name="pbx">The PBX.</param>
    /// <param name="action">The list.</param>
    /// <param name="key">Where its rows are.</param>
    /// <param name="columns">Wanted columns; null for the firmware's own.</param>
    /// <param name="idOf">What makes a row another one; null for none.</param>
    /// <param name="cancellationToken">Stops between calls.</param>
    public async Task<(IReadOnlyCollection<JsonElement> Rows, UcmFailure? Failure)> ReadAsync(
        PbxEndpoint pbx, string action, string key, string? columns, Func<JsonElement, string?> idOf, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, JsonElement>();
        for (var pass = 1; pass <= MaxPasses; pass++)
        {
            var before = rows.Count;
            var (whole, failure) = await PassAsync(pbx, action, key, columns, idOf, rows, cancellationToken);
            if (failure is not null)
            {
                return ([], failure);
            }

            // A total that is always wrong is no change.
            if (whole || (pass > 1 && rows.Count == before))
            {
                break;
            }
        }

        return (rows.Values, null);
    }

    private async Task<(bool Whole, UcmFailure? Failure)> PassAsync(
        PbxEndpoint pbx, string action, string key, string? columns, Func<JsonElement, string?> idOf, Dictionary<string, JsonElement> rows,
        CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>();
        int? total = null;
        var steady = true;
        for (var page = 1; page <= MaxPages; page++)
        {
            var outcome = await PageAsync(pbx, action, columns, page, cancellationToken);
            if (outcome.Failure is { } failure)
            {
                return (false, failure);
            }

            if (UcmListPage.Read(outcome.Reply!.Response, key) is not { } read)
            {
                return (false, UcmBody.WrongShape(action));
            }

            steady &= page == 1 || read.Total == total;
            total = read.Total;
            var before = seen.Count;
            foreach (var row in read.Rows)
            {
                var id = idOf(row) ?? row.GetRawText();
                seen.Add(id);
                rows[id] = row;
            }

            if (seen.Count == before)
            {
                // A list that counts rows and shows none is no empty list.
                return seen.Count == 0 && total > 0 ? (false, UcmBody.WrongShape(action)) : (steady && (total is null || seen.Count == total), null);
            }

            if (total is { } all ? seen.Count >= all : page >= read.TotalPages)
            {
                return (steady, null);
            }
        }

        return (true, null);
    }

    private async Task<UcmOutcome> PageAsync(PbxEndpoint pbx, string action, string? columns, int page, CancellationToken cancellationToken)
    {
        var style = (pbx.TenantId, pbx.PbxId, action);
        var plain = new Dictionary<string, string> { ["page"] = page.ToString(CultureInfo.InvariantCulture) };
        if (_plain.ContainsKey(style))
        {
            return await gateway.TryAsync(pbx, action, plain, cancellationToken);
        }

        var wanted = new Dictionary<string, string>(plain) { ["item_num"] = PageSize.ToString(CultureInfo.InvariantCulture) };
        if (columns is not null)
        {
            wanted["options"] = columns;
            wanted["sidx"] = columns[..columns.IndexOf(',', StringComparison.Ordinal)];
            wanted["sord"] = "asc";
        }

        var outcome = await gateway.TryAsync(pbx, action, wanted, cancellationToken);
        if (page > 1 || outcome.Failure?.Status is not (UcmStatus.InvalidParameters or UcmStatus.InvalidValue or UcmStatus.GetFailed or UcmStatus.UpdateFailed))
        {
            return outcome;
        }

        var again = await gateway.TryAsync(pbx, action, plain, cancellationToken);
        if (again.Succeeded && outcome.Failure?.Status is UcmStatus.InvalidParameters or UcmStatus.InvalidValue)
        {
            // The other two may be a bad moment, for which the columns are not given up.
            _plain[style] = true;
        }

        return again;
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Rows">Objects only.</param>
/// <param name="Total">Rows of the whole list, when it is said.</param>
/// <param name="TotalPages">Pages of the whole list, when it is said.</param>
internal sealed record UcmListPage(IReadOnlyList<JsonElement> Rows, int? Total, int? TotalPages)
{
    /// <summary>Null when this is no list. The rows are under <paramref name="key"/>, or in the only array there is.</summary>
    public static UcmListPage? Read(JsonElement response, string key)
    {
        if (response.ValueKind == JsonValueKind.Array)
        {
            return new UcmListPage(Objects(response), null, null);
        }

        if (response.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var (total, pages) = (response.WholeNumber("total_item"), response.WholeNumber("total_page"));
        if (response.Find(key) is { ValueKind: JsonValueKind.Array } named)
        {
            return new UcmListPage(Objects(named), total, pages);
        }

        var arrays = response.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array).Take(2).ToList();
        return arrays.Count == 1 ? new UcmListPage(Objects(arrays[0].Value), total, pages)
            : arrays.Count == 0 && total == 0 ? new UcmListPage([], 0, pages)
            : null;
    }

    private static List<JsonElement> Objects(JsonElement array) => [.. array.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object)];
}
