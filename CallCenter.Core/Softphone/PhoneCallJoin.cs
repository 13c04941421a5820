using CallCenter.Core.Calls;
using CallCenter.Core.Phones;
using CallCenter.Core.Telephony;

namespace CallCenter.Core.Softphone;

/// <summary>
/// Which of the PBX's calls a phone's call is. Pure; the one place of these guesses, which docs/telephony.md explains. When in doubt it
/// says nothing: a call shown twice for a while is better than one with somebody else's notes.
/// </summary>
public static class PhoneCallJoin
{
    /// <summary>How far the clocks of browser and PBX may lie apart.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(90);

    /// <summary>How long a caller may have waited in queues before a phone rang.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(4);

    // The PBX's record lasts as long as the phone's call, give or take what setting up and clearing takes.
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(15);

    // The nearest must be nearer than the next by this, or it is anyone's guess.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private const int ShortestCallId = 8;
    private const int ShortestOutside = 7;

    /// <summary>The call it is part of; null for none, and for several that fit alike.</summary>
    /// <param name="call">The phone's call.</param>
    /// <param name="candidates">Calls of the PBX about that time in which the extension has a part.</param>
    /// <param name="country">The tenant's, for reading numbers.</param>
    public static Guid? Find(PhoneCall call, IReadOnlyList<JoinCandidate> candidates, string country)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.SipCallId.Length >= ShortestCallId
            && candidates.Where(candidate => candidate.Legs.Any(leg => Names(leg, call.SipCallId))).ToList() is [var named])
        {
            return named.CallId;
        }

        var fitting = candidates
            .Select(candidate => (candidate.CallId, Distance: call.Direction == PhoneDirection.Out ? Out(call, candidate, country) : In(call, candidate, country)))
            .Where(found => found.Distance is not null)
            .OrderBy(found => found.Distance)
            .ToList();
        return fitting.Count == 0 || (fitting.Count > 1 && fitting[1].Distance - fitting[0].Distance < Margin) ? null : fitting[0].CallId;
    }

    // Asterisk can be told to write the Call-ID into a field of its records; whichever that is.
    private static bool Names(CdrLeg leg, string sipCallId) =>
        leg.UniqueId == sipCallId || leg.Session == sipCallId || leg.Raw.Contains(sipCallId, StringComparison.Ordinal);

    private static TimeSpan? Out(PhoneCall call, JoinCandidate candidate, string country)
    {
        if (candidate.IsTaken
            || !candidate.Legs.Any(leg => (leg.SourceDevice == call.Extension || leg.Source == call.Extension) && IsSame(call, leg.Destination, country))
            || !Lasts(call, candidate))
        {
            return null;
        }

        return Within(StartsApart(call, candidate.StartedAtUtc, candidate.StartedAtUtc));
    }

    private static TimeSpan? In(PhoneCall call, JoinCandidate candidate, string country) => candidate.Legs
        .Where(leg => (leg.DestinationDevice == call.Extension || leg.Destination == call.Extension || leg.AnsweredBy == call.Extension)
            && (IsSame(call, leg.Source, country) || IsSame(call, candidate.FromNumber, country)))
        .Select(leg => Within(StartsApart(call, leg.StartUtc, leg.EndUtc)))
        .Where(distance => distance is not null)
        .Min();

    private static TimeSpan? Within(TimeSpan apart) => apart <= Window ? apart : null;

    // By either clock: the browser's may be wrong, and the portal's knows only calls that were told while they were live.
    private static TimeSpan StartsApart(PhoneCall call, DateTime from, DateTime until)
    {
        var byBrowser = Apart(call.StartedAtUtc, from, until);
        return call.SeenLive && Apart(call.FirstSeenAtUtc, from, until) is var byPortal && byPortal < byBrowser ? byPortal : byBrowser;
    }

    private static TimeSpan Apart(DateTime at, DateTime from, DateTime until) => at < from ? from - at : at > until ? at - until : TimeSpan.Zero;

    // A transferred call goes on without the phone; of a lost one nobody knows how long it was.
    private static bool Lasts(PhoneCall call, JoinCandidate candidate)
    {
        if (call.State != PhoneCallState.Ended || call.EndedAtUtc is not { } ended)
        {
            return true;
        }

        var (ours, theirs) = (ended - call.StartedAtUtc, candidate.EndedAtUtc - candidate.StartedAtUtc);
        return theirs >= ours - Lasting && (call.Cause == "transferred" || theirs <= ours + Lasting);
    }

    private static bool IsSame(PhoneCall call, string number, string country)
    {
        var (ours, theirs) = (PhoneNumbers.Read(call.Number, country), PhoneNumbers.Read(number, country));
        if (ours.E164 > 0 && theirs.E164 > 0)
        {
            return ours.E164 == theirs.E164;
        }

        if (ours.Kind == PhoneKind.Withheld || theirs.Kind == PhoneKind.Withheld)
        {
            return ours.Kind == theirs.Kind;
        }

        // A prefix to get a line may stand before either.
        return ours.Value == theirs.Value || EndsLike(ours.Value, theirs.Value) || EndsLike(theirs.Value, ours.Value)
            || (NumberTail.Of(call.FirstNumber) is not 0 and var tail && tail == NumberTail.Of(number));
    }

    private static bool EndsLike(string number, string longer) => number.Length >= ShortestOutside && longer.EndsWith(number.TrimStart('+'), StringComparison.Ordinal);
}

/// <summary>A call of the PBX that a phone's call may be.</summary>
/// <param name="CallId">The call.</param>
/// <param name="StartedAtUtc">Start, UTC.</param>
/// <param name="EndedAtUtc">End, UTC.</param>
/// <param name="FromNumber">Caller's number.</param>
/// <param name="IsTaken">Another outgoing call of this extension is this one.</param>
/// <param name="Legs">Its legs.</param>
public sealed record JoinCandidate(Guid CallId, DateTime StartedAtUtc, DateTime EndedAtUtc, string FromNumber, bool IsTaken, IReadOnlyList<CdrLeg> Legs);
