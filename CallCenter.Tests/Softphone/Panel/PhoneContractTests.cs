using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallCenter.Core.Softphone;
using CallCenter.Tests.Architecture;
using CallCenter.Web.Features.Softphone.Panel;

namespace CallCenter.Tests.Softphone.Panel;

/// <summary>What .NET reads has the names that <c>contract.ts</c> writes.</summary>
public sealed partial class PhoneContractTests
{
    private static readonly string Contract = File.ReadAllText(Path.Combine(Sources.Root, "CallCenter.Web", "Features", "Softphone", "contract.ts"));

    [Theory]
    [InlineData("PhoneSnapshot", typeof(PhoneSnapshot))]
    [InlineData("LineSnapshot", typeof(LineSnapshot))]
    [InlineData("CallSnapshot", typeof(CallSnapshot))]
    [InlineData("TransferSnapshot", typeof(TransferSnapshot))]
    [InlineData("Quality", typeof(QualitySnapshot))]
    [InlineData("QualitySummary", typeof(QualitySummary))]
    [InlineData("EndedCall", typeof(EndedCall))]
    [InlineData("Device", typeof(AudioDevice))]
    [InlineData("DevicesSnapshot", typeof(DevicesSnapshot))]
    public void Shape_SameMembers(string name, Type type)
    {
        var body = Regex.Match(Contract, $@"export interface {name} \{{(.*?)\n\}}", RegexOptions.Singleline).Groups[1].Value;

        var theirs = Member().Matches(body).Select(match => match.Groups[1].Value).ToHashSet();
        var ours = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).ToHashSet();

        Assert.NotEmpty(theirs);
        Assert.Equal(theirs.Order(), ours.Order());
    }

    [Theory]
    [InlineData("LineState", typeof(LineState))]
    [InlineData("MediaState", typeof(MediaState))]
    [InlineData("EndCause", typeof(EndCause))]
    [InlineData("EndedBy", typeof(PhoneEndedBy))]
    [InlineData("Permission", typeof(Permission))]
    [InlineData("Ringtone", typeof(PhoneRingtone))]
    public void Words_SameInBothLanguages(string name, Type type) =>
        Assert.Equal(WordsOf($"export type {name} ="), Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.Serialize(value, type).Trim('"')).Order());

    [Fact]
    public void Words_OfTransfers_Same()
    {
        Assert.Equal(WordsOf("readonly kind:"), Enum.GetValues<TransferKind>().Select(value => JsonSerializer.Serialize(value).Trim('"')).Order());
        Assert.Equal(WordsOf("readonly state: 'requested'"), Enum.GetValues<TransferState>().Select(value => JsonSerializer.Serialize(value).Trim('"')).Order());
    }

    [Fact]
    public void Words_OfCallStates_AreThoseOfThePageAndLost() =>
        Assert.Equal(
            WordsOf("export type CallState =").Append("lost").Order(),
            Enum.GetValues<PhoneCallState>().Select(value => JsonSerializer.Serialize(value).Trim('"')).Order());

    [Fact]
    public void Errors_Same() => Assert.Equal(WordsOf("export type ErrorCode ="), PhoneCodes.Errors.Order());

    [Fact]
    public void Snapshot_AsThePageWritesIt_IsRead()
    {
        const string json = """
            {"epoch":"e","rev":3,"tab":"t","leader":true,"dnd":false,
             "line":{"state":"authFailed","cause":"line.credentials","sipCode":403,"rttMs":1.5,"retryAt":1763755200123,"others":2},
             "calls":[{"id":"c","sipCallId":null,"direction":"in","state":"earlyMedia","number":"+353201234","name":null,"headers":{"X-Token":"1"},"localHold":false,
               "remoteHold":true,"muted":false,"media":"silent","offerInFlight":false,"auto":false,
               "transfer":{"kind":"attended","target":"1002","state":"ringing","sipCode":180,"error":null},
               "quality":{"mos":4.3,"lossPct":0,"jitterMs":null,"rttMs":null},"startedAt":1763755200123,"answeredAt":null,"endedAt":null,"endedBy":null,"sipCode":null,"cause":null}],
             "devices":{"permission":"prompt","notifications":"denied","audible":false,"microphones":[{"id":"m","label":"Mic"}],"speakers":[],"microphone":null,"speaker":null,"ringer":null,"level":0.25},
             "ended":[{"id":"o","sipCallId":"s","direction":"out","number":"1002","name":"N","startedAt":1,"answeredAt":2,"endedAt":3,"endedBy":"system","sipCode":486,"cause":"answeredElsewhere",
               "quality":{"mosAvg":4,"mosMin":3,"lossPctAvg":0.5,"jitterMsAvg":2,"rttMsAvg":null,"samples":9}}],
             "lastEnd":{"id":"l","sipCallId":null,"direction":"in","number":"1003","name":null,"startedAt":1,"answeredAt":null,"endedAt":3,"endedBy":"remote","sipCode":480,"cause":"unavailable","quality":null}}
            """;

        var phone = JsonSerializer.Deserialize<PhoneSnapshot>(json, JsonSerializerOptions.Web)!;

        Assert.Equal((LineState.AuthFailed, "line.credentials", 403, 2), (phone.Line.State, phone.Line.Cause, phone.Line.SipCode, phone.Line.Others));
        Assert.Equal((PhoneCallState.EarlyMedia, MediaState.Silent, TransferState.Ringing), (phone.Calls[0].State, phone.Calls[0].Media, phone.Calls[0].Transfer!.State));
        Assert.Equal((EndCause.AnsweredElsewhere, PhoneEndedBy.System), (phone.Ended[0].Cause, phone.Ended[0].EndedBy));
        Assert.Equal(("l", EndCause.Unavailable), (phone.LastEnd!.Id, phone.LastEnd.Cause));
        Assert.Equal((Permission.Prompt, 0.25), (phone.Devices.Permission, phone.Devices.Level));
    }

    private static IEnumerable<string> WordsOf(string start)
    {
        var at = Contract.IndexOf(start, StringComparison.Ordinal);
        Assert.True(at >= 0, $"contract.ts has no {start}");
        return Word().Matches(Contract[at..Contract.IndexOf(';', at)]).Select(match => match.Groups[1].Value).Order();
    }

    [GeneratedRegex(@"^\s*readonly (\w+)\??:", RegexOptions.Multiline)]
    private static partial Regex Member();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Word();
}
