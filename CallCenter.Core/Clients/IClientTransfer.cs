using CallCenter.Core.Files;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Clients;

/// <summary>
/// Clients from CSV files and into them. Everything needs <see cref="Permissions.Clients.Import"/>, else <see cref="AccessErrors.Denied"/>.
/// </summary>
public interface IClientTransfer
{
    /// <summary>What taking the file in would do, line by line; stores nothing.</summary>
    /// <param name="file">As <see cref="CsvText"/> read it; its first record names the columns.</param>
    /// <param name="columns">What each column holds, by place.</param>
    /// <param name="rule">What happens to clients that are known.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The lines, or <see cref="ClientImportErrors.Columns"/>.</returns>
    Task<Result<IReadOnlyList<ClientImportLine>>> PreviewAsync(
        CsvDocument file, IReadOnlyList<ClientColumn> columns, KnownClientRule rule, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the good lines in, in batches that are each stored whole with their audit note. Looks at every number again: what
    /// others did since the preview counts. Doing it again with <see cref="KnownClientRule.Skip"/> adds nothing.
    /// </summary>
    /// <param name="lines">From the preview.</param>
    /// <param name="rule">As previewed.</param>
    /// <param name="progress">Called after each batch with the number of lines done; null for nobody.</param>
    /// <param name="cancellationToken">Stops between batches; what is stored stays.</param>
    /// <returns>What became of each line.</returns>
    Task<Result<IReadOnlyList<ClientImportLine>>> ImportAsync(
        IReadOnlyList<ClientImportLine> lines, KnownClientRule rule, Action<int>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Writes the whole book as CSV: UTF-8 with its mark, safe to open in a spreadsheet, readable by the import.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="headings">Names of the columns in the reader's language: name, company, numbers, tags, note.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<Result> ExportAsync(Stream target, IReadOnlyList<string> headings, CancellationToken cancellationToken = default);
}

/// <summary>What a column holds.</summary>
public enum ClientColumn
{
    /// <summary>Nothing that is wanted.</summary>
    None,

    /// <summary>Name.</summary>
    Name,

    /// <summary>Company.</summary>
    Company,

    /// <summary>One or several numbers, apart by semicolons or bars.</summary>
    Number,

    /// <summary>Tags, apart by commas.</summary>
    Tags,

    /// <summary>Note.</summary>
    Note,
}

/// <summary>What happens to a line whose number a client has already.</summary>
public enum KnownClientRule
{
    /// <summary>The client stays as it is.</summary>
    Skip,

    /// <summary>The client gains what the line has: numbers, tags, and name, company and note where the line has them.</summary>
    Update,
}

/// <summary>What happens, or happened, to a line.</summary>
public enum ClientImportAct
{
    /// <summary>Becomes a client.</summary>
    Create,

    /// <summary>Changes a client.</summary>
    Update,

    /// <summary>The client is known and stays.</summary>
    Skip,

    /// <summary>Cannot be taken in.</summary>
    Refuse,
}

/// <summary>A line of a file.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Raw">As it stands there.</param>
/// <param name="Form">What it says.</param>
/// <param name="Act">What happens to it.</param>
/// <param name="Errors">Why it is refused; empty otherwise.</param>
public sealed record ClientImportLine(int Line, string Raw, ClientForm Form, ClientImportAct Act, IReadOnlyList<Error> Errors);

/// <summary>Expected failures of the import.</summary>
public static class ClientImportErrors
{
    /// <summary>No column for a name or a company, or none for a number.</summary>
    public static readonly Error Columns = new("clients.import_column", "Choose columns for name or company and for a number.");

    /// <summary>Several clients have the number.</summary>
    public static readonly Error Ambiguous = new("clients.import_ambiguous", "Several clients have this number.");

    /// <summary>An earlier line has the number.</summary>
    public static readonly Error Repeated = new("clients.import_repeated", "An earlier line has this number.");

    /// <summary>Without a number the line could not be found again, and would double with every import.</summary>
    public static readonly Error NoNumber = new("clients.import_no_number", "The line has no number.");
}
