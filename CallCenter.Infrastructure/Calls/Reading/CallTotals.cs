using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>Sums over a selection: all of it as far as time allows, else its newest calls.</summary>
internal sealed class CallTotals(TimeProvider clock, CallReadingRules rules)
{
    /// <summary>Calls that are summed where all are too many.</summary>
    public const int Cap = KeysetPage<CallRow>.DefaultTotalCap;

    public async Task<Result<CallSums>> ReadAsync(CallSelection selection, CancellationToken cancellationToken)
    {
        if (await InTimeAsync(selection.All, cancellationToken) is { } sums)
        {
            return sums;
        }

        var newest = CallWays.First(selection.Ways, new CallSpan(null, selection.FromUtc, selection.BeforeUtc, Cap));
        return await InTimeAsync(newest, cancellationToken) is { } some ? some with { IsCapped = true } : CallErrors.TooManyToTotal;
    }

    private async Task<CallSums?> InTimeAsync(IQueryable<Call> calls, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(rules.SumPatience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await calls.GroupBy(_ => 1)
                .Select(all => new CallSums(
                    all.LongCount(),
                    all.Sum(call => (long)call.TalkSeconds),
                    all.Sum(call => (long)call.WaitSeconds),
                    all.LongCount(call => call.Outcome == CallOutcome.Answered)))
                .SingleOrDefaultAsync(both.Token) ?? new CallSums(0, 0, 0, 0);
        }
        catch (Exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Providers word a cancelled query differently.
            return null;
        }
    }
}
