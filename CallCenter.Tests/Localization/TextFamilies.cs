using System.Reflection;
using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Devices;
using CallCenter.Core.Doctor;
using CallCenter.Core.Erasure;
using CallCenter.Core.Exports;
using CallCenter.Core.Extensions;
using CallCenter.Core.Figures;
using CallCenter.Core.Groups;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Reports;
using CallCenter.Core.Schedules;
using CallCenter.Core.Settings;
using CallCenter.Core.Softphone;
using CallCenter.Core.Telephony;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Reports;
using CallCenter.Web.Features.Calls;
using CallCenter.Web.Features.Settings;
using CallCenter.Web.Features.Softphone.Panel;
using CallCenter.Web.Layout;
using CallCenter.Web.Localization;

namespace CallCenter.Tests.Localization;

/// <summary>Keys that are made at run time from what Core knows.</summary>
/// <param name="Marker">Whose texts.</param>
/// <param name="Prefix">What the keys begin with, as the sources write it; empty when a method gives the whole key.</param>
/// <param name="Required">Keys that must exist.</param>
/// <param name="Optional">Keys that may exist.</param>
internal sealed record TextFamily(string Marker, string Prefix, IReadOnlyList<string> Required, IReadOnlyList<string>? Optional = null);

/// <summary>The families. A page that makes keys at run time adds its family here, enumerated from Core's own types.</summary>
internal static class TextFamilies
{
    public static IReadOnlyList<TextFamily> All { get; } =
    [
        new("CommonText", "Nav.", [.. NavItems.Keys]),
        new("CommonText", "Role.", Names<TenantRole>("Role.")),
        new("PhonePanelText", "Line.", Names<LineState>("Line.")),
        new("PhonePanelText", "LineHelp.", Names<LineState>("LineHelp.")),
        new("PhonePanelText", "State.", [.. Names<PhoneCallState>("State.").Where(key => key != "State.Lost")]),
        new("PhonePanelText", "End.", Names<EndCause>("End.")),
        new("PhonePanelText", "EndHelp.", [.. Enum.GetValues<EndCause>().Except(PhoneWords.Settled).Select(cause => $"EndHelp.{cause}")]),
        new("PhonePanelText", "Sip.", [.. PhoneWords.SipCodes.Select(code => $"Sip.{code}")]),
        new("PhonePanelText", "SipHelp.", [.. PhoneWords.SipCodes.Select(code => $"SipHelp.{code}")]),
        new("PhonePanelText", "NoKey.", ["NoKey.noRinging", "NoKey.noCall", "NoKey.notNow", "NoKey.noPortal"]),
        new("PhonePanelText", "Failure.", [.. PhoneCodes.Errors.Select(code => $"Failure.{code}")]),
        new("PhonePanelText", "Advice.", [.. PhoneCodes.Errors.Select(code => $"Advice.{code}")]),
        new("PhonePanelText", "Transfer.", Names<TransferState>("Transfer.")),
        new("PhonePanelText", "CheckState.", Names<PhoneCheckState>("CheckState.")),
        new("PhonePanelText", "CheckStep.", Names<PhoneCheckStep>("CheckStep.")),
        new("PhonePanelText", "CheckAdvice.", Names<PhoneCheckStep>("CheckAdvice.")),
        new("CommonText", "Language.", [.. Languages.All.Select(language => $"Language.{language.Name}")]),
        new("CommonText", "Connection.", Names<ConnectionState>("Connection.")),
        new("UsersText", "RoleHelp.", Names<TenantRole>("RoleHelp.")),
        new("AuditText", "Break.", Names<AuditBreakKind>("Break.")),
        new("AuditText", "Subject.", [.. Constants(typeof(AuditSubjects)).Select(type => $"Subject.{type}")]),
        new("AuditText", "Action.", [.. AuditActionCodes().Select(action => $"Action.{action}")]),
        new("AuditText", "Field.", [.. AuditFieldNames().Select(field => $"Field.{field}")]),
        new("CallsText", "", CallKeys()),
        new("CallsText", "Range.", Names<CallRange>("Range.")),
        new("CallsText", "Column.", Names<CallColumn>("Column.")),
        new("CallsText", "Chip.", [.. CallFilterText.Names.Select(name => $"Chip.{name}")]),
        new("CallsText", "Part.", [.. Names<CallPart>("Part.").Where(key => key != "Part.None")]),
        new("CallsText", "Set.", Names<CallSet>("Set.")),
        new("CallsText", "Step.", Names<CallStepKind>("Step.")),
        new("CallsText", "End.", [.. Names<CallEnd>("End.").Where(key => key != "End.Unknown")]),
        new("RecordingsText", "", [.. Names<RecordingState>("State."), .. Names<RecordingState>("StateHelp.")]),
        new("DevicesText", "", ["Advice.Credentials", "Advice.Signature", "Advice.Throttled", "Advice.Permission", "Advice.Address", "Advice.Other", "Yes", "No", "NotSaid", "Registered.Yes", "Registered.No", "Registered.Unknown"]),
        new("DevicesText", "Status.", Names<GdmsDeviceStatus>("Status.")),
        new("DevicesText", "Line.", Names<LineStatus>("Line.")),
        new("DevicesText", "Kind.", Names<DeviceTaskKind>("Kind.")),
        new("DevicesText", "Mark.", Names<DeviceTaskKind>("Mark.")),
        new("DevicesText", "State.", Names<DeviceTaskState>("State.")),
        new("DevicesText", "Item.", Names<DeviceItemState>("Item.")),
        new("ExtensionsText", "Field.", [.. ExtensionFields.All.Select(field => $"Field.{field.Name}")]),
        new("ExtensionsText", "FieldHelp.", [.. ExtensionFields.All.Select(field => $"FieldHelp.{field.Name}")]),
        new("ExtensionsText", "Hint.", [.. ExtensionHints.All.SelectMany(hint => new[] { $"Hint.{hint}.title", $"Hint.{hint}.help" })]),
        new("ExtensionsText", "Permission.", Names<ExtensionPermission>("Permission.")),
        new("ExtensionsText", "Recording.", Names<ExtensionRecording>("Recording.")),
        new("ExtensionsText", "State.", Names<ExtensionState>("State.")),
        new("ExtensionsText", "Line.", Names<LineStatus>("Line.")),
        new("ExtensionsText", "Origin.", Names<ExtensionOrigin>("Origin.")),
        new("ExtensionsText", "Sort.", Names<ExtensionSort>("Sort.")),
        new("ExtensionsText", "Run.", Names<ExtensionRunKind>("Run.")),
        new("ExtensionsText", "Step.", ["Step.Queued", "Step.Sent", "Step.Written"]),
        new("ExtensionBulkText", "Kind.", Names<ExtensionRunKind>("Kind.")),
        new("ExtensionBulkText", "Start.", Names<ExtensionRunKind>("Start.")),
        new("ExtensionBulkText", "Act.Title.", [.. Names<ExtensionRunKind>("Act.Title.").Where(key => key != "Act.Title.Create")]),
        new("ExtensionBulkText", "Effect.", ["Effect.Rotate", "Effect.Delete", "Effect.Adopt"]),
        new("WorkText", "", ["Yes", "No", "Dispositions.Active", "Dispositions.Retired"]),
        new("WorkText", "Part.", Names<WorklistPart>("Part.")),
        new("WorkText", "Reason.", Names<DismissReason>("Reason.")),
        new("WorkText", "State.", Names<WorklistState>("State.")),
        new("ClientsText", "Import.Field.", [.. Enum.GetNames<ClientColumn>().Where(name => name != nameof(ClientColumn.None)).Select(name => $"Import.Field.{name}")]),
        new("ClientsText", "Import.Rule.", Names<KnownClientRule>("Import.Rule.")),
        new("ClientsText", "Import.Act.", Names<ClientImportAct>("Import.Act.")),
        new("ExportsText", "Format.", Names<ExportFormat>("Format.")),
        new("ExportsText", "FormatHelp.", Names<ExportFormat>("FormatHelp.")),
        new("ExportsText", "State.", Names<ExportState>("State.")),
        new("ExportsText", "Kind.", Names<ExportKind>("Kind.")),
        new("ExportsText", "Column.", [.. CallExportColumns.All.Select(column => $"Column.{column.Key}"), "Column.Name", "Column.Period", "Column.Total", .. ReportColumns().Select(key => $"Column.{key}")]),
        new("ExportsText", "", ExportWordKeys()),
        new("FiguresText", "Metric.", Names<FigureMetric>("Metric.")),
        new("FiguresText", "Formula.", [.. FigureMetrics.Formulas.Select(formula => $"Formula.{formula}")]),
        new("FiguresText", "Term.", Names<FigureTerm>("Term.")),
        new("FiguresText", "SlRule.", Names<ServiceLevelRule>("SlRule.")),
        new("GroupsText", "Kind.", Names<PbxGroupKind>("Kind.")),

        new("PhoneCallsText", "Direction.", Names<PhoneDirection>("Direction.")),
        new("PhoneCallsText", "", [.. Names<PhoneCallState>("State."), "State.Never"]),
        new("PhoneCallsText", "Quality.", ["Quality.Good", "Quality.Fair", "Quality.Poor"]),
        new("SchedulesText", "State.", Names<ScheduleState>("State.")),
        new("SchedulesText", "Run.", Names<ScheduleRunState>("Run.")),
        new("SchedulesText", "Range.", [.. ReportSchedule.Ranges.Select(range => $"Range.{range}")]),
        new("SchedulesText", "Rhythm.", Names<ScheduleRhythm>("Rhythm.")),
        new("SchedulesText", "Format.", ["Format.Csv", "Format.Xlsx"]),
        new("SchedulesText", "", ["RecipientsHelp", "RecipientsNoMail"]),
        new("SettingsText", "MailState.", Names<MailState>("MailState.")),
        new("RetentionText", "State.", Names<RetentionRunState>("State.")),
        new("ErasureText", "State.", Names<ErasureState>("State.")),
        new("ErasureText", "Step.", Names<ErasureStep>("Step.")),
        new("ErasureText", "Kind.", [.. ErasureKinds.All.Select(kind => $"Kind.{kind}")]),
        new("ExportsText", "Report.", [.. ReportCatalogue.All.Select(report => $"Report.{report.Key}")]),
        new("ReportsText", "Help.", [.. ReportCatalogue.All.Select(report => $"Help.{report.Key}")]),
        new("ReportsText", "Range.", Names<CallRange>("Range.")),
        new("ReportsText", "Step.", [.. Names<FigureStep>("Step.").Where(key => key != "Step.Quarter")]),
        new("ReportsText", "Compare.", [.. Names<ReportCompare>("Compare.").Where(key => key != "Compare.None")]),
        new("ReportsText", "Rule.", Names<ServiceLevelRule>("Rule.")),
        new("ReportsText", "Formula.", [.. Formulas.Select(column => $"Formula.{column}")]),
        new("CountryText", "", [], [.. ResourceFiles.Of("CountryText").English.Keys]),
        new("ErrorText", "", [.. ErrorCodes()]),
        new("SettingsText", "", [.. FieldTexts.Keys, "Secret.Stored", "Secret.None", "Secret.Typed"]),
        new("DoctorText", "", ["GroupPbx", "GroupGdms", "GroupMedia"]),
        new("DoctorText", "state.", Names<DoctorState>("state.")),
        new("DoctorText", "step.", [.. Constants(typeof(DoctorSteps)).Select(step => $"step.{step}")]),
        new(
            "DoctorText",
            "diagnosis.",
            [.. Diagnoses().SelectMany(code => new[] { $"diagnosis.{code}.title", $"diagnosis.{code}.explain" })],
            [.. Diagnoses().Select(code => $"diagnosis.{code}.remedy")]),
    ];

    private static string[] Formulas =>
    [
        "Offered", "AnsweredCalls", "Abandoned", "ShortAbandoned", "AbandonRate", "ServiceLevel", "SpeedOfAnswer", "AbandonTime", "HandleTime", "TransferRate", "AnswerRate", "Load", "Agents",
        "Scheduled", "ExpectedLevel", "Occupancy", "ExpectedWait",
    ];

    /// <summary>Every error that the projects can answer, of every feature.</summary>
    public static IEnumerable<string> ErrorCodes() => Assemblies()
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.ContainsGenericParameters)
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => field.FieldType == typeof(Error))
        .Select(field => ((Error)field.GetValue(null)!).Code)
        .Distinct()
        .Order(StringComparer.Ordinal);

    private static Assembly[] Assemblies() => [typeof(Error).Assembly, typeof(Infrastructure.InfrastructureServiceCollectionExtensions).Assembly, typeof(Web.App).Assembly];

    private static string[] Names<TEnum>(string prefix)
        where TEnum : struct, Enum => [.. Enum.GetNames<TEnum>().Select(name => prefix + name)];

    private static IEnumerable<string> Constants(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string))
        .Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<string> Diagnoses() => Constants(typeof(DiagnosisCodes));

    /// <summary>Constants of the classes that list audit actions, by the name of their class.</summary>
    private static IEnumerable<string> AuditActionCodes() => Assemblies()
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsAbstract: true, IsSealed: true, DeclaringType: null }
            && (type.Name.EndsWith("AuditActions", StringComparison.Ordinal) || type.Name.EndsWith("Audit", StringComparison.Ordinal)))
        .SelectMany(Constants)
        .Where(code => System.Text.RegularExpressions.Regex.IsMatch(code, @"^[a-z]+\.[a-z_]+$"))
        .Distinct();

    /// <summary>Fields that are written to the audit log: what stands in the initializers of <see cref="AuditValues"/>.</summary>
    private static IEnumerable<string> AuditFieldNames() => Architecture.Sources.Shipped()
        .Where(file => file.Path.StartsWith("CallCenter.Infrastructure/", StringComparison.Ordinal) || file.Path.StartsWith("CallCenter.Core/", StringComparison.Ordinal))
        .Where(file => file.Text.Contains("AuditValues", StringComparison.Ordinal))
        .SelectMany(file => System.Text.RegularExpressions.Regex.Matches(file.Text, @"\[""([a-z][A-Za-z]*)""\]\s*=(?!=)"))
        .Select(match => match.Groups[1].Value)
        .Distinct();

    /// <summary>Words of files, read by <see cref="IExportWords"/> and not by a localizer.</summary>
    private static string[] ExportWordKeys() =>
    [
        "Mail.TestSubject", "Mail.TestText", "Mail.Lead", "Mail.Link", "Mail.NoLink", "Mail.Foot", "Mail.FootTooLarge",
        "Yes", "Print.Cut", "About.Title", "About.What", "About.Tenant", "About.Selection", "About.Everything", "About.Zone", "About.Made", "About.By",
        .. Names<CallDirection>("Value.direction."), .. Names<CallOutcome>("Value.outcome."), .. Names<DayOfWeek>("Value.weekday."),
        .. Enum.GetNames<CallPart>().Where(name => name != nameof(CallPart.None)).Select(name => $"Value.part.{name}"),
        .. Names<CallSet>("Value.set."), "Value.recorded.yes", "Value.recorded.no", "Value.noted.yes", "Value.noted.no",
        "Value.none", .. Names<ReportCompare>("Value.compare.").Where(key => !key.EndsWith(".None", StringComparison.Ordinal)), .. Names<FigureStep>("Value.step.").Where(key => !key.EndsWith(".Quarter", StringComparison.Ordinal)),
        .. Names<ServiceLevelRule>("Value.rule."), .. ReportAskText.Names.Except(CallFilterText.Names).Select(name => $"Filter.{name}"),
        .. Names<CallStepKind>("Step."), .. CallFilterText.Names.Select(name => $"Filter.{name}"),
    ];

    private static IEnumerable<string> ReportColumns() =>
        new[] { ReportFigures.OfGroups, ReportFigures.OfKinds, ReportFigures.OfServiceLevel, ReportFigures.OfAbandoned, ReportFigures.OfHours, ReportFigures.OfAgents, Staffing.Columns, RecordingReport.Columns, QualityReport.Columns }
            .SelectMany(columns => columns).Select(column => column.Key).Distinct();

    private static string[] CallKeys() =>
    [
        .. from method in typeof(CallTexts).GetMethods(BindingFlags.Static | BindingFlags.Public)
           where method.Name == nameof(CallTexts.KeyOf)
           from object value in Enum.GetValues(method.GetParameters()[0].ParameterType)
           select (string)method.Invoke(null, [value])!,
    ];
}
