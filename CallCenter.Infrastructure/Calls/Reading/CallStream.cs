using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Clients;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>
/// All calls of a filter, portion by portion by key; permission and reach are asked with every portion. Rows are read while the caller
/// works on earlier ones and handed over in small batches: a whole portion kept in memory would grow old there, and the garbage
/// collector would copy every row of it.
/// </summary>
internal sealed class CallStream(IDbContextFactory<CallCenterDbContext> contexts, ICaller caller, CallSelections selections, CallReadingRules rules)
{
    // Numbers whose clients are remembered; then the memory begins anew.
    private const int MaxRemembered = 20_000;

    private const int MostBatchRows = 1_000;

    // Read ahead; with the batch in the making never more than a portion.
    private const int Batches = 4;

    public async IAsyncEnumerable<CallExportRow> ReadAsync(CallFilter filter, CallPosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<List<CallExportRow>>(new BoundedChannelOptions(Batches) { SingleReader = true, SingleWriter = true });
        var reading = ReadAllAsync(filter, after, batches.Writer, stop.Token);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                foreach (var row in batch)
                {
                    yield return row;
                }
            }

            await reading;
        }
        finally
        {
            // Whoever stops reading leaves no query behind.
            await stop.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAllAsync(CallFilter filter, CallPosition? after, ChannelWriter<List<CallExportRow>> batches, CancellationToken cancellationToken)
    {
        try
        {
            var clients = new Dictionary<long, ClientName[]>();
            CallPosition? next = after;
            bool isMore;
            do
            {
                (next, isMore) = await PortionAsync(filter, next, clients, batches, cancellationToken);
            }
            while (isMore);
        }
        finally
        {
            batches.Complete();
        }
    }

    private async Task<(CallPosition? Next, bool IsMore)> PortionAsync(
        CallFilter filter, CallPosition? after, Dictionary<long, ClientName[]> clients, ChannelWriter<List<CallExportRow>> batches, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // The rows' own connection is taken while they come.
        await using var beside = await contexts.CreateDbContextAsync(cancellationToken);
        var read = await selections.ReadAsync(db, filter, cancellationToken);
        if (read.Error is { } error)
        {
            throw error.Code == AccessErrors.Denied.Code
                ? new UnauthorizedAccessException("The caller may not see calls.")
                : new ArgumentException(error.Message, nameof(filter));
        }

        var selection = read.Value;
        var span = new CallSpan(after is { } position ? CallCursor.After(position) : null, selection.FromUtc, selection.BeforeUtc, rules.StreamRows);
        var size = Math.Clamp(rules.StreamRows / (2 * Batches), 1, MostBatchRows);
        var (batch, rows) = (new List<CallExportRow>(size), 0);
        await foreach (var row in CallExportReader.ReadAsync(db, CallWays.First(selection.Ways, span), cancellationToken))
        {
            batch.Add(row);
            rows++;
            if (batch.Count == size)
            {
                await GiveAsync(batch);
                batch = new List<CallExportRow>(size);
            }
        }

        await GiveAsync(batch);
        return (after, rows == rules.StreamRows);

        async ValueTask GiveAsync(List<CallExportRow> given)
        {
            if (given.Count > 0)
            {
                await NameAsync(beside, given, clients, cancellationToken);
                after = given[^1].Position;
                await batches.WriteAsync(given, cancellationToken);
            }
        }
    }

    private async ValueTask NameAsync(CallCenterDbContext db, List<CallExportRow> rows, Dictionary<long, ClientName[]> clients, CancellationToken cancellationToken)
    {
        if (clients.Count > MaxRemembered)
        {
            clients.Clear();
        }

        await CallRowClients.LearnAsync(db, caller, rows.Where(row => row.ClientCount > 0).Select(row => row.OutsideE164), clients, cancellationToken);
        if (clients.Count == 0)
        {
            return;
        }

        for (var i = 0; i < rows.Count; i++)
        {
            if (CallRowClients.Of(rows[i].ClientCount, rows[i].OutsideE164, rows[i].ClientId, clients) is { Count: > 0 } names)
            {
                rows[i] = rows[i] with { Clients = names };
            }
        }
    }
}
