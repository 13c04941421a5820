using System.Text;
using CallCenter.Core.Extensions;
using CallCenter.Core.Files;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Extensions;

public sealed class ExtensionCsvTests
{
    private static readonly ExtensionProfile Defaults = new() { Permission = ExtensionPermission.Local, RingTimeoutSeconds = 20 };

    [Fact]
    public void Read_EnglishAndArabicHeadings_MeanTheSame()
    {
        var english = Drafts("Ext. No;Full Name;E-mail;WebRTC;Permission level;Ring-Timeout;Voicemail;Record;DND\n1001;Maha;maha@example.com;no;International;30;yes;all;off");
        var arabic = Drafts("رقم التحويلة;الإسم;البريد الالكتروني;هاتف الويب;الصلاحيّة;مدة الرنين;البريد الصوتي;التسجيل;عدم الازعاج\n١٠٠١;Maha;maha@example.com;لا;دولي;٣٠;نعم;الكل;لا");

        Assert.Equal(english[0].Profile, arabic[0].Profile);
        Assert.Equal(("1001", "1001"), (english[0].Number, arabic[0].Number));
        Assert.Empty(english[0].Errors.Concat(arabic[0].Errors));
        Assert.Equal(
            new ExtensionProfile
            {
                Name = "Maha",
                Email = "maha@example.com",
                WebPhone = false,
                Permission = ExtensionPermission.International,
                RingTimeoutSeconds = 30,
                Voicemail = true,
                Recording = ExtensionRecording.All,
            },
            english[0].Profile);
    }

    [Fact]
    public void Read_EmptyValues_TakeTheDefaults()
    {
        var draft = Drafts("name,permission,ring timeout\nMaha,,")[0];

        Assert.Equal(Defaults with { Name = "Maha" }, draft.Profile);
        Assert.Equal(("", ""), (draft.Number, draft.User));
    }

    [Fact]
    public void Read_TemplateHeadings_AreAllKnown()
    {
        foreach (var arabic in new[] { false, true })
        {
            Assert.Equal(ExtensionCsvColumns.All, ExtensionCsvColumns.All.Select(column => ExtensionCsvColumns.Find(ExtensionCsvColumns.Heading(column, arabic))));
        }
    }

    [Fact]
    public void Read_UnknownAndDoubleColumns_AreReported()
    {
        var file = Read("Name,Shoe size,Name,Number\nMaha,44,Nora,1001").Value;

        Assert.Equal(["Shoe size", "Name"], file.UnknownColumns);
        Assert.Equal(("Maha", "1001"), (file.Drafts[0].Profile.Name, file.Drafts[0].Number));
    }

    [Theory]
    [InlineData("1001,maybe,,", "csv.value WebPhone")]
    [InlineData("1001,,often,", "csv.value RingTimeoutSeconds")]
    [InlineData("1001,,2,", "extensions.ring_timeout_range RingTimeoutSeconds")]
    [InlineData("1,,,", "extensions.number_format Number")]
    [InlineData("12a4,,,", "extensions.number_format Number")]
    [InlineData("1001,,,nobody(at)example", "extensions.email_format Email")]
    [InlineData("1001,,,,extra", "csv.extra_values ")]
    public void Read_BadLine_IsRefusedWithItsReason(string values, string reason)
    {
        var draft = Drafts("Number,Web phone,Ring timeout,Email,Name\n" + (values.EndsWith("extra", StringComparison.Ordinal) ? values.Replace("extra", "Maha,extra", StringComparison.Ordinal) : values + ",Maha"))[0];

        Assert.Equal([reason], draft.Errors.Select(error => $"{error.Code} {error.Field}"));
    }

    [Fact]
    public void Read_SeveralFaults_AreAllNamed()
    {
        var draft = Drafts("Number,Name,Voicemail\nabc,\"<script>\",perhaps")[0];

        Assert.Equal([CsvErrors.Value.Code, ExtensionErrors.NumberFormat.Code, ExtensionErrors.NameFormat.Code], draft.Errors.Select(error => error.Code));
    }

    [Fact]
    public void Read_NoNameColumn_SaysHow() => Assert.Equal(ExtensionBulkErrors.NoHeader, Read("1001,Maha\n1002,Nora").Error);

    [Fact]
    public void Read_HeaderOnly_IsEmpty() => Assert.Equal(CsvErrors.Empty, Read("Number,Name\n\n").Error);

    [Fact]
    public void Read_TooManyLines_IsRefusedWhole()
    {
        var lines = string.Join('\n', Enumerable.Range(0, ExtensionRun.MaxItems + 1).Select(i => $"Agent {i}"));

        Assert.Equal(CsvErrors.TooManyLines, Read("Name\n" + lines).Error);
    }

    [Fact]
    public void Read_AnyFile_EveryLineIsGoodOrRefused()
    {
        string[] pieces = ["1001", "٢٠٠٢", "Maha", ",", ",", "\"", "\n", "\n", "yes", "x;y", "<", "", "  ", "nora@example.com", "\r\n"];
        var files = Gen.Elements(pieces).ArrayOf().Select(parts => "Number,Name,Web phone,Email\n" + string.Concat(parts));

        Prop.ForAll(files.ToArbitrary(), text =>
        {
            var records = CsvText.Read(text, 5_000);
            var file = Read(text);
            return !records.Succeeded || records.Value.Records.Count == 1
                ? file.Error is not null
                : file.Value.Drafts.Select(draft => (draft.Line, draft.Raw)).SequenceEqual(records.Value.Records.Skip(1).Select(record => (record.Line, record.Raw)))
                    && file.Value.Drafts.All(draft => draft.Errors.Count > 0 || (draft.Profile.Name.Length > 0 && new ExtensionProfileValidator().Validate(draft.Profile).IsValid));
        }).Holds(2_000, largest: 60);
    }

    private static Core.Primitives.Result<ExtensionCsvFile> Read(string text) => ExtensionCsv.Read(Encoding.UTF8.GetBytes(text), Defaults);

    private static IReadOnlyList<ExtensionDraft> Drafts(string text) => Read(text).Value.Drafts;
}
