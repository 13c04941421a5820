using System.Globalization;

namespace CallCenter.Simulators.Calls;

/// <summary>
/// One call being made up. A cursor moves along the call; every method adds legs as the PBX writes them and moves it.
/// </summary>
internal sealed class CallDraft
{
    private readonly List<LedgerLeg> _legs = [];
    private readonly DayContext _day;
    private readonly LedgerLeg _template;
    private string _firstAnswer = "";

    public CallDraft(DayContext day, DateTimeOffset at, LedgerDirection direction, string from, string fromName, string context, string trunk)
    {
        _day = day;

        // The microseconds of the start are those of the session.
        Start = At = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond) + (day.Random.Next(0, 999_999) * 10L), TimeSpan.Zero);
        Direction = direction;
        Trunk = trunk;
        Session = SessionAt(Start, from);
        var channel = direction == LedgerDirection.Inbound ? "trunk_" + TrunkIndex : from;
        _template = new LedgerLeg
        {
            UniqueId = UniqueIdAt(Start),
            Session = Session,
            Start = Start,
            End = Start,
            Disposition = LedgerDisposition.NoAnswer,
            Direction = direction,
            Source = from,
            SourceName = fromName,
            Destination = "",
            Action = "DIAL",
            Context = context,
            Application = "Dial",
            Channel = ChannelOf(channel),
            ChannelExtension = channel,
            ActionOwner = from,
            SourceTrunk = direction == LedgerDirection.Inbound ? trunk : "",
            DestinationTrunk = direction == LedgerDirection.Outbound ? trunk : "",
        };
    }

    public DateTimeOffset Start { get; }

    /// <summary>Where in time the call is.</summary>
    public DateTimeOffset At { get; private set; }

    public LedgerDirection Direction { get; }

    public string Trunk { get; }

    public SessionId Session { get; }

    /// <summary>True once something answered the caller's channel: from then on ringing is billed.</summary>
    public bool CallerUp { get; set; }

    public string Via { get; set; } = "";

    public string Did { get; set; } = "";

    public string FailureReason { get; set; } = "";

    public SimRandom Random => _day.Random;

    private int TrunkIndex => Math.Max(0, _day.Options.Trunks.ToList().IndexOf(Trunk)) + 1;

    public void Wait(TimeSpan time) => At += time;

    /// <summary>Rings one device without success.</summary>
    public void Rings(string target, TimeSpan ring, LedgerDisposition disposition = LedgerDisposition.NoAnswer, string action = "DIAL", bool reached = true)
    {
        _legs.Add(Attempt(target, action, reached) with { End = At + ring, Disposition = disposition });
        At += ring;
    }

    /// <summary>Rings one device, is answered and talks.</summary>
    public void Talks(string target, TimeSpan ring, TimeSpan talk, string action = "DIAL", string? context = null)
    {
        var leg = Attempt(target, action, reached: true);
        _legs.Add(Answered(leg with { Context = context ?? leg.Context }, target, ring, talk));
    }

    /// <summary>Rings several devices at once; the winner talks. Without a winner it stops after the ring time.</summary>
    public void RingsTogether(IReadOnlyList<string> targets, IReadOnlyCollection<string> busy, string action, TimeSpan ring, string? winner, TimeSpan talk)
    {
        var begins = At;
        foreach (var target in targets.Where(t => t != winner))
        {
            var isBusy = busy.Contains(target);
            _legs.Add(Attempt(target, action, reached: true, targets) with
            {
                End = isBusy ? begins : begins + ring,
                Disposition = isBusy ? LedgerDisposition.Busy : LedgerDisposition.NoAnswer,
            });
        }

        if (winner is not null)
        {
            _legs.Add(Answered(Attempt(winner, action, reached: true, targets), winner, ring, talk));
        }
        else
        {
            At = begins + ring;
        }
    }

    /// <summary>The two book-keeping rows in front of a ring group's members.</summary>
    public void RingGroupHeaders(string did, string group, TimeSpan announcement)
    {
        _legs.Add(_template with { Start = At, End = At, Destination = did, Application = "ForkCDR", IsHeader = true });
        _legs.Add(_template with
        {
            Start = At,
            Answer = At + announcement,
            End = At + announcement,
            Disposition = LedgerDisposition.Answered,
            Destination = group,
            Action = $"RINGGROUP[{group}]",
            Application = "ForkCDR",
            IsHeader = true,
        });
        At += announcement;
        CallerUp = true;
    }

    public void Voicemail(string mailbox, TimeSpan time, string application, string reason)
    {
        _legs.Add(_template with
        {
            Start = At,
            Answer = At,
            End = At + time,
            Disposition = LedgerDisposition.Answered,
            Destination = mailbox,
            Action = "VM",
            Application = application,
            ApplicationData = application == "VoiceMail" ? $"{mailbox}@default,{reason}" : $"PJSIP/{mailbox},60,tT",
            AnsweredBy = mailbox,
        });
        At += time;
    }

    public void Menu(string ivr, TimeSpan time)
    {
        _legs.Add(_template with
        {
            Start = At,
            Answer = At,
            End = At + time,
            Disposition = LedgerDisposition.Answered,
            Destination = ivr,
            Action = $"IVR[{ivr}]",
            Context = "ivr-1",
            Application = "ReadExten",
            ApplicationData = "EXTEN,ivr-welcome",
        });
        At += time;
        CallerUp = true;
    }

    /// <summary>A leg in which no device was reached: a prompt, a queue without agents.</summary>
    public void Nothing(string target, TimeSpan time, LedgerDisposition disposition, string action, string application, string data)
    {
        _legs.Add(_template with
        {
            Start = At,
            End = At + time,
            Disposition = disposition,
            Destination = target,
            Action = action,
            Application = application,
            ApplicationData = data,
        });
        At += time;
    }

    /// <summary>
    /// Another phone picks the parked call up: the call goes on under a session begun at that moment, and the phone that
    /// picked it up has a row of its own with its own unique id.
    /// </summary>
    public void Retrieves(string slot, string by, TimeSpan talk)
    {
        var session = SessionAt(At, by);
        var action = "PARKEDCALL";
        var leg = Attempt(by, action, reached: true) with { Destination = slot, Application = "Park", ApplicationData = "", Session = session };
        var begins = At;
        _legs.Add(Answered(leg, by, TimeSpan.Zero, talk));
        _legs.Add(_template with
        {
            UniqueId = UniqueIdAt(begins),
            Session = session,
            Start = begins,
            Answer = begins,
            End = At,
            Disposition = LedgerDisposition.Answered,
            Direction = LedgerDirection.Internal,
            Source = by,
            SourceName = _day.NameOf(by),
            Destination = slot,
            Action = action,
            Context = "from-internal",
            Application = "ParkedCall",
            ApplicationData = slot,
            Channel = ChannelOf(by),
            ChannelExtension = by,
            ActionOwner = by,
            SourceTrunk = "",
            DestinationTrunk = "",
        });
    }

    /// <summary>Names a recording on the last leg that a person answered.</summary>
    public void Record(string? group = null, bool byRingGroup = false)
    {
        var index = _legs.FindLastIndex(l => l.IsPerson);
        var leg = _legs[index];
        var local = TimeZoneInfo.ConvertTime(leg.Start, _day.Options.Zone);
        var epoch = leg.Start.ToUnixTimeSeconds();
        var folder = local.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var name = (group, byRingGroup) switch
        {
            (null, _) => $"{folder}/auto-{epoch}-{leg.Source}-{leg.Destination}.wav",
            (_, true) => $"{folder}/auto-{epoch}#{leg.AnsweredBy}-{leg.Source}-{group}.wav",
            _ => $"{folder}/auto-{epoch}-{leg.Source}-{group}.wav",
        };
        _legs[index] = leg with { Recordings = [name] };
    }

    public LedgerCall Finish(string scenario, LedgerOutcome outcome)
    {
        var first = _legs[0];
        return new LedgerCall
        {
            UniqueId = first.UniqueId,
            Session = Session,
            StartUtc = Start,
            EndUtc = _legs.Max(l => l.End),
            Direction = Direction,
            Outcome = outcome,
            From = first.Source,
            FromName = first.SourceName,
            To = first.Action.StartsWith("QUEUE", StringComparison.Ordinal) ? Via : first.Destination,
            Did = Did,
            Via = Via,
            Trunk = Trunk,
            AnsweredBy = _firstAnswer,
            FailureReason = FailureReason,
            TalkSeconds = LedgerTruth.TalkSeconds(_legs),
            Scenario = scenario,
            Legs = _legs,
        };
    }

    private static SessionId SessionAt(DateTimeOffset at, string source) =>
        new(at.ToUnixTimeSeconds(), (int)(at.Ticks % TimeSpan.TicksPerSecond / 10), source);

    private string UniqueIdAt(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()}.{_day.NextChannel()}");

    private string ChannelOf(string device) =>
        string.Create(CultureInfo.InvariantCulture, $"PJSIP/{device}-{_day.NextChannel():x8}");

    private LedgerLeg Attempt(string target, string action, bool reached, IReadOnlyList<string>? all = null)
    {
        var outside = Direction == LedgerDirection.Outbound;
        var queued = action.StartsWith("QUEUE", StringComparison.Ordinal);
        var device = outside ? "trunk_" + TrunkIndex : target;
        return _template with
        {
            Start = At,
            Destination = target,
            Action = action,
            Application = queued ? "Queue" : "Dial",
            ApplicationData = outside
                ? $"PJSIP/{device}/{target},60,tT"
                : queued ? $"{Via},tTkK,,,300" : string.Join('&', (all ?? [target]).Select(t => "PJSIP/" + t)) + ",60,tT",
            DestinationChannel = reached ? ChannelOf(device) : "",
            DestinationExtension = reached ? device : "",
        };
    }

    private LedgerLeg Answered(LedgerLeg leg, string by, TimeSpan ring, TimeSpan talk)
    {
        var answer = CallerUp ? At : At + ring;
        At += ring + talk;
        CallerUp = true;
        _firstAnswer = _firstAnswer.Length > 0 ? _firstAnswer : by;
        if (Direction != LedgerDirection.Outbound)
        {
            _day.Occupy(by, At);
        }

        return leg with { Answer = answer, End = At, Disposition = LedgerDisposition.Answered, AnsweredBy = by };
    }
}
