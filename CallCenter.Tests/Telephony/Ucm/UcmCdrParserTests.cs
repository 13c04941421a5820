using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm;
using CallCenter.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenter.Tests.Telephony.Ucm;

public sealed class UcmCdrParserTests
{
    private const string Row = """{"uniqueid":"1700000000.1","start":"2023-11-14 22:13:20","dst":"1002"}""";

    [Theory]
    [InlineData("1700000000.1", "170000000048211-5550100", "1700000000.1")]
    [InlineData("", "170000000048211-5550100", "170000000048211")]
    [InlineData("", "170000000048211", "170000000048211")]
    [InlineData("", "anonymous", "anonymous")]
    [InlineData("", "", "7@2023-11-14 22:13:20")]
    public void UniqueId_Missing_IsTheSessionWithoutTheCallersNumber(string given, string session, string expected) => Assert.Equal(
        expected, UcmFixtures.Parse($$"""[{"AcctId":"7","uniqueid":"{{given}}","session":"{{session}}","start":"2023-11-14 22:13:20"}]""").Rows.Single().UniqueId);

    [Fact]
    public void UniqueId_MissingAndTheSessionANumberInWords_IsAFingerprintThatStaysTheSame()
    {
        const string Leg = """[{"session":"call-5550100","start":"2023-11-14 22:13:20"}]""";

        var id = UcmFixtures.Parse(Leg).Rows.Single().UniqueId;

        Assert.DoesNotContain("5550100", id, StringComparison.Ordinal);
        Assert.Equal(id, UcmFixtures.Parse(Leg).Rows.Single().UniqueId);
    }

    [Theory]
    [InlineData("""{"cdr_root":[ROW]}""", 1)]
    [InlineData("""{"response":{"cdr_root":[ROW]},"status":0}""", 1)]
    [InlineData("""{"response":{"cdr_root":[ROW]},"status":"0"}""", 1)]
    [InlineData("""{"CDR_ROOT":[ROW]}""", 1)]
    [InlineData("""[ROW]""", 1)]
    [InlineData("""{"response":[ROW],"status":0}""", 1)]
    [InlineData("""{"cdr_root":ROW}""", 1)]
    [InlineData("""{"cdr_root":[]}""", 0)]
    [InlineData("""{"cdr_root":null}""", 0)]
    [InlineData("""{"cdr_root":{}}""", 0)]
    [InlineData("""{"response":{},"status":0}""", 0)]
    [InlineData("""{"cdr_root":[{"cdr":"x","main_cdr":{"start":"2023-11-14 22:13:20"},"sub_cdr_1":ROW,"sub_cdr_2":ROW}]}""", 2)]
    [InlineData("""{"cdr_root":[{"cdr":"x","sub_cdr":[ROW,ROW,ROW]}]}""", 3)]
    public void Parse_AnyEnvelope_FindsTheRows(string json, int rows) =>
        Assert.Equal(rows, UcmFixtures.Parse(json.Replace("ROW", Row, StringComparison.Ordinal)).Rows.Count);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"hello":1}""")]
    public void Parse_NoPlaceForRows_IsNoAnswer(string json) =>
        Assert.Null(UcmCdrParser.Parse(JsonDocument.Parse(json).RootElement));

    [Fact]
    public void Parse_TwelveSubLegsInAnyOrderWithGaps_AreOrderedByNumber()
    {
        int[] numbers = [10, 2, 31, 1, 12, 7, 8, 9, 3, 4, 5, 6];
        var group = new JsonObject { ["cdr"] = "" };
        foreach (var number in numbers)
        {
            group[$"sub_cdr_{number}"] = new JsonObject { ["uniqueid"] = "1700000000.1", ["start"] = "2023-11-14 22:13:20", ["dst"] = number };
        }

        var batch = UcmFixtures.Parse(new JsonObject { ["cdr_root"] = new JsonArray(group) }.ToJsonString());

        Assert.Equal(numbers.Order().Select(n => $"{n}"), batch.Rows.Select(r => r.Destination));
        Assert.Equal(1, batch.RootItems);
    }

    [Fact]
    public void Parse_NumbersNullsAndMissingColumns_AreUnderstood()
    {
        var row = UcmFixtures.Parse(
            """{"cdr_root":[{"AcctId":71047,"uniqueid":"1700000000.1","start":"2023-11-14 22:13:20","duration":70.0,"billsec":null,"disposition":null,"src":1001,"recordfiles":["a.wav","b.wav"]}]}""")
            .Rows.Single();

        Assert.Equal(("71047", 70, "1001"), (row.AccountId, row.DurationSeconds, row.Source));
        Assert.Null(row.BillableSeconds);
        Assert.Equal(LegDisposition.NoAnswer, row.Disposition);
        Assert.Equal(["a.wav", "b.wav"], row.RecordingFiles);
        Assert.Equal(CallDirection.Internal, row.Direction);
    }

    [Theory]
    [InlineData("NO ANSWER", LegDisposition.NoAnswer)]
    [InlineData("NOANSWER", LegDisposition.NoAnswer)]
    [InlineData("no_answer", LegDisposition.NoAnswer)]
    [InlineData("Answered", LegDisposition.Answered)]
    [InlineData(" ANSWERED ", LegDisposition.Answered)]
    [InlineData("busy", LegDisposition.Busy)]
    [InlineData("CONGESTION", LegDisposition.Failed)]
    [InlineData("Failed", LegDisposition.Failed)]
    [InlineData("SOMETHING NEW", LegDisposition.NoAnswer)]
    public void Disposition_AnySpelling_IsUnderstood(string word, LegDisposition expected) =>
        Assert.Equal(expected, UcmWords.Disposition(word, 0));

    [Fact]
    public void Disposition_UnknownButBilled_IsAnswered() => Assert.Equal(LegDisposition.Answered, UcmWords.Disposition("SOMETHING NEW", 4));

    [Theory]
    [InlineData("DIAL", LegAction.Dial, "")]
    [InlineData("VM", LegAction.Voicemail, "")]
    [InlineData("VoiceMail", LegAction.Voicemail, "")]
    [InlineData("QUEUE[6500]", LegAction.Queue, "6500")]
    [InlineData("queue [ 6500 ]", LegAction.Queue, "6500")]
    [InlineData("RING GROUP[6400]", LegAction.RingGroup, "6400")]
    [InlineData("IVR(7000)", LegAction.Ivr, "7000")]
    [InlineData("ATTENDED_TRANSFER", LegAction.Transfer, "")]
    [InlineData("PARKEDCALL", LegAction.Parked, "")]
    [InlineData("FOLLOWME", LegAction.FollowMe, "")]
    [InlineData("WAKEUP", LegAction.Other, "WAKEUP")]
    public void Action_AnySpelling_IsUnderstood(string word, LegAction action, string target) =>
        Assert.Equal((action, target), UcmWords.Action(word, "", ""));

    [Theory]
    [InlineData("2023-11-14 22:13:20", null, "2023-11-14T22:13:20", null)]
    [InlineData("2023-11-14T22:13:20.250", null, "2023-11-14T22:13:20", null)]
    [InlineData("2023/11/14 22:13", null, "2023-11-14T22:13:00", null)]
    [InlineData("14-11-2023 22:13:20", null, "2023-11-14T22:13:20", null)]
    [InlineData("11/14/2023 10:13:20 PM", null, "2023-11-14T22:13:20", null)]
    [InlineData("02-03-2023 10:00:00", 1677751200L, "2023-03-02T10:00:00", null)]
    [InlineData("02-03-2023 10:00:00", 1675418400L, "2023-02-03T10:00:00", null)]
    [InlineData("2023-11-14T22:13:20-04:00", null, "2023-11-14T22:13:20", "2023-11-15T02:13:20")]
    [InlineData("2023-11-14T22:13:20Z", null, "2023-11-14T22:13:20", "2023-11-14T22:13:20")]
    [InlineData("1700000000", null, null, "2023-11-14T22:13:20")]
    [InlineData("0000-00-00 00:00:00", null, null, null)]
    [InlineData("1970-01-01 00:00:00", null, null, null)]
    [InlineData("2023-02-30 10:00:00", null, null, null)]
    [InlineData("yesterday", null, null, null)]
    [InlineData("", null, null, null)]
    public void WallTime_AnyForm_IsRead(string text, long? hint, string? local, string? utc)
    {
        var (readLocal, readUtc) = UcmWallTime.Read(text, hint);

        Assert.Equal(local, readLocal?.ToString("s"));
        Assert.Equal(utc, readUtc?.ToString("s"));
    }

    [Theory]
    [InlineData("1700000000.16", 1700000000L)]
    [InlineData("ucm-1700000000.16", 1700000000L)]
    [InlineData("11700000000.16", null)]
    [InlineData("0000000012.16", null)]
    [InlineData("16", null)]
    [InlineData("", null)]
    public void EpochOfUniqueId_AnyForm_IsReadOrRefused(string id, long? expected) =>
        Assert.Equal(expected, UcmCdrRowReader.EpochOfUniqueId(id));

    [Fact]
    public void Parse_NoCounters_LegsOfOneGroupStayApart()
    {
        var batch = UcmFixtures.Parse(
            """
            {"cdr_root":[{"sub_cdr_1":{"uniqueid":"1700000000.1","start":"2023-11-14 22:13:20","dst":"1001"},
                          "sub_cdr_2":{"uniqueid":"1700000000.1","start":"2023-11-14 22:13:20","dst":"1002","AcctId":"0"}}]}
            """);

        Assert.Equal(2, batch.Rows.Select(r => r.AccountId).Distinct().Count());
        Assert.Equal(batch.Rows.Select(r => r.AccountId), UcmFixtures.Parse(
            """{"cdr_root":[{"uniqueid":"1700000000.1","start":"2023-11-14 22:13:20","dst":"1001","billsec":"5"},{"uniqueid":"1700000000.1","start":"2023-11-14 22:13:20","dst":"1002"}]}""")
            .Rows.Select(r => r.AccountId));
    }

    [Fact]
    public void Parse_OneCounterForAllLegsOfACall_LegsStayApartAndRepetitionsDoNot()
    {
        const string Leg = """{"AcctId":"7","uniqueid":"1700000000.1","start":"2023-11-14 22:13:20","dst":"DST","billsec":"BILL"}""";
        string Of(string dst, string billed) => Leg.Replace("DST", dst, StringComparison.Ordinal).Replace("BILL", billed, StringComparison.Ordinal);

        var apart = UcmFixtures.Parse(UcmFixtures.Root(Of("1001", "0"), Of("1002", "5")));
        var again = UcmFixtures.Parse(UcmFixtures.Root(Of("1001", "0"), Of("1001", "5")));

        Assert.Equal(2, apart.Rows.Select(r => r.AccountId).Distinct().Count());
        Assert.Equal(["7", "7"], again.Rows.Select(r => r.AccountId));
    }

    [Fact]
    public void Parse_HalfASurrogateAndNul_CostNothing()
    {
        var batch = UcmFixtures.Parse("{\"cdr_root\":[{\"uniqueid\":\"1700000000.1\",\"start\":\"2023-11-14 22:13:20\",\"caller_name\":\"\\ud800\",\"\\ud800\":1,\"src\":\"10\\u000001\"}]}");

        Assert.Equal("1001", batch.Rows.Single().Source);
    }

    [Fact]
    public void Parse_TenMegabytes_IsFine()
    {
        var item = UcmFixtures.Read("shifted-groups.json").GetProperty("cdr_root")[0].GetRawText();
        var json = Encoding.UTF8.GetBytes("{\"cdr_root\":[" + string.Join(',', Enumerable.Repeat(item, 12_000_000 / item.Length)) + "]}");
        Assert.True(json.Length > 10_000_000);

        var batch = UcmCdrParser.Parse(UcmBody.TryParse(json)!.Value);

        Assert.Empty(batch!.Skipped);
        Assert.True(batch.Rows.Count > 5000);
    }

    [Fact]
    public void Parse_AnyJsonBetweenValidRows_NeverThrowsAndKeepsThem() => Prop.ForAll(Garbage().ToArbitrary(), garbage =>
    {
        var root = new JsonArray();
        foreach (var (index, node) in garbage.Index())
        {
            root.Add(node?.DeepClone());
            root.Add(new JsonObject { ["uniqueid"] = $"1700000000.{index}", ["start"] = "2023-11-14 22:13:20", ["dst"] = "valid" });
        }

        var batch = UcmFixtures.Parse(new JsonObject { ["cdr_root"] = root }.ToJsonString());
        var legs = UcmFixtures.Place(batch, "Europe/Dublin");

        return batch.Rows.Count(r => r.Destination == "valid" && r.UniqueId.StartsWith("1700000000.", StringComparison.Ordinal)) >= garbage.Count
            && batch.RootItems == 2 * garbage.Count
            && legs.All(l => l.DurationSeconds >= 0 && l.BillableSeconds >= 0 && l.EndUtc >= l.StartUtc && l.StartUtc.Kind == DateTimeKind.Utc);
    }).Holds(300);

    [Fact]
    public void TryParse_AnyBytes_NeverThrows() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        _ = UcmBody.TryParse(bytes);
        return true;
    }).Holds(500);

    [Theory]
    [InlineData("\uFEFF{\"status\":0}")]
    [InlineData("  {\"status\":0}\0\0\n")]
    [InlineData("{\"status\":0}<!-- served by -->")]
    [InlineData("{\"status\":0,}")]
    [InlineData("{\"status\":0,\"a\":\"tab\there\"}")]
    public void TryParse_SlightlyBroken_IsRead(string text) =>
        Assert.Equal(0, UcmBody.TryParse(Encoding.UTF8.GetBytes(text))!.Value.GetProperty("status").GetInt32());

    [Fact]
    public void TryParse_Latin1_IsRead() =>
        Assert.Equal("Réception", UcmBody.TryParse(Encoding.Latin1.GetBytes("{\"a\":\"Réception\"}"))!.Value.GetProperty("a").GetString());

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("\"text\"")]
    [InlineData("{\"status\":")]
    [InlineData("42")]
    public void TryParse_NoWholeObject_IsNothing(string text) => Assert.Null(UcmBody.TryParse(Encoding.UTF8.GetBytes(text)));

    // Objects that look like legs or groups but hold anything.
    private static Gen<List<JsonNode?>> Garbage()
    {
        string[] names =
        [
            "cdr", "main_cdr", "sub_cdr_1", "sub_cdr_2", "sub_cdr_x", "sub_cdr", "AcctId", "uniqueid", "start", "answer", "end", "duration", "billsec",
            "disposition", "action_type", "session", "recordfiles", "userfield", "dstchannel", "lastdata", "clid",
        ];
        string?[] texts =
        [
            null, "", "0", "-5", "1e400", "NaN", "99999999999999999999", "2023-11-14 22:13:20", "2023-13-45 99:99:99", "9999-12-31 23:59:59", "0001-01-01 00:00:00",
            "1700000000.1", "1700000000482113-1001", "QUEUE[", "]", "@@@", "\u0000", "ANSWERED", "٢٠٢٣-١١-١٤ ٢٢:١٣:٢٠", "9999999999", "253402300800.1",
        ];
        var scalar = Gen.OneOf(
            Gen.Elements(texts).Select(t => t is null ? null : (JsonNode?)JsonValue.Create(t)),
            ArbMap.Default.GeneratorFor<string>().Select(t => t is null ? null : (JsonNode?)JsonValue.Create(new string([.. t.Where(c => !char.IsSurrogate(c))]))),
            ArbMap.Default.GeneratorFor<int>().Select(n => (JsonNode?)JsonValue.Create(n)));
        Gen<JsonNode?> Node(int depth) => depth == 0
            ? scalar
            : Gen.OneOf(
                scalar,
                Gen.Choose(0, 3).SelectMany(n => Node(depth - 1).ListOf(n)).Select(l => (JsonNode?)new JsonArray([.. l.Select(x => x?.DeepClone())])),
                Gen.Choose(0, 8).SelectMany(n => Gen.Elements(names).Zip(Node(depth - 1)).ListOf(n)).Select(l =>
                {
                    var item = new JsonObject();
                    foreach (var (name, value) in l)
                    {
                        item[name] = value?.DeepClone();
                    }

                    return (JsonNode?)item;
                }));
        return Gen.Choose(1, 8).SelectMany(n => Node(3).ListOf(n)).Select(l => l.ToList());
    }
}
