using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Persistence;

namespace CallCenter.Tests.Calls;

/// <summary>A stored call with as little as a test needs to say.</summary>
internal sealed record TestCall(string Name)
{
    private static readonly Guid Pbx = Guid.NewGuid();

    public DateTime Start { get; init; } = new(2026, 11, 18, 9, 0, 0, DateTimeKind.Utc);

    public CallDirection Direction { get; init; } = CallDirection.Inbound;

    public CallOutcome Outcome { get; init; } = CallOutcome.Answered;

    public string From { get; init; } = "0530000000";

    public string To { get; init; } = "0114960000";

    public string AnsweredBy { get; init; } = "";

    public string Queue { get; init; } = "";

    public string Trunk { get; init; } = "";

    public int Talk { get; init; } = 60;

    public int Wait { get; init; } = 5;

    public bool Recorded { get; init; }

    public long E164 { get; init; } = 966530000000;

    public (Guid? Id, int Count) Clients { get; init; }

    public IReadOnlyList<(string Extension, CallPart Part)> Parts { get; init; } = [];

    public void AddTo(CallCenterDbContext db, Guid tenantId)
    {
        var call = new Call
        {
            TenantId = tenantId,
            PbxId = Pbx,
            CallKey = Guid.NewGuid().ToString("N"),
            StartedAtUtc = Start,
            EndedAtUtc = Start.AddSeconds(Wait + Talk),
            Direction = Direction,
            Outcome = Outcome,
            FromNumber = From,
            FromName = Name,
            ToNumber = To,
            AnsweredBy = AnsweredBy,
            Via = "",
            Queue = Queue,
            Trunk = Trunk,
            DurationSeconds = Wait + Talk,
            WaitSeconds = Wait,
            TalkSeconds = Talk,
            LegCount = 1,
            HasRecording = Recorded,
            FromTail = NumberTail.Of(From),
            ToTail = NumberTail.Of(To),
            AnsweredByTail = NumberTail.Of(AnsweredBy),
            OutsideE164 = E164,
            ClientId = Clients.Id,
            ClientCount = Clients.Count,
        };
        db.Add(call);
        foreach (var (extension, part) in Parts)
        {
            db.Add(new CallParticipant { TenantId = tenantId, CallId = call.Id, Extension = extension, StartedAtUtc = Start, Part = part, Queue = "", Offers = 1, RingSeconds = 0, TalkSeconds = 0 });
        }
    }
}
