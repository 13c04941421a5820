using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Core.Extensions;
using CallCenter.Infrastructure.Telephony.Ucm.Accounts;
using CallCenter.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenter.Tests.Telephony.Ucm.Accounts;

public sealed class UcmAccountReaderTests
{
    // What firmware puts where text is expected, and worse.
    private static Gen<JsonNode?> Values => Gen.Elements(
        "1001", "\"1001\"", "\"Ana\"", "\"\"", "null", "true", "-1", "1e400", "[]", "{}", "[{\"extension\":\"1001\"}]", "{\"extension\":1001}", "\"(\"", "\"),(\"",
        "\"192.0.2.10:5060 (GXP1625)\"", "\"-\"", "\"yes\"", "\"internal-local\"", "\"\\u0000\"", "\"********\"", "\"ا\"").Select(json => JsonNode.Parse(json));

    private static Gen<JsonObject> Objects =>
        from names in Gen.Elements(
            "extension", "sip_account", "EXTENSION", "fullname", "status", "addr", "secret", "vmsecret", "permission", "ring_timeout", "cfu", "dnd", "user_name",
            "user_id", "account", "total_item", "total_page", "email").ListOf()
        from values in Values.ListOf(names.Count)
        select new JsonObject(names.Zip(values).DistinctBy(p => p.First).Select(p => new KeyValuePair<string, JsonNode?>(p.First, p.Second?.DeepClone())));

    [Theory]
    [InlineData("192.0.2.10:5060 (GXP1625)", "192.0.2.10:5060", "GXP1625")]
    [InlineData("192.0.2.10:5060", "192.0.2.10:5060", "")]
    [InlineData("-", "", "")]
    [InlineData("", "", "")]
    [InlineData("[2001:db8::1]:5060 (Yealink SIP-T46U 108.86.0.20)", "[2001:db8::1]:5060", "Yealink SIP-T46U 108.86.0.20")]
    [InlineData("192.0.2.10:5060 (A, B),192.0.2.11:5060 (C)", "192.0.2.10:5060", "A, B")]
    [InlineData("192.0.2.10:5060,192.0.2.11:5060 (C)", "192.0.2.10:5060", "")]
    [InlineData("192.0.2.10:5060 (unclosed", "192.0.2.10:5060", "unclosed")]
    public void Contact_AsFirmwareWritesIt_GivesAddressAndModel(string text, string address, string model) =>
        Assert.Equal((address, model), UcmAccountReader.Contact(text));

    [Theory]
    [InlineData("Idle", true, LineStatus.Idle)]
    [InlineData("Unavailable", false, LineStatus.Offline)]
    [InlineData("InUse", true, LineStatus.InUse)]
    [InlineData("in use", true, LineStatus.InUse)]
    [InlineData("Busy", true, LineStatus.Busy)]
    [InlineData("Ringing", true, LineStatus.Ringing)]
    [InlineData("", false, LineStatus.Offline)]
    [InlineData("Something", true, LineStatus.Idle)]
    public void Status_AnySpelling_IsRead(string word, bool hasAddress, LineStatus expected) =>
        Assert.Equal(expected, UcmAccountReader.Status(word, hasAddress));

    [Theory]
    [InlineData("""{"extension":{"extension":"1001","fullname":"Ana"}}""", "Ana")]
    [InlineData("""{"sip_account":[{"extension":1001,"fullname":"Ana"}]}""", "Ana")]
    [InlineData("""{"extension":"1001","fullname":"Ana"}""", "Ana")]
    [InlineData("""{"extension":{"fullname":"Ana"}}""", "Ana")]
    [InlineData("""{"extension":{}}""", null)]
    [InlineData("""{"sip_account":[]}""", null)]
    [InlineData("""{"extension":null}""", null)]
    [InlineData("""{"extension":{"extension":"1002","fullname":"Ben"}}""", "?")]
    [InlineData("""{"something":1}""", "?")]
    [InlineData("[]", "?")]
    public void Account_EveryShape_IsFoundMissingOrNotUnderstood(string json, string? name)
    {
        var account = UcmAccountReader.Account(JsonDocument.Parse(json).RootElement, "1001");

        Assert.Equal(name, account is not { } found ? null : found.ValueKind == JsonValueKind.Undefined ? "?" : found.GetProperty("fullname").GetString());
    }

    [Fact]
    public void EveryReader_AnyJson_AnswersWithinItsBounds() => Prop.ForAll(Objects.ToArbitrary(), json =>
    {
        var element = JsonSerializer.SerializeToElement(json);
        var line = UcmAccountReader.Line(element);
        var account = UcmAccountReader.Account(element, "1001");
        var read = UcmExtensionFields.Read("1001", element, UcmAccountReader.User(element));
        _ = UcmListPage.Read(element, "account");

        return ((line is null || (line.Number.All(char.IsAsciiDigit) && line.Model.Length <= ExtensionPresence.TextMaxLength))
                && account is null or { ValueKind: JsonValueKind.Object or JsonValueKind.Undefined }
                && read.Profile.Differences(read.ProfileOver(read.Profile)).Count == 0
                && read.Secret?.Reveal() is not ""
                && read.Profile.RingTimeoutSeconds is null or (>= 3 and <= 600))
            .Label(json.ToJsonString());
    }).Holds();

    [Fact]
    public void Fields_WrittenAndReadBack_AreTheSame() => Prop.ForAll(Profiles.ToArbitrary(), profile =>
    {
        var sent = UcmExtensionFields.ForAdd("1001", profile, PhoneSecrets.NewSecret(), PhoneSecrets.NewVoicemailPin("1001"), PhoneSecrets.NewSecret());
        var all = UcmExtensionFields.ForSip(profile, ExtensionFields.All);
        var account = new JsonObject([.. sent.Concat(all).DistinctBy(f => f.Key).Select(f => KeyValuePair.Create(f.Key, f.Value == "\0" ? null : (JsonNode?)f.Value))]);
        account["email"] = profile.Email;
        var read = UcmExtensionFields.Read("1001", JsonSerializer.SerializeToElement(account), null);

        return (read.Profile == profile && read.Unread.Count == 0 && read.Secret!.Reveal() == sent["secret"]).Label($"{profile} {account}");
    }).Holds();

    [Fact]
    public void ForSip_NamedFields_AreTheOnlyOnes() =>
        Assert.All(ExtensionFields.All, field =>
        {
            var sip = UcmExtensionFields.ForSip(new ExtensionProfile { Name = "Ana Demo" }, [field]);
            var user = UcmExtensionFields.ForUser(new ExtensionProfile { Name = "Ana Demo" }, [field]);
            Assert.Equal((field.Name is "Name" or "Email" ? 0 : 1, field.Name == "Name" ? 2 : field.Name == "Email" ? 1 : 0), (sip.Count, user.Count));
        });

    private static Gen<ExtensionProfile> Profiles =>
        from name in Gen.Elements("Ana", "Ana Demo", "أمل التجريبية", "Luis de la Demo")
        from email in Gen.Elements("", "ana@example.test")
        from flags in Gen.Choose(0, 31)
        from permission in Gen.Elements(Enum.GetValues<ExtensionPermission>())
        from recording in Gen.Elements(Enum.GetValues<ExtensionRecording>())
        from seconds in Gen.Elements<int?>(null, 3, 30, 600)
        from target in Gen.Elements("", "1002", "*43", "+35320910001")
        select new ExtensionProfile
        {
            Name = name,
            Email = email,
            WebPhone = (flags & 1) != 0,
            Voicemail = (flags & 2) != 0,
            DoNotDisturb = (flags & 4) != 0,
            Enabled = (flags & 8) != 0,
            CallerId = (flags & 16) != 0 ? "5550100" : "",
            Permission = permission,
            Recording = recording,
            RingTimeoutSeconds = seconds,
            ForwardAlways = target,
            ForwardNoAnswer = target,
        };
}
