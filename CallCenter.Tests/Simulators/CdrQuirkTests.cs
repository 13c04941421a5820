using System.Globalization;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using CallCenter.Simulators.Ucm.Cdr;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Simulators;

/// <summary>The renderer against the ledger: what the reference measured must hold, whatever is switched on.</summary>
public sealed class CdrQuirkTests
{
    private static readonly CallGeneratorOptions Company = SamplePbx.Dublin(new DateOnly(2026, 10, 23)) with { CallsPerWorkday = 80 };
    private static readonly CallLedger Ledger = Make(new DateTimeOffset(2026, 11, 4, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void AnyQuirks_AfterFlattening_EveryLegOccursOnceAndSumsHold() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var quirks = Random(seed);
        var items = Render(quirks);
        var legs = items.SelectMany(CdrFlattening.Legs).ToList();
        var expected = Ledger.Calls.SelectMany(c => c.Legs).Where(l => quirks.RingGroupHeaderLegs || !l.IsHeader).ToList();

        return legs.Count == expected.Count
            && legs.Select(CdrFlattening.Key).Distinct().Count() == legs.Count
            && legs.Select(Id).ToHashSet().SetEquals(expected.Select(l => (quirks.MonthlyAcctIdRestart ? l.MonthlyAcctId : l.AcctId, l.UniqueId)))
            && (!quirks.MainCdrSums || items.TrueForAll(HasSums));
    }).Holds(40);

    [Fact]
    public void AnyQuirks_LegsLinkedByUniqueIdAndSession_AreTheCallsOfTheLedger() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var quirks = Random(seed) with { RingGroupHeaderLegs = true };
        var calls = Link(Render(quirks).SelectMany(CdrFlattening.Legs));
        var truth = Ledger.Calls.Select(c => string.Join(',', c.Legs.Select(l => quirks.MonthlyAcctIdRestart ? $"{l.UniqueId}/{l.MonthlyAcctId}" : $"{l.UniqueId}/{l.AcctId}").Order()));

        return calls.ToHashSet().SetEquals(truth);
    }).Holds(40);

    [Fact]
    public void AcctId_MonthlyRestart_IsGaplessInsideEveryMonth()
    {
        var perMonth = Legs(new UcmQuirks { MonthlyAcctIdRestart = true })
            .GroupBy(l => l.Text("start")[..7])
            .ToDictionary(g => g.Key, g => g.Select(l => long.Parse(l.Text("AcctId"), CultureInfo.InvariantCulture)).Order().ToList());

        Assert.Equal(["2026-10", "2026-11"], perMonth.Keys.Order());
        Assert.All(perMonth.Values, ids => Assert.Equal(Enumerable.Range(1, ids.Count).Select(i => (long)i), ids));
    }

    [Fact]
    public void Session_UnpaddedMicroseconds_HaveTenDigitsThenAnyNumber()
    {
        var unpadded = Legs(new UcmQuirks()).Select(l => l.Text("session").Split('-')[0].Length).ToHashSet();
        var padded = Legs(new UcmQuirks { UnpaddedMicroseconds = false }).Select(l => l.Text("session").Split('-')[0].Length).ToHashSet();

        Assert.True(unpadded.Count > 1 && unpadded.IsSubsetOf(Enumerable.Range(11, 6)));
        Assert.Equal([16], padded);
    }

    [Fact]
    public void Session_Seconds_AreThoseOfTheUniqueIdButForPickedUpLegs()
    {
        var legs = Legs(new UcmQuirks());

        var differing = legs.Where(l => l.Text("session")[..10] != l.Text("uniqueid")[..10]).ToList();
        var together = Legs(new UcmQuirks { ParkedSessionDiffers = false });

        Assert.NotEmpty(differing);
        Assert.All(differing, l => Assert.Equal("PARKEDCALL", l.Text("action_type")));
        Assert.All(together.Where(l => l.Text("lastapp") == "Park"), l => Assert.Equal(l.Text("uniqueid")[..10], l.Text("session")[..10]));
    }

    [Fact]
    public void Session_TextSuffix_OccursNowAndThen()
    {
        Assert.DoesNotContain(Legs(new UcmQuirks()), l => l.Text("session").EndsWith("-anonymous", StringComparison.Ordinal));
        Assert.Contains(Legs(new UcmQuirks { TextSessionSuffix = true }), l => l.Text("session").EndsWith("-anonymous", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void UnansweredTimes_AsSwitched_AreFilledOrAbsent(bool filled, bool emptyEnd)
    {
        var legs = Legs(new UcmQuirks { NoAnswerFilledAnswer = filled, BusyFailedEmptyEnd = emptyEnd });

        Assert.All(legs.Where(l => l.Text("disposition") == "NO ANSWER"), l =>
        {
            Assert.Equal(filled ? l.Text("end") : "", l.Text("answer"));
            Assert.Equal("0", l.Text("billsec"));
        });
        Assert.All(legs.Where(l => l.Text("disposition") is "BUSY" or "FAILED"), l =>
        {
            Assert.Equal(emptyEnd, l.Text("end").Length == 0);
            Assert.Equal(l.Text("end"), l.Text("answer"));
        });
        Assert.All(legs.Where(l => l.Text("disposition") == "ANSWERED"), l => Assert.NotEmpty(l.Text("answer")));
    }

    [Fact]
    public void AbsentTimes_ZeroDates_AreWrittenOut()
    {
        var busy = Legs(new UcmQuirks { BusyFailedEmptyEnd = true, ZeroDates = true }).First(l => l.Text("disposition") == "BUSY");

        Assert.Equal(("0000-00-00 00:00:00", "0000-00-00 00:00:00"), (busy.Text("answer"), busy.Text("end")));
    }

    [Fact]
    public void Voicemail_ByActionOnly_IsRecognisableWhateverTheApplication()
    {
        var mail = Legs(new UcmQuirks()).Where(l => l.Text("action_type") == "VM").ToList();
        var named = Legs(new UcmQuirks { VoicemailViaDial = false }).Where(l => l.Text("action_type") == "VM").ToList();

        Assert.Contains(mail, l => l.Text("lastapp") == "Dial");
        Assert.DoesNotContain(named, l => l.Text("lastapp") == "Dial");
        Assert.All(mail, l => Assert.Equal(("ANSWERED", "", l.Text("dst")), (l.Text("disposition"), l.Text("dstchannel"), l.Text("dstanswer"))));
    }

    [Fact]
    public void RingGroups_WithHeaders_HaveTwoRowsThenOnePerMemberWithOneWinner()
    {
        var legs = Legs(new UcmQuirks());
        var call = Ledger.Calls.First(c => c.Scenario == nameof(Scenario.RingGroupAnswered));
        var rows = legs.Where(l => l.Text("uniqueid") == call.UniqueId).ToList();

        Assert.Equal((call.Did, "NO ANSWER", "ForkCDR", ""), (rows[0].Text("dst"), rows[0].Text("disposition"), rows[0].Text("lastapp"), rows[0].Text("dstchannel")));
        Assert.Equal((call.Via, "ANSWERED", "0"), (rows[1].Text("dst"), rows[1].Text("disposition"), rows[1].Text("billsec")));
        Assert.Equal(rows.Select(r => long.Parse(r.Text("AcctId"), CultureInfo.InvariantCulture)), Enumerable.Range(0, rows.Count).Select(i => call.Legs[0].AcctId + i));
        var winner = Assert.Single(rows.Skip(2), r => r.Text("disposition") == "ANSWERED");
        Assert.Equal((winner.Text("start"), winner.Text("duration")), (winner.Text("answer"), winner.Text("billsec")));
        Assert.DoesNotContain(Legs(new UcmQuirks { RingGroupHeaderLegs = false }), l => l.Text("lastapp") == "ForkCDR");
    }

    [Fact]
    public void ShiftedGroups_AllCarryTheFirstGroupsSessionAndStart()
    {
        var items = Render(new UcmQuirks { ShiftedGroups = true });

        var mains = items.Select(i => i["main_cdr"]).OfType<JsonObject>().ToList();
        var mixed = items.Count(i => CdrFlattening.Legs(i).Select(l => l.Text("uniqueid")).Distinct().Count() > 1);

        Assert.True(mains.Count > 10);
        Assert.Single(mains.Select(m => (m.Text("session"), m.Text("start"))).Distinct());
        Assert.True(mixed > mains.Count / 2);
    }

    [Fact]
    public void MainCdr_Always_FillsSevenColumnsOnly()
    {
        var main = Render(new UcmQuirks()).Select(i => i["main_cdr"]).OfType<JsonObject>().First();

        Assert.Equal(
            ["action_type", "billsec", "dst", "duration", "session", "src", "start"],
            main.Where(p => p.Value!.GetValue<string>().Length > 0).Select(p => p.Key).Order());
    }

    [Fact]
    public void Neighbours_UnsortedByAMinuteAtMost_OnlyWhenSwitchedOn()
    {
        static List<string> Starts(UcmQuirks quirks) => [.. Render(quirks).Select(i => CdrFlattening.Legs(i).First().Text("start"))];
        static int Inversions(List<string> starts) => starts.Zip(starts.Skip(1)).Count(p => string.CompareOrdinal(p.First, p.Second) > 0);

        // UTC has no hour that comes twice.
        var utc = new UcmQuirks();
        Assert.True(Inversions(Starts(utc)) > Inversions(Starts(utc with { UnsortedNeighbours = false })));
    }

    [Theory]
    [InlineData(UcmFirmware.Ucm62xxOld, 33)]
    [InlineData(UcmFirmware.Ucm63xx, 44)]
    public void Columns_OfTheFirmware_AreComplete(UcmFirmware firmware, int columns)
    {
        var flat = Render(new UcmQuirks { Firmware = firmware }).First(i => i["main_cdr"] is null);

        Assert.Equal(columns, flat.AsObject().Count);
        Assert.All(flat.AsObject(), p => Assert.Equal(System.Text.Json.JsonValueKind.String, p.Value!.GetValueKind()));
    }

    [Fact]
    public void Root_EmptyCdrAndWrapped_AsSwitched()
    {
        var plain = Parse(new UcmQuirks());
        var odd = Parse(new UcmQuirks { EmptyCdrField = true, WrappedReply = true });

        Assert.NotEmpty(plain["cdr_root"]![0]!["cdr"]!.GetValue<string>());
        Assert.Null(plain["status"]);
        Assert.Equal("", odd["response"]!["cdr_root"]![0]!["cdr"]!.GetValue<string>());
        Assert.Equal(0, odd["status"]!.GetValue<int>());
    }

    [Fact]
    public void Trunks_AndUserfield_AgreeOnTheDirection() => Assert.All(Legs(new UcmQuirks()), l => Assert.Equal(
        l.Text("userfield") switch { "Inbound" => (true, false), "Outbound" => (false, true), _ => (false, false) },
        (l.Text("src_trunk_name").Length > 0, l.Text("dst_trunk_name").Length > 0)));

    [Fact]
    public void LocalTimes_AcrossTheClockChange_StepBackAnHour()
    {
        var call = Ledger.Calls.Single(c => c.Scenario == "AcrossClockChange");
        var leg = Legs(new UcmQuirks()).Single(l => l.Text("uniqueid") == call.UniqueId);

        Assert.Equal(("2026-10-25 01:55:00", "2026-10-25 01:09:06"), (leg.Text("start"), leg.Text("end")));
        Assert.Equal("846", leg.Text("duration"));
    }

    [Fact]
    public void Talk_OfTheLedger_FollowsFromTheRenderedLegs() => Assert.All(
        Ledger.Calls.Where(c => c.Outcome == LedgerOutcome.Answered),
        c => Assert.True(c.TalkSeconds >= 0 && c.AnsweredBy.Length > 0 && c.Legs.Any(l => l.IsPerson), c.Scenario));

    [Fact]
    public void Outcomes_WithoutAPerson_HaveNoPersonsLeg() => Assert.All(
        Ledger.Calls.Where(c => c.Outcome != LedgerOutcome.Answered),
        c => Assert.True(c.AnsweredBy.Length == 0 && c.TalkSeconds == 0 && !c.Legs.Any(l => l.IsPerson), c.Scenario));

    private static CallLedger Make(DateTimeOffset now)
    {
        var ledger = new CallLedger(Company.Zone);
        new CallSchedule(new CallGenerator(Company), ledger).AdvanceTo(now);
        return ledger;
    }

    private static UcmQuirks Random(int seed)
    {
        bool Bit(int index) => (seed * 2654435761L >> (index + 3) & 1) == 1;
        return new UcmQuirks
        {
            Firmware = Bit(0) ? UcmFirmware.Ucm62xxOld : UcmFirmware.Ucm63xx,
            MonthlyAcctIdRestart = Bit(1),
            UnpaddedMicroseconds = Bit(2),
            TextSessionSuffix = Bit(3),
            NoAnswerFilledAnswer = Bit(4),
            BusyFailedEmptyEnd = Bit(5),
            ZeroDates = Bit(6),
            VoicemailViaDial = Bit(7),
            MainCdrSums = Bit(8),
            ShiftedGroups = Bit(9),
            RingGroupHeaderLegs = Bit(10),
            ParkedSessionDiffers = Bit(11),
            UnsortedNeighbours = Bit(12),
            EmptyCdrField = Bit(13),
            WrappedReply = Bit(14),
        };
    }

    private static JsonNode Parse(UcmQuirks quirks)
    {
        var columns = new CdrColumns(quirks, Company.Zone);
        var items = CdrItems.Of(new CdrBook(Ledger).Entries(quirks), columns, quirks);
        return JsonNode.Parse(new CdrRenderer(quirks, columns, _ => true).Json(items))!;
    }

    private static List<JsonNode> Render(UcmQuirks quirks) => [.. CdrFlattening.Root(Parse(quirks)).Select(i => i!)];

    private static List<JsonObject> Legs(UcmQuirks quirks) => [.. Render(quirks).SelectMany(CdrFlattening.Legs)];

    private static (long, string) Id(JsonObject leg) => (long.Parse(leg.Text("AcctId"), CultureInfo.InvariantCulture), leg.Text("uniqueid"));

    private static bool HasSums(JsonNode item) => item["main_cdr"] is not JsonObject main
        || (main.Text("duration") == Sum(item, "duration") && main.Text("billsec") == Sum(item, "billsec"));

    private static string Sum(JsonNode item, string column) => CdrFlattening.Legs(item)
        .Sum(l => int.Parse(l.Text(column), CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);

    // Connected components over unique id and session, each as the sorted ids of its legs.
    private static IEnumerable<string> Link(IEnumerable<JsonObject> legs)
    {
        Dictionary<string, List<JsonObject>> groups = [];
        foreach (var leg in legs)
        {
            var one = groups.GetValueOrDefault("u" + leg.Text("uniqueid"));
            var other = groups.GetValueOrDefault("s" + leg.Text("session"));
            List<JsonObject> merged = [.. one ?? [], .. ReferenceEquals(one, other) ? [] : other ?? [], leg];
            foreach (var member in merged)
            {
                groups["u" + member.Text("uniqueid")] = merged;
                groups["s" + member.Text("session")] = merged;
            }
        }

        return groups.Values.Distinct().Select(g => string.Join(',', g.Select(l => $"{l.Text("uniqueid")}/{l.Text("AcctId")}").Order()));
    }
}
