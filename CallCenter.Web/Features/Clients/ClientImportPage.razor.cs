using System.Text;
using CallCenter.Core.Clients;
using CallCenter.Core.Files;
using CallCenter.Core.Primitives;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Clients;

public sealed partial class ClientImportPage : ComponentBase, IDisposable
{
    private const int MaxShown = 50;
    private const int MaxLines = 2_001;
    private const int MaxExample = 60;

    private static readonly ClientColumn[] Columns = Enum.GetValues<ClientColumn>();
    private static readonly KnownClientRule[] Rules = Enum.GetValues<KnownClientRule>();

    private readonly CancellationTokenSource _disposed = new();
    private CsvDocument? _file;
    private ClientColumn[] _columns = [];
    private KnownClientRule _rule;
    private IReadOnlyList<ClientImportLine>? _lines;
    private IReadOnlyList<ClientImportLine>? _report;
    private Error? _error;
    private int? _done;
    private bool _busy;

    /// <summary>First part of the address; the gate before this page has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required IClientTransfer Transfer { get; init; }

    [Inject]
    public required IStringLocalizer<ClientsText> Texts { get; init; }

    private bool CanImport => _lines?.Any(line => line.Act is ClientImportAct.Create or ClientImportAct.Update) is true;

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private static string HeadingOf(CsvDocument file, int column) =>
        file.Records[0].Fields[column] is { Length: > 0 } heading ? heading : $"{column + 1}";

    private static string? ExampleOf(CsvDocument file, int column) =>
        file.Records.Skip(1).Select(record => record.Fields.ElementAtOrDefault(column)).FirstOrDefault(value => !string.IsNullOrEmpty(value)) is { } value
            ? $"\u2068{(value.Length > MaxExample ? value[..MaxExample] + "…" : value)}\u2069"
            : null;

    private static Tone ToneOf(ClientImportAct act) => act switch
    {
        ClientImportAct.Create => Tone.Good,
        ClientImportAct.Update => Tone.Note,
        ClientImportAct.Skip => Tone.Quiet,
        _ => Tone.Bad,
    };

    private static List<ClientImportLine> Shown(IReadOnlyList<ClientImportLine> lines) =>
        [.. lines.OrderByDescending(line => line.Act == ClientImportAct.Refuse).ThenBy(line => line.Line).Take(MaxShown)];

    // A file of at most 1 MB came in; what was refused of it fits an address that the browser saves.
    private static string RefusedFile(IReadOnlyList<ClientImportLine> lines)
    {
        var text = string.Join("\r\n", lines.Where(line => line.Act == ClientImportAct.Refuse)
            .Select(line => $"{line.Raw},{ClientColumns.Cell(string.Join(' ', line.Errors.Select(error => error.Message)))}"));
        return "data:text/csv;charset=utf-8;base64," + Convert.ToBase64String([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);
    }

    private string NameOf(ClientColumn column) => column == ClientColumn.None ? Texts["Import.Ignore"] : Texts[$"Import.Field.{column}"];

    private string NameOf(KnownClientRule rule) => Texts[$"Import.Rule.{rule}"];

    private string NameOf(ClientImportAct act) => Texts[$"Import.Act.{act}"];

    private string Summary(IReadOnlyList<ClientImportLine> lines) => Texts[
        "Import.Summary",
        Count(lines, ClientImportAct.Create),
        Count(lines, ClientImportAct.Update),
        Count(lines, ClientImportAct.Skip),
        Count(lines, ClientImportAct.Refuse)];

    private string Count(IReadOnlyList<ClientImportLine> lines, ClientImportAct act) => Display.Number(lines.Count(line => line.Act == act));

    private async Task ReadAsync(InputFileChangeEventArgs change)
    {
        Reset();
        if (change.File.Size > CsvText.MaxBytes)
        {
            _error = CsvErrors.TooLarge;
            return;
        }

        using var bytes = new MemoryStream();
        await using (var stream = change.File.OpenReadStream(CsvText.MaxBytes, _disposed.Token))
        {
            await stream.CopyToAsync(bytes, _disposed.Token);
        }

        var read = CsvText.Read(bytes.ToArray(), MaxLines);
        _error = read.Error;
        if (read.Succeeded)
        {
            _file = read.Value;
            _columns = [.. ClientColumns.Guess(_file.Records[0].Fields)];
            await PreviewAsync();
        }
    }

    private Task SetColumnAsync(int index, ClientColumn column)
    {
        _columns[index] = column;
        return PreviewAsync();
    }

    private Task SetRuleAsync(KnownClientRule rule)
    {
        _rule = rule;
        return PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        var preview = await Transfer.PreviewAsync(_file!, _columns, _rule, _disposed.Token);
        _error = preview.Error;
        _lines = preview.Succeeded ? preview.Value : null;
    }

    private async Task ImportAsync()
    {
        if (_busy || _lines is not { } lines)
        {
            return;
        }

        (_busy, _done) = (true, 0);
        try
        {
            var imported = await Transfer.ImportAsync(lines, _rule, done => _ = InvokeAsync(() => Report(done)), _disposed.Token);
            _error = imported.Error;
            _report = imported.Succeeded ? imported.Value : null;
        }
        finally
        {
            (_busy, _done) = (false, null);
        }
    }

    private void Report(int done)
    {
        if (_busy)
        {
            _done = done;
            StateHasChanged();
        }
    }

    private void Reset()
    {
        (_file, _lines, _report, _error) = (null, null, null, null);
        _columns = [];
    }
}
