using System.Globalization;
using System.Text.Json;
using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Telephony.Ucm;
using CallCenter.Tests.Erasure;
using CallCenter.Tests.Support;
using CallCenter.Tests.Telephony.Ucm;
using CallCenter.Web.Composition;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Calls;

/// <summary>Hand-composed answers in the shape of published captures, per firmware, and what must hold for every one of them.</summary>
public sealed class CallCorpusTests
{
    [Fact]
    public void OlderFirmware_SumsOfLegs_EqualMainCdr()
    {
        var groups = UcmFixtures.Read("older-firmware.json").GetProperty("cdr_root").EnumerateArray().Where(item => item.TryGetProperty("main_cdr", out _)).ToList();
        var calls = UcmFixtures.Calls("older-firmware.json");

        Assert.NotEmpty(groups);
        foreach (var group in groups)
        {
            var main = group.GetProperty("main_cdr");
            var id = group.GetProperty("sub_cdr_1").GetProperty("uniqueid").GetString();
            var call = calls.Single(c => c.Legs.Any(leg => leg.UniqueId == id));
            Assert.Equal((Number(main, "duration"), Number(main, "billsec")), (call.Legs.Sum(l => l.DurationSeconds), call.Legs.Sum(l => l.BillableSeconds)));
        }
    }

    [Theory]
    [InlineData("older-firmware.json")]
    [InlineData("shifted-groups.json")]
    public void Fixture_EveryCall_AddsUp(string fixture)
    {
        foreach (var call in UcmFixtures.Calls(fixture))
        {
            Assert.Equal(call.Outcome == CallOutcome.Answered, call.Path.Any(step => step.Kind == CallStepKind.Answered));
            Assert.Equal(call.Outcome == CallOutcome.Voicemail, call.Path.Any(step => step.Kind == CallStepKind.Voicemail) && call.TalkSeconds == 0 && call.AnsweredBy.Length == 0);
            Assert.All(call.Participants, part => Assert.InRange(part.TalkSeconds, 0, call.DurationSeconds));
            Assert.DoesNotContain(call.Participants, part => part.Part == CallPart.None || part.Extension == call.Via || part.Extension.StartsWith("trunk", StringComparison.Ordinal));
            Assert.Equal(call.Path, CallPath.Read(CallPath.Write(call.Path)));
        }
    }

    [Fact]
    public void Corpus_GroupsRightShiftedOrFlat_AreTheSameCalls()
    {
        var legs = Corpus().ToArray();
        string[] right = [.. legs.Chunk(2).Select((pair, i) => Group(i, pair))];
        string[] shifted = [legs[0], .. legs.Skip(1).Chunk(2).Select((pair, i) => Group(i, pair))];

        var flat = Describe(UcmFixtures.Root(legs));

        Assert.Equal(flat, Describe(UcmFixtures.Root(right)));
        Assert.Equal(flat, Describe(UcmFixtures.Root(shifted)));
        Assert.Equal(flat, Describe(UcmFixtures.Root([.. legs.Reverse()])));
    }

    [Fact]
    public void Corpus_MonthlyRestartLateLegMissingEndAndTextSessions_KeepCallsApart()
    {
        var calls = CallAssembler.Assemble(UcmFixtures.Place(UcmFixtures.Parse(UcmFixtures.Root([.. Corpus()])), "Etc/UTC"));

        Assert.Equal(
            [
                "1772323200.1 Answered G6400 R1001 A1002 120",
                "1772406000.7 Voicemail V1003 0",
                "1772409600.8 Busy B1004 0",
                "1772413200.9 Answered A1001 T1002 A1002 7260",
                "1775001600.1 NoAnswer R1001 0",
            ],
            calls.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.CallKey} {c.Outcome} {CallPath.Write(c.Path)} {c.TalkSeconds}")));
    }

    [Fact]
    public async Task Writer_AnyPermutationSplitAndRedelivery_StoresTheSameRows()
    {
        await using var database = await TestDatabase.CreateAsync();
        var legs = UcmFixtures.Place(UcmFixtures.Parse(UcmFixtures.Root([.. Corpus()])), "Etc/UTC")
            .Concat(UcmFixtures.Place(UcmCdrParser.Parse(UcmFixtures.Read("shifted-groups.json"))!)).ToList();
        var expected = await StoredAsync(database, [legs]);
        Assert.NotEmpty(expected);

        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new System.Random(seed);
            var order = legs.Concat(legs.Where(_ => random.Next(4) == 0)).OrderBy(_ => random.Next()).ToList();
            List<List<CdrLeg>> batches = [];
            for (var at = 0; at < order.Count;)
            {
                var size = random.Next(1, 9);
                batches.Add([.. order.Skip(at).Take(size)]);
                at += size;
            }

            return expected.SequenceEqual(Task.Run(() => StoredAsync(database, batches)).GetAwaiter().GetResult());
        }).Holds(runs: 8);
    }

    [Theory]
    [InlineData("/hooks/cdr/demo/secret", "/hooks/cdr/demo/…")]
    [InlineData("/hooks/recording-pause/demo/secret", "/hooks/recording-pause/demo/…")]
    [InlineData("/hooks/cdr/demo", "/hooks/cdr/demo")]
    [InlineData("/demo/calls", "/demo/calls")]
    [InlineData(null, null)]
    public void WithoutSecret_PathOfAPush_LosesWhatFollowsTheTenant(string? path, string? expected) =>
        Assert.Equal(expected, CdrPushEndpoints.WithoutSecret(path));

    private static async Task<List<string>> StoredAsync(TestDatabase database, List<List<CdrLeg>> batches)
    {
        var (tenant, pbx) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var batch in batches)
        {
            await new CallWriter(database.As(tenant), new PostgreSqlCallBulkWriter(), [], NoErasures.Numbers).WriteAsync(pbx, batch);
        }

        await using var db = await database.As(tenant).CreateDbContextAsync();
        var calls = await db.Set<Call>().AsNoTracking().ToDictionaryAsync(call => call.Id);
        var legs = await db.Set<CallLeg>().AsNoTracking().ToListAsync();
        var parts = await db.Set<CallParticipant>().AsNoTracking().ToListAsync();
        return
        [
            .. calls.Values.Select(c => string.Join('|', "call", c.CallKey, c.StartedAtUtc.Ticks, c.EndedAtUtc.Ticks, c.AnsweredAtUtc?.Ticks, c.Direction, c.Outcome, c.FromNumber, c.FromName,
                c.ToNumber, c.AnsweredBy, c.Via, c.Queue, c.Ivr, c.Path, c.Trunk, c.DurationSeconds, c.WaitSeconds, c.TalkSeconds, c.RingSeconds, c.HoldSeconds, c.HungUpBy,
                c.TransferCount, c.LegCount, c.HasRecording, c.FailureReason, c.OutsideE164)).Order(StringComparer.Ordinal),
            .. legs.Select(l => string.Join('|', "leg", calls[l.CallId].CallKey, l.AccountId, l.UniqueId, l.StartLocal.Ticks, l.ContentHash)).Order(StringComparer.Ordinal),
            .. parts.Select(p => string.Join('|', "part", calls[p.CallId].CallKey, p.Extension, p.Part, p.Queue, p.Offers, p.RingSeconds, p.TalkSeconds)).Order(StringComparer.Ordinal),
        ];
    }

    private static List<string> Describe(string json) =>
    [
        .. CallAssembler.Assemble(UcmFixtures.Place(UcmFixtures.Parse(json), "Etc/UTC"))
            .Select(c => (c with { Legs = [] }).ToString() + CallPath.Write(c.Path) + string.Join(';', c.Participants) + string.Join(',', c.Legs.Select(l => l.AccountId + l.UniqueId))),
    ];

    private static string Group(int index, string[] legs)
    {
        var subs = string.Join(',', legs.Select((leg, i) => $"\"sub_cdr_{i + 1}\":{leg}"));
        return $$"""{"cdr":"{{(index % 2 == 0 ? "" : "x")}}","main_cdr":{"AcctId":"","src":"wrong","start":"2026-03-01 00:00:00","duration":"1","session":"wrong"},{{subs}}}""";
    }

    /// <summary>Calls of two months whose counters restart; the epochs are UTC and so is the wall.</summary>
    private static IEnumerable<string> Corpus() =>
    [
        // No answer, then handed on by the group; the group's number in brackets.
        Leg("1", "1772323200.1", "2026-03-01 00:00:00", 20, "1001", "RINGGROUP[6400]", "NO ANSWER", answer: "2026-03-01 00:00:20", end: "2026-03-01 00:00:20", session: "17723232001-555"),
        Leg("2", "1772323200.1", "2026-03-01 00:00:00", 140, "1002", "RINGGROUP[6400]", "ANSWERED", answer: "2026-03-01 00:00:00", end: "2026-03-01 00:02:20", session: "17723232001-555", billsec: 140),

        // Straight to a mailbox, and the application says Dial; the session is text.
        Leg("3", "1772406000.7", "2026-03-01 23:00:00", 12, "1003", "VM", "ANSWERED", answer: "2026-03-01 23:00:00", end: "2026-03-01 23:00:12", session: "anonymous-caller", channel: "", billsec: 12),

        // Busy, without answer and end, and no session.
        Leg("4", "1772409600.8", "2026-03-02 00:00:00", 2, "1004", "DIAL", "BUSY", session: ""),

        // Two hours of talk, then a leg that is written hours later.
        Leg("5", "1772413200.9", "2026-03-02 01:00:00", 7200, "1001", "DIAL", "ANSWERED", answer: "2026-03-02 01:00:00", end: "2026-03-02 03:00:00", session: "17724132001-555", billsec: 7200),
        Leg("6", "1772413200.9", "2026-03-02 03:00:00", 65, "1002", "TRANSFER", "ANSWERED", answer: "2026-03-02 03:00:05", end: "2026-03-02 03:01:05", session: "17724132001-555", billsec: 60),

        // The counter begins again.
        Leg("1", "1775001600.1", "2026-04-01 00:00:00", 15, "1001", "DIAL", "NO ANSWER", answer: "2026-04-01 00:00:15", end: "2026-04-01 00:00:15", session: "17750016001-555"),
    ];

    private static string Leg(
        string account, string id, string start, int duration, string to, string action, string disposition,
        string answer = "", string end = "", string session = "", string? channel = null, int billsec = 0) => $$"""
        {"cdr":"","AcctId":"{{account}}","src":"5550100","dst":"{{to}}","channel":"PJSIP/trunk_1-1","dstchannel":"{{channel ?? "PJSIP/" + to + "-1"}}","lastapp":"Dial","lastdata":"PJSIP/{{to}},60,tT",
         "start":"{{start}}","answer":"{{answer}}","end":"{{end}}","duration":"{{duration}}","billsec":"{{billsec}}","disposition":"{{disposition}}","uniqueid":"{{id}}","userfield":"Inbound",
         "channel_ext":"trunk_1","dstchannel_ext":"{{to}}","dstanswer":"{{(disposition == "ANSWERED" ? to : "")}}","session":"{{session}}","action_type":"{{action}}","src_trunk_name":"ITSP-A","recordfiles":""}
        """;

    private static int Number(JsonElement element, string name) => int.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
