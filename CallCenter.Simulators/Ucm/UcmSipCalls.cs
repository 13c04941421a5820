using System.Collections.Concurrent;
using System.Globalization;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Sip;
using CallCenter.Simulators.Ucm.Accounts;

namespace CallCenter.Simulators.Ucm;

/// <summary>
/// Writes call detail of calls that really passed the PBX's SIP endpoint, as a UCM does: nothing in it tells the SIP Call-ID.
/// </summary>
public static class UcmSipCalls
{
    // Far from the generator's numbers, so that unique ids of one second do not meet.
    private static long _sequence = 900_000;

    /// <summary>From now on the simulator's ledger has the calls, and its list of phones the browsers that are registered.</summary>
    public static void Connect(UcmSimulator pbx, SipWebSocketServer sip, string trunk = "trunk_1")
    {
        var desks = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        sip.CallEnded += call => pbx.Ledger.Add([ToLedger(call, pbx.Accounts, trunk)]);
        sip.RegistrationChanged += (user, registered) =>
        {
            if (!pbx.Accounts.Running.ContainsKey(user))
            {
                return;
            }

            // The phone on the desk is there again when the browser leaves.
            var desk = desks.GetOrAdd(user, extension => pbx.Phones.AddressOf(extension));
            pbx.Accounts.SetRegistered(user, registered ? $"127.0.0.1:{pbx.Port} (JsSIP)" : desk);
            pbx.Hold(user, registered);
            if (!registered)
            {
                desks.TryRemove(user, out _);
            }
        };
    }

    internal static LedgerCall ToLedger(SipCallRecord call, UcmAccounts accounts, string trunk)
    {
        var (inside, caller) = (accounts.Running.ContainsKey(call.To), accounts.Running.GetValueOrDefault(call.From));

        // Whoever calls and is no extension came over the trunk; the PBX's own numbers are inside.
        var inbound = inside && caller is null;
        var internalCall = !inbound && (inside || (call.IsOwnNumber && call.Status != 404));
        var direction = inbound ? LedgerDirection.Inbound : internalCall ? LedgerDirection.Internal : LedgerDirection.Outbound;
        var number = Interlocked.Increment(ref _sequence);
        var epoch = call.Start.ToUnixTimeSeconds();
        var uniqueId = string.Create(CultureInfo.InvariantCulture, $"{epoch}.{number}");
        var session = new SessionId(epoch, (int)(call.Start.Ticks % TimeSpan.TicksPerSecond / 10), call.From);
        var (disposition, outcome) = call switch
        {
            { Answer: not null } => (LedgerDisposition.Answered, LedgerOutcome.Answered),
            { Status: 486 or 600 } => (LedgerDisposition.Busy, LedgerOutcome.Busy),
            { Status: 480 or 487 or 408 or 603 } => (LedgerDisposition.NoAnswer, LedgerOutcome.NoAnswer),
            _ => (LedgerDisposition.Failed, LedgerOutcome.Failed),
        };
        var reached = call.Status is not (404 or 480);
        var to = inside || internalCall ? call.To : trunk;
        var from = inbound ? trunk : call.From;
        var leg = new LedgerLeg
        {
            UniqueId = uniqueId,
            Session = session,
            Start = call.Start,
            Answer = call.Answer,
            End = call.End,
            Disposition = disposition,
            Direction = direction,
            Source = call.From,
            SourceName = caller?.Sip.GetValueOrDefault("fullname") ?? call.FromName,
            Destination = call.To,
            Action = "DIAL",
            Context = inbound ? "from-trunk-1" : internalCall ? "from-internal" : "outbound-route-1",
            Application = "Dial",
            ApplicationData = $"PJSIP/{call.To},60,tT",
            Channel = ChannelOf(from, number),
            ChannelExtension = from,
            DestinationChannel = reached ? ChannelOf(to, number + 1) : "",
            DestinationExtension = reached ? to : "",
            AnsweredBy = call.Answer is null ? "" : call.To,
            SourceTrunk = inbound ? trunk : "",
            DestinationTrunk = direction == LedgerDirection.Outbound ? trunk : "",
            ActionOwner = call.From,
        };
        return new LedgerCall
        {
            UniqueId = uniqueId,
            Session = session,
            StartUtc = call.Start,
            EndUtc = call.End,
            Direction = direction,
            Outcome = outcome,
            From = call.From,
            FromName = leg.SourceName,
            To = call.To,
            Trunk = inbound ? leg.SourceTrunk : leg.DestinationTrunk,
            AnsweredBy = leg.AnsweredBy,
            TalkSeconds = LedgerTruth.TalkSeconds([leg]),
            Scenario = "Sip",
            Legs = [leg],
        };
    }

    private static string ChannelOf(string who, long number) => string.Create(CultureInfo.InvariantCulture, $"PJSIP/{who}-{number & 0xffffffff:x8}");
}
