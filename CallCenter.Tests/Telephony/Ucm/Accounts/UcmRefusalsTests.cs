using CallCenter.Core.Extensions;
using CallCenter.Infrastructure.Telephony.Ucm.Accounts;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Telephony.Ucm.Accounts;

/// <summary>The table of likely causes: what a person should look at first.</summary>
public sealed class UcmRefusalsTests
{
    private const string Add = "addSIPAccountAndUser";
    private const string Update = "updateSIPAccount";

    public static TheoryData<string, string, int, string> Table => new()
    {
        { "nothing known", Add, -25, "no_write_permission number_out_of_range extension_limit value_out_of_range" },
        { "weak", Add, -25, "weak_secret no_write_permission number_out_of_range extension_limit" },
        { "weak written", Add, -25, "weak_secret extension_limit number_out_of_range value_out_of_range" },
        { "no email hosted", Add, -25, "missing_field no_write_permission number_out_of_range extension_limit" },
        { "no email", Add, -25, "no_write_permission missing_field number_out_of_range extension_limit" },
        { "denied", Add, -25, "no_write_permission number_out_of_range extension_limit value_out_of_range" },
        { "written", Add, -25, "extension_limit number_out_of_range value_out_of_range weak_secret" },
        { "written other length", Add, -25, "number_out_of_range extension_limit value_out_of_range weak_secret" },
        { "written between", Add, -25, "extension_limit value_out_of_range weak_secret duplicate" },
        { "bracket name", Add, -25, "no_write_permission sensitive_characters number_out_of_range extension_limit" },
        { "arabic name", Add, -25, "no_write_permission number_out_of_range extension_limit value_out_of_range" },
        { "nothing known", Add, -24, "no_write_permission number_out_of_range extension_limit value_out_of_range" },
        { "nothing known", Add, -1, "missing_field" },
        { "nothing known", Add, -15, "value_out_of_range number_out_of_range weak_secret missing_field" },
        { "nothing known", Add, -50, "sensitive_characters" },
        { "nothing known", Add, -47, "no_write_permission" },
        { "nothing known", Add, -44, "duplicate" },
        { "timeout field", Update, -25, "value_out_of_range no_write_permission" },
        { "timeout field written", Update, -25, "value_out_of_range" },
        { "secret field written", Update, -25, "weak_secret value_out_of_range" },
        { "number only", "deleteUser", -25, "no_write_permission" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Explain_WhatIsKnown_OrdersTheCauses(string story, string action, int status, string expected) =>
        Assert.Equal(expected.Split(' '), UcmRefusals.Explain(Refusal(story, action, status)));

    [Fact]
    public void Explain_AnyFieldsAndStatus_NamesAtMostFourKnownCausesOnce() => Prop.ForAll(
        Gen.Choose(-100, -1).ToArbitrary(),
        Gen.Elements("extension", "secret", "fullname", "ring_timeout", "email", "cfu").ListOf().Zip(
            Gen.Elements("", "1001", "Ab3-", "\0", "<x>", "ا").ListOf()).ToArbitrary(),
        (status, pairs) =>
        {
            var sent = pairs.Item1.Zip(pairs.Item2).GroupBy(p => p.First).ToDictionary(g => g.Key, g => g.First().Second);
            var hints = UcmRefusals.Explain(new UcmRefusal(status, Add, sent));

            return (hints.Count <= 4 && hints.Distinct().Count() == hints.Count && hints.All(ExtensionHints.All.Contains))
                .Label($"{status} {string.Join(' ', sent)}: {string.Join(' ', hints)}");
        }).Holds();

    private static UcmRefusal Refusal(string story, string action, int status)
    {
        var sent = action == Update || action == "deleteUser" ? new Dictionary<string, string> { ["extension"] = "1050" } : new Dictionary<string, string>
        {
            ["extension"] = "1050",
            ["fullname"] = story.Contains("bracket", StringComparison.Ordinal) ? "Luis [Demo]" : story.Contains("arabic", StringComparison.Ordinal) ? "مُحَمَّد" : "Luis Demo",
            ["email"] = story.Contains("no email", StringComparison.Ordinal) ? "" : "luis@example.test",
            ["secret"] = story.Contains("weak", StringComparison.Ordinal) ? "abcdefgh" : "Abcdef3-ghjkMNP9",
            ["user_password"] = "Abcdef3-ghjkMNP9",
            ["permission"] = "internal",
        };
        if (story.Contains("timeout field", StringComparison.Ordinal))
        {
            sent["ring_timeout"] = "30";
        }

        if (story.Contains("secret field", StringComparison.Ordinal))
        {
            sent["secret"] = "abcdefgh";
        }

        return new UcmRefusal(status, action, sent)
        {
            HasWritten = story.Contains("written", StringComparison.Ordinal),
            DeniedElsewhere = story.Contains("denied", StringComparison.Ordinal),
            Hosted = story.Contains("hosted", StringComparison.Ordinal),
            Known = story.Contains("other length", StringComparison.Ordinal) ? ["100", "101"]
                : story.Contains("between", StringComparison.Ordinal) ? ["1001", "1099"]
                : [],
        };
    }
}
