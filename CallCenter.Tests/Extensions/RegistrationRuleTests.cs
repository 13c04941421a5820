using CallCenter.Core.Extensions;
using CallCenter.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenter.Tests.Extensions;

public sealed class RegistrationRuleTests
{
    private static readonly DateTime Start = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
    private static readonly LineReading Offline = new(LineStatus.Offline, "", "", "SIP", false);
    private static readonly LineReading Idle = new(LineStatus.Idle, "192.0.2.10:5060", "GXP1625", "SIP", false);

    // The offline ones twice as likely; addresses with changing ports, another phone, and the PBX leaving texts out.
    private static readonly LineReading[] Readings =
    [
        Offline, Offline, Idle, Idle with { Status = LineStatus.InUse }, Idle with { Address = "192.0.2.10:49152" }, Idle with { Address = "" },
        Idle with { Address = "192.0.2.77:5060", Model = "GRP2614" }, Idle with { Model = "" }, Idle with { Address = "[2001:db8::7]:5060", Model = "" },
    ];

    private static readonly Gen<List<LineReading>> Sequences = Gen.Choose(0, Readings.Length - 1).ListOf(30).Select(places => places.Select(i => Readings[i]).ToList());

    [Fact]
    public void Take_RegisteredThenLostThenBack_MakesTwoSpans()
    {
        var history = Follow([Offline, Idle, Idle, Offline, Offline, Idle]);

        Assert.Equal(
            [(1, 2, 3, "192.0.2.10:5060"), (5, 5, (int?)null, "192.0.2.10:5060")],
            history.Spans.Select(s => (Minute(s.FromUtc), Minute(s.SeenUntilUtc), s.LostAtUtc is { } lost ? Minute(lost) : (int?)null, s.Address)));
        Assert.Equal(5, Minute(history.Presence.SinceUtc!.Value));
    }

    [Fact]
    public void Take_FirstReadingOffline_IsNotALoss()
    {
        var history = Follow([Offline, Offline]);

        Assert.Empty(history.Spans);
        Assert.Null(history.Presence.LastRegisteredAtUtc);
        Assert.Equal(Start, history.Presence.SinceUtc);
    }

    [Fact]
    public void Take_PortChangesOrTextsAreLeftOut_IsTheSameSpan()
    {
        var history = Follow([Idle, Idle with { Address = "192.0.2.10:49152" }, Idle with { Address = "", Model = "" }, Idle]);

        Assert.Null(Assert.Single(history.Spans).LostAtUtc);
        Assert.Equal(Start, history.Presence.SinceUtc);
    }

    [Fact]
    public void Take_AnotherPhone_IsAnotherSpanButNoLoss()
    {
        var history = Follow([Idle, Idle with { Address = "192.0.2.77:5060" }, Offline]);

        Assert.Equal(2, history.Spans.Count);
        Assert.Equal(history.Spans[0].LostAtUtc, history.Spans[1].FromUtc);
        Assert.Equal([Start.AddMinutes(2)], RegistrationRule.LossesOf(history.Spans));
    }

    [Fact]
    public void Take_ClockOfThisNodeIsBehind_DoesNotReachIntoThePast()
    {
        var presence = new ExtensionPresence { ExtensionId = Guid.NewGuid() };
        var open = RegistrationRule.Take(presence, null, Idle, Start, null);
        RegistrationRule.Take(presence, open, Offline, Start.AddSeconds(-3), Start);

        Assert.Equal(Start, open!.LostAtUtc);
    }

    [Fact]
    public void Take_AnySequence_SpansNeverOverlapAndAgreeWithPresence() => Prop.ForAll(Arb.From(Sequences), readings =>
    {
        var (presence, spans) = Follow(readings);
        var ordered = spans.Zip(spans.Skip(1)).All(pair => pair.First.LostAtUtc <= pair.Second.FromUtc);
        var sound = spans.All(s => s.FromUtc <= s.SeenUntilUtc && (s.LostAtUtc is null || s.SeenUntilUtc <= s.LostAtUtc));
        var open = spans.Count(s => s.LostAtUtc is null);
        var covered = readings.Select((reading, minute) => (reading, At: Start.AddMinutes(minute))).All(step =>
            step.reading.Status > LineStatus.Offline == spans.Any(s => s.FromUtc <= step.At && (s.LostAtUtc is null || step.At < s.LostAtUtc)));
        return ordered && sound && covered && open == (presence.IsRegistered ? 1 : 0);
    }).Holds();

    [Fact]
    public void Take_ReadMoreOften_GivesTheSameHistory() => Prop.ForAll(Arb.From(Sequences), readings =>
    {
        var once = Follow(readings);
        var presence = new ExtensionPresence { ExtensionId = once.Presence.ExtensionId };
        var spans = new List<RegistrationSpan>();
        DateTime? before = null;
        for (var i = 0; i < readings.Count; i++)
        {
            foreach (var seconds in new[] { 0, 20, 40 })
            {
                before = Read(presence, spans, readings[i], Start.AddMinutes(i).AddSeconds(seconds), before);
            }
        }

        return once.Spans.Select(Shape).SequenceEqual(spans.Select(Shape)) && once.Presence.SinceUtc == presence.SinceUtc;
    }).Holds();

    private static (DateTime From, DateTime? Lost, string Address, string Model) Shape(RegistrationSpan span) =>
        (span.FromUtc, span.LostAtUtc, span.Address, span.Model);

    private static int Minute(DateTime utc) => (int)(utc - Start).TotalMinutes;

    private static (ExtensionPresence Presence, List<RegistrationSpan> Spans) Follow(List<LineReading> readings)
    {
        var presence = new ExtensionPresence { ExtensionId = Guid.NewGuid() };
        var spans = new List<RegistrationSpan>();
        DateTime? before = null;
        for (var i = 0; i < readings.Count; i++)
        {
            before = Read(presence, spans, readings[i], Start.AddMinutes(i), before);
        }

        return (presence, spans);
    }

    private static DateTime Read(ExtensionPresence presence, List<RegistrationSpan> spans, LineReading reading, DateTime at, DateTime? before)
    {
        if (RegistrationRule.Take(presence, spans.LastOrDefault(s => s.LostAtUtc is null), reading, at, before) is { } begun)
        {
            spans.Add(begun);
        }

        return at;
    }
}
