using CallCenter.Core.Calls;
using CallCenter.Core.Phones;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Calls;

/// <summary>
/// Finds calls by a number as typed. The tails, indexed for each of the three numbers, find them by last digits; a whole number
/// has more digits than tails hold, so the outside party's must be that very number and not one of another country with the same end.
/// </summary>
internal static class CallNumberSearch
{
    public static IQueryable<Call> Narrow(IQueryable<Call> calls, string? typed, (long First, long Last)? tails, string country)
    {
        if (tails is not { } tail || typed is null)
        {
            return calls;
        }

        var (first, last) = tail;
        var whole = typed.Count(char.IsDigit) > NumberTail.Length ? PhoneNumbers.ToE164(typed, country) : 0;
        return whole == 0
            ? calls.Where(call =>
                (call.FromTail >= first && call.FromTail <= last)
                || (call.ToTail >= first && call.ToTail <= last)
                || (call.AnsweredByTail >= first && call.AnsweredByTail <= last))
            : calls.Where(call =>
                call.OutsideE164 == whole
                || (call.FromTail >= first && call.FromTail <= last && (call.OutsideE164 <= 0 || call.Direction == CallDirection.Outbound))
                || (call.ToTail >= first && call.ToTail <= last && (call.OutsideE164 <= 0 || call.Direction != CallDirection.Outbound))
                || (call.AnsweredByTail >= first && call.AnsweredByTail <= last));
    }
}
