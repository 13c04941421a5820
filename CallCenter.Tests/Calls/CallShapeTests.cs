using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Calls.Import;
using CallCenter.Infrastructure.Telephony.Ucm;
using CallCenter.Tests.Support;
using CallCenter.Tests.Telephony.Ucm;

namespace CallCenter.Tests.Calls;

/// <summary>
/// Every shape a call can have, in the words of each firmware: the files of <c>Telephony/Ucm/Corpus</c> hold the PBX's answers and the calls that
/// are in them. <c>ucm62xx</c> groups rightly and leaves times out; <c>ucm63xx</c> has its columns, and its groups are one leg late.
/// </summary>
public sealed class CallShapeTests
{
    private const string Prefix = "corpus/";

    // A plus stays a plus, as people write it into the files.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Firmware = ["ucm62xx", "ucm63xx"];

    // The lines of issue and reference; a shape that only one firmware has would be a gap.
    private static readonly string[] Shapes =
    [
        "clock-changes", "forwarded", "ivr-abandoned", "ivr-queue-answered", "late-legs", "missing-end-times", "monthly-restart", "outbound-failed", "parked",
        "queue-abandoned", "queue-answered", "ring-group-answered", "ring-group-unanswered", "sessions", "single-answered", "single-unanswered",
        "transfer-attended", "transfer-blind", "voicemail-after-busy", "voicemail-after-no-answer", "voicemail-other-applications",
    ];

    private static readonly string[] OfAsterisk =
        ["clock-changes", "queue-abandoned", "queue-answered", "single-answered", "transfer-blind", "unanswered-busy-failed", "voicemail"];

    public static TheoryData<string> MasterFiles => [.. OfAsterisk];

    public static TheoryData<string> Files => [.. from firmware in Firmware from shape in Shapes select $"{firmware}/{shape}"];

    [Fact]
    public void Corpus_EveryFile_IsRead() => Assert.Equal(
        (from firmware in Firmware from shape in Shapes select $"{Prefix}{firmware}/{shape}").Concat(OfAsterisk.Select(shape => $"{Prefix}asterisk/{shape}")).Order(StringComparer.Ordinal),
        typeof(CallShapeTests).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void Shape_AsWritten_GivesItsCalls(string file)
    {
        var content = UcmFixtures.Read(Prefix + file);

        var calls = CallAssembler.Assemble(Place(Rows(content)));

        Assert.Equal(content.GetProperty("calls").EnumerateArray().Select(call => call.ToString()), calls.Select(Describe));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Shape_BackwardsRepeatedAndGroupedOtherwise_GivesTheSameCalls(string file)
    {
        var content = UcmFixtures.Read(Prefix + file);
        var expected = CallAssembler.Assemble(Place(Rows(content))).Select(Describe).ToList();
        var legs = content.GetProperty("answers").EnumerateArray().SelectMany(answer => answer.GetProperty("cdr_root").EnumerateArray()).SelectMany(LegsOf).Select(leg => leg.GetRawText()).ToList();
        string[] late = [legs[0], .. legs.Skip(1).Chunk(2).Select(Group)];

        Assert.Equal(expected, Calls(UcmFixtures.Root([.. legs.AsEnumerable().Reverse(), .. legs])));
        Assert.Equal(expected, Calls(UcmFixtures.Root([.. legs.Chunk(2).Select(Group)])));
        Assert.Equal(expected, Calls(UcmFixtures.Root(late)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Shape_SumsOfLegs_EqualMainCdrWhereGroupsAreRight(string file)
    {
        foreach (var group in UcmFixtures.Read(Prefix + file).GetProperty("answers").EnumerateArray()
            .SelectMany(answer => answer.GetProperty("cdr_root").EnumerateArray()).Where(item => item.TryGetProperty("main_cdr", out _)))
        {
            var batch = UcmFixtures.Parse(UcmFixtures.Root(group.GetRawText()));
            var main = group.GetProperty("main_cdr");
            Assert.Equal((Number(main, "duration"), Number(main, "billsec")), (batch.Rows.Sum(row => row.DurationSeconds ?? 0), batch.Rows.Sum(row => row.BillableSeconds ?? 0)));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Shape_AsACsvExport_GivesTheSameCalls(string file)
    {
        var content = UcmFixtures.Read(Prefix + file);
        var legs = content.GetProperty("answers").EnumerateArray().SelectMany(answer => answer.GetProperty("cdr_root").EnumerateArray()).SelectMany(LegsOf).ToList();
        string[] columns = [.. legs[0].EnumerateObject().Select(property => property.Name).Where(name => name != "cdr")];

        var rows = await ReadAsync([string.Join(',', columns), .. legs.Select(leg => string.Join(',', columns.Select(column => Quoted(leg.GetProperty(column).GetString()!))))]);

        Assert.Equal(CallAssembler.Assemble(Place(Rows(content))).Select(Describe), CallAssembler.Assemble(Place(rows)).Select(Describe));
    }

    [Theory]
    [MemberData(nameof(MasterFiles))]
    public async Task Master_AsWritten_GivesItsCalls(string shape)
    {
        var content = UcmFixtures.Read($"{Prefix}asterisk/{shape}");
        var placing = new CallFilePlacing(TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"), new ManualClock(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)));

        var rows = await ReadAsync([.. content.GetProperty("lines").EnumerateArray().Select(line => line.GetString()!)]);

        Assert.Equal(content.GetProperty("calls").EnumerateArray().Select(call => call.ToString()), CallAssembler.Assemble(placing.Place(rows)).Select(Describe));
    }

    private static async Task<List<UcmCdrRow>> ReadAsync(string[] lines)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));
        using var reader = (await CallFileReader.OpenAsync(file, CancellationToken.None)).Value;
        List<UcmCdrRow> rows = [];
        while (await reader.NextAsync(CancellationToken.None) is { } line)
        {
            Assert.Null(line.Refusal);
            rows.Add(line.Row!);
        }

        return rows;
    }

    private static string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static List<UcmCdrRow> Rows(JsonElement content) => [.. content.GetProperty("answers").EnumerateArray().SelectMany(answer => UcmCdrParser.Parse(answer)!.Rows)];

    // No zone is given: what the rows themselves say of the PBX's clock has to do.
    private static IReadOnlyList<CdrLeg> Place(IReadOnlyList<UcmCdrRow> rows)
    {
        var offsets = new UcmOffsets(null, null, UcmFixtures.Now);
        offsets.Learn(rows);
        return UcmLegPlacer.Place(rows, offsets);
    }

    private static IEnumerable<string> Calls(string answer) => CallAssembler.Assemble(Place(UcmFixtures.Parse(answer).Rows)).Select(Describe);

    private static IEnumerable<JsonElement> LegsOf(JsonElement item) => item.TryGetProperty("main_cdr", out _)
        ? item.EnumerateObject().Where(property => property.Name.StartsWith("sub_cdr", StringComparison.Ordinal)).Select(property => property.Value)
        : [item];

    private static string Group(string[] legs) =>
        $$"""{"cdr":"","main_cdr":{"AcctId":"","src":"wrong","start":"2026-03-01 00:00:00","duration":"1","session":"wrong"},{{string.Join(',', legs.Select((leg, i) => $"\"sub_cdr_{i + 1}\":{leg}"))}}}""";

    private static int Number(JsonElement element, string name) => int.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    /// <summary>A call as the files write it.</summary>
    private static string Describe(AssembledCall call) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["start"] = call.StartedAtUtc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["direction"] = call.Direction.ToString(),
        ["outcome"] = call.Outcome.ToString(),
        ["from"] = call.FromNumber,
        ["to"] = call.ToNumber,
        ["answeredBy"] = call.AnsweredBy,
        ["path"] = CallPath.Write(call.Path),
        ["queue"] = call.Queue,
        ["via"] = call.Via,
        ["ivr"] = call.Ivr,
        ["trunk"] = call.Trunk,
        ["wait"] = call.WaitSeconds,
        ["ring"] = call.RingSeconds,
        ["talk"] = call.TalkSeconds,
        ["hold"] = call.HoldSeconds,
        ["transfers"] = call.TransferCount,
        ["hungUpBy"] = call.HungUpBy.ToString(),
        ["reason"] = call.FailureReason,
        ["recordings"] = call.Legs.Sum(leg => leg.RecordingFiles.Count),
        ["legs"] = call.Legs.Count,
    }, Plain);
}
