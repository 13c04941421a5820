using System.Globalization;
using CallCenter.Core.Files;
using CallCenter.Core.Primitives;

namespace CallCenter.Core.Extensions;

/// <summary>A line of a file as it is understood, before anybody looked at what exists.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Raw">As it stands in the file.</param>
/// <param name="Number">The number; empty for the next free one.</param>
/// <param name="User">User name or e-mail address; empty for nobody.</param>
/// <param name="Profile">Settings.</param>
/// <param name="Errors">Why it is refused; empty when good so far.</param>
public sealed record ExtensionDraft(int Line, string Raw, string Number, string User, ExtensionProfile Profile, IReadOnlyList<Error> Errors);

/// <summary>A file as it is understood.</summary>
/// <param name="Header">Its first line as it stands, to be put above lines that are given back.</param>
/// <param name="Drafts">Every other line with content.</param>
/// <param name="UnknownColumns">Headings that mean nothing here, or mean a column for the second time.</param>
public sealed record ExtensionCsvFile(string Header, IReadOnlyList<ExtensionDraft> Drafts, IReadOnlyList<string> UnknownColumns);

/// <summary>Reads extensions from CSV. Pure: what is taken, and by whom, is found out afterwards.</summary>
public static class ExtensionCsv
{
    private static readonly ExtensionProfileValidator Rules = new();

    /// <summary>Reads the file. The first line names the columns; a name column must be among them.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="defaults">Settings that it does not name, or leaves empty.</param>
    /// <returns>The lines, or an error of <see cref="CsvErrors"/>, or <see cref="ExtensionBulkErrors.NoHeader"/>.</returns>
    public static Result<ExtensionCsvFile> Read(ReadOnlySpan<byte> bytes, ExtensionProfile defaults)
    {
        var read = CsvText.Read(bytes, ExtensionRun.MaxItems + 1);
        if (read.Error is { } error)
        {
            return error;
        }

        var header = read.Value.Records[0];
        var columns = new List<string?>();
        var unknown = new List<string>();
        foreach (var heading in header.Fields)
        {
            var column = ExtensionCsvColumns.Find(heading) is { } found && !columns.Contains(found) ? found : null;
            columns.Add(column);
            if (column is null && heading.Length > 0)
            {
                unknown.Add(heading);
            }
        }

        if (header.Fault is not null || !columns.Contains(nameof(ExtensionProfile.Name)))
        {
            return ExtensionBulkErrors.NoHeader;
        }

        return read.Value.Records.Count == 1
            ? CsvErrors.Empty
            : new ExtensionCsvFile(header.Raw, [.. read.Value.Records.Skip(1).Select(record => Draft(record, columns, defaults))], unknown);
    }

    private static ExtensionDraft Draft(CsvRecord record, List<string?> columns, ExtensionProfile defaults)
    {
        var (number, user, profile) = ("", "", defaults with { Name = "" });
        var errors = new List<Error>();
        if (record.Fault is { } fault)
        {
            errors.Add(fault);
        }
        else if (record.Fields.Skip(columns.Count).Any(field => field.Length > 0))
        {
            errors.Add(CsvErrors.ExtraValues);
        }

        foreach (var (column, value) in columns.Zip(record.Fields).Where(pair => pair.First is not null && pair.Second.Length > 0))
        {
            switch (column)
            {
                case ExtensionCsvColumns.Number:
                    number = ExtensionCsvColumns.Digits(value);
                    break;
                case ExtensionCsvColumns.User:
                    user = value;
                    break;
                default:
                    if (Set(profile, column!, value) is { } set)
                    {
                        profile = set;
                    }
                    else
                    {
                        errors.Add(CsvErrors.Value with { Field = column });
                    }

                    break;
            }
        }

        if (number.Length > 0 && !ExtensionProfileValidator.IsNumber(number))
        {
            errors.Add(ExtensionErrors.NumberFormat);
        }

        // A line whose form is broken says nothing reliable about its values.
        if (record.Fault is null)
        {
            errors.AddRange(Rules.Validate(profile).Errors
                .Select(wrong => new Error(wrong.ErrorCode, wrong.ErrorMessage, wrong.PropertyName))
                .Where(wrong => errors.TrueForAll(known => known.Field != wrong.Field)));
        }

        return new ExtensionDraft(record.Line, record.Raw, number, user, profile, errors);
    }

    private static ExtensionProfile? Set(ExtensionProfile profile, string column, string value) => column switch
    {
        nameof(ExtensionProfile.Name) => profile with { Name = value },
        nameof(ExtensionProfile.Email) => profile with { Email = value },
        nameof(ExtensionProfile.CallerId) => profile with { CallerId = ExtensionCsvColumns.Digits(value).TrimStart('+') },
        nameof(ExtensionProfile.ForwardAlways) => profile with { ForwardAlways = ExtensionCsvColumns.Digits(value) },
        nameof(ExtensionProfile.ForwardBusy) => profile with { ForwardBusy = ExtensionCsvColumns.Digits(value) },
        nameof(ExtensionProfile.ForwardNoAnswer) => profile with { ForwardNoAnswer = ExtensionCsvColumns.Digits(value) },
        nameof(ExtensionProfile.RingTimeoutSeconds) =>
            int.TryParse(ExtensionCsvColumns.Digits(value), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? profile with { RingTimeoutSeconds = seconds } : null,
        nameof(ExtensionProfile.Enabled) => ExtensionCsvColumns.Boolean(value) is { } on ? profile with { Enabled = on } : null,
        nameof(ExtensionProfile.WebPhone) => ExtensionCsvColumns.Boolean(value) is { } on ? profile with { WebPhone = on } : null,
        nameof(ExtensionProfile.Voicemail) => ExtensionCsvColumns.Boolean(value) is { } on ? profile with { Voicemail = on } : null,
        nameof(ExtensionProfile.DoNotDisturb) => ExtensionCsvColumns.Boolean(value) is { } on ? profile with { DoNotDisturb = on } : null,
        nameof(ExtensionProfile.Permission) => ExtensionCsvColumns.Permission(value) is { } level ? profile with { Permission = level } : null,
        nameof(ExtensionProfile.Recording) => ExtensionCsvColumns.Recording(value) is { } mode ? profile with { Recording = mode } : null,
        _ => null,
    };
}
