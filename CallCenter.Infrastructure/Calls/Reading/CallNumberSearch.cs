using System.Globalization;
using System.Linq.Expressions;
using CallCenter.Core.Calls;
using CallCenter.Core.Phones;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>One of the ways in which a call can have a number.</summary>
/// <param name="Is">True for its calls.</param>
/// <param name="Range">
/// What of it an index knows that is not in the list's order; null where one in that order knows it all.
/// </param>
internal sealed record NumberCondition(Expression<Func<Call, bool>> Is, Expression<Func<Call, bool>>? Range);

/// <summary>
/// Finds calls by a number as typed. The tails, indexed for each of the three numbers, find them by last digits; a whole number
/// has more digits than tails hold, so the outside party's must be that very number and not one of another country with the same end.
/// With plus or 00 and not yet whole, the digits are the first ones of E.164.
/// </summary>
internal static class CallNumberSearch
{
    /// <summary>The conditions of which one must hold, each for an index of its own; null when nothing typed is a digit.</summary>
    public static IReadOnlyList<NumberCondition>? Conditions(string typed, string country)
    {
        var (digits, fromStart) = PhoneNumbers.Typed(typed);
        if (NumberTail.EndingWith(digits) is not var (first, last))
        {
            return null;
        }

        var whole = digits.Length > NumberTail.Length || fromStart ? PhoneNumbers.ToE164(typed, country) : 0;
        if (fromStart && !PhoneNumbers.IsValid(whole) && PhoneRanges.StartingWith(Written(whole, digits)) is { Count: > 0 } ranges)
        {
            var within = CallPredicates.OutsideWithin(ranges);
            return [new NumberCondition(within, within)];
        }

        Expression<Func<Call, bool>> from = call => call.FromTail >= first && call.FromTail <= last;
        Expression<Func<Call, bool>> to = call => call.ToTail >= first && call.ToTail <= last;
        Expression<Func<Call, bool>> answered = call => call.AnsweredByTail != 0 && call.AnsweredByTail >= first && call.AnsweredByTail <= last;
        return whole == 0
            ? [new(from, from), new(to, to), new(answered, answered)]
            :
            [
                new(call => call.OutsideE164 == whole, null),
                new(call => call.FromTail >= first && call.FromTail <= last && (call.OutsideE164 <= 0 || call.Direction == CallDirection.Outbound), from),
                new(call => call.ToTail >= first && call.ToTail <= last && (call.OutsideE164 <= 0 || call.Direction != CallDirection.Outbound), to),
                new(answered, answered),
            ];
    }

    // A trunk prefix written after the calling code is not there in E.164.
    private static string Written(long read, string digits) => read > 0 ? read.ToString(CultureInfo.InvariantCulture) : digits;
}
