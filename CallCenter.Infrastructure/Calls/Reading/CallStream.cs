using System.Runtime.CompilerServices;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Clients;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>
/// All calls of a filter, page by page by key. The next page is read while the caller works on this one, so that memory holds two
/// pages and neither side waits for the other. Permission and reach are asked with every page.
/// </summary>
internal sealed class CallStream(IDbContextFactory<CallCenterDbContext> contexts, ICaller caller, CallSelections selections, CallReadingRules rules)
{
    // Numbers whose clients are remembered; then the memory begins anew.
    private const int MaxRemembered = 20_000;

    public async IAsyncEnumerable<CallExportRow> ReadAsync(CallFilter filter, CallPosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var clients = new Dictionary<long, ClientName[]>();
        var pending = PageAsync(filter, after, clients, stop.Token);
        try
        {
            while (true)
            {
                var page = await pending;
                var isLast = page.Count < rules.StreamRows;
                pending = isLast ? Task.FromResult<List<CallExportRow>>([]) : PageAsync(filter, page[^1].Position, clients, stop.Token);
                foreach (var row in page)
                {
                    yield return row;
                }

                if (isLast)
                {
                    yield break;
                }
            }
        }
        finally
        {
            // Whoever stops reading leaves no query behind.
            await stop.CancelAsync();
            await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<CallExportRow>> PageAsync(CallFilter filter, CallPosition? after, Dictionary<long, ClientName[]> clients, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var read = await selections.ReadAsync(db, filter, cancellationToken);
        if (read.Error is { } error)
        {
            throw error.Code == AccessErrors.Denied.Code
                ? new UnauthorizedAccessException("The caller may not see calls.")
                : new ArgumentException(error.Message, nameof(filter));
        }

        var selection = read.Value;
        var span = new CallSpan(after is { } position ? CallCursor.After(position) : null, selection.FromUtc, selection.BeforeUtc, rules.StreamRows);
        var rows = await CallWays.First(selection.Ways, span).Select(CallProjections.Export).ToListAsync(cancellationToken);
        if (clients.Count > MaxRemembered)
        {
            clients.Clear();
        }

        await CallRowClients.LearnAsync(db, caller, rows.Select(row => row.Row), clients, cancellationToken);
        for (var i = 0; i < rows.Count; i++)
        {
            if (CallRowClients.Of(rows[i].Row, clients) is { Count: > 0 } names)
            {
                rows[i] = rows[i] with { Row = rows[i].Row with { Clients = names } };
            }
        }

        return rows;
    }
}
