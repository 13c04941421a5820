using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Web.Features.Softphone.Panel;

namespace CallCenter.Tests.Softphone.Panel;

/// <summary>Snapshots for the tests of the panel.</summary>
internal static class Phones
{
    public static readonly DevicesSnapshot Sound = new(Permission.Granted, Permission.Granted, true, [new AudioDevice("mic-1", "Headset")], [new AudioDevice("out-1", "Headset")], null, null, null, null);

    public static readonly PhoneInfo Info = new("demo/1", "1001", "Aoife Brennan", true, PhoneRingtone.Classic, "*43", true, true);

    public static Result<IReadOnlyList<T>> Listed<T>(params T[] items) => items.ToList();

    public static LineSnapshot Line(LineState state = LineState.Registered, string? cause = null, int? code = null) => new(state, cause, code, null, null);

    public static PhoneSnapshot Snapshot(long rev, params CallSnapshot[] calls) => new("page", rev, "tab", true, false, Line(), calls, Sound, [], null);

    public static CallSnapshot Call(string id = "c1", PhoneCallState state = PhoneCallState.Active, string number = "+353201234567", PhoneDirection direction = PhoneDirection.In) => new(
        id, $"sip-{id}", direction, state, number, null, new Dictionary<string, string>(), false, false, false, MediaState.Connected, false, false, null,
        new QualitySnapshot(4.3, 0, 3, 20), 1_772_463_600_000, state == PhoneCallState.Active ? 1_772_463_605_000 : null, null, null, null, null);

    public static EndedCall Ended(string id = "c1", EndCause cause = EndCause.HangUp, int? code = null) => new(
        id, $"sip-{id}", PhoneDirection.Out, "+353201234567", null, 1_772_463_600_000, 1_772_463_605_000, 1_772_463_700_000, PhoneEndedBy.Remote, code, cause, new QualitySummary(4.2, 4, 0.5, 3, 20, 40));
}
