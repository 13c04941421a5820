using System.Text.Json;
using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Tests.Telephony.Ucm;

/// <summary>Hand-composed answers of <c>cdrapi</c>, and rows without a PBX around them.</summary>
internal static class UcmFixtures
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static JsonElement Read(string name)
    {
        using var stream = typeof(UcmFixtures).Assembly.GetManifestResourceStream(name)!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    public static UcmCdrBatch Parse(string json) => UcmCdrParser.Parse(JsonDocument.Parse(json).RootElement)!;

    public static IReadOnlyList<CdrLeg> Place(UcmCdrBatch batch, string? zone = null, TimeSpan? systemOffset = null)
    {
        var offsets = new UcmOffsets(zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone), systemOffset, Now);
        offsets.Learn(batch.Rows);
        return UcmLegPlacer.Place(batch.Rows, offsets);
    }

    public static IReadOnlyList<AssembledCall> Calls(string fixture, string? zone = null) =>
        CallAssembler.Assemble(Place(UcmCdrParser.Parse(Read(fixture))!, zone));

    /// <summary>A flat leg; only what a test says differs from an answered internal call of 70 s.</summary>
    public static string Leg(
        string uniqueId, string start, int duration = 70, string? end = null, string? answer = null, string more = "", int? billsec = null) => $$"""
        {"cdr":"","AcctId":"{{Math.Abs(HashCode.Combine(uniqueId, start)) + 1}}","src":"1001","dst":"1002","dstchannel":"PJSIP/1002-1","lastapp":"Dial",
         "start":"{{start}}","answer":"{{answer}}","end":"{{end}}","duration":"{{duration}}","billsec":"{{billsec ?? duration}}","disposition":"ANSWERED",
         "uniqueid":"{{uniqueId}}","userfield":"Internal","dstanswer":"1002","session":"","action_type":"DIAL"{{more}}}
        """;

    public static string Root(params string[] items) => "{\"cdr_root\":[" + string.Join(',', items) + "]}";
}
