using System.Globalization;
using CallCenter.Core.Extensions;
using CallCenter.Core.Files;
using CallCenter.Core.Primitives;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace CallCenter.Web.Features.Extensions;

public sealed partial class NewManyPage : ComponentBase, IDisposable
{
    private static readonly IReadOnlyList<ExtensionField> Settings =
        [.. ExtensionFields.All.Where(field => field.Name is not (nameof(ExtensionProfile.Name) or nameof(ExtensionProfile.Email)))];

    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private readonly ExtensionRangeForm _form = new();
    private ExtensionProfile _profile = new();
    private ElementReference _paste;
    private FileText? _file;
    private CreatePreview? _preview;
    private bool _stale;
    private bool _busy;

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary><c>csv</c> for a file; anything else for a range.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [Inject]
    public required IExtensionBulk Bulk { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private bool FromFile => string.Equals(From, "csv", StringComparison.OrdinalIgnoreCase);

    private static string Example => TemplateOf(CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft);

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override void OnInitialized() => _form.NamePattern = L["Range.NamePattern", "{n}"];

    protected override void OnParametersSet()
    {
        // Another way to say what is wanted: what the first one showed is no answer to it.
        if (_preview is { } shown && shown.Header.Length > 0 != FromFile)
        {
            _preview = null;
        }
    }

    private static string TemplateOf(bool arabic)
    {
        string[] values = arabic ? ["1001", "مها سالم", "maha@example.com"] : ["1001", "Maha Salem", "maha@example.com"];
        string[] next = arabic ? ["", "نورة خالد", ""] : ["", "Nora Quinn", ""];
        var columns = ExtensionCsvColumns.All.Select(column => ExtensionCsvColumns.Heading(column, arabic)).ToList();
        return string.Join('\n', new[] { columns, Padded(values), Padded(next) }.Select(line => string.Join(',', line)));

        List<string> Padded(string[] line) => [.. line, .. Enumerable.Repeat("", columns.Count - line.Length)];
    }

    private async Task TakeFileAsync(InputFileChangeEventArgs change)
    {
        _errors.Clear();
        _preview = null;
        _file = null;
        if (change.File.Size > CsvText.MaxBytes)
        {
            _errors.Take(CsvErrors.TooLarge);
            return;
        }

        using var copy = new MemoryStream();
        await change.File.OpenReadStream(CsvText.MaxBytes, _disposed.Token).CopyToAsync(copy, _disposed.Token);
        _file = new FileText(change.File.Name, copy.ToArray());
        await PreviewAsync();
    }

    private void ForgetFile()
    {
        _file = null;
        _preview = null;
        _errors.Clear();
    }

    private Task PreviewAsync() => RunAsync(async () =>
    {
        _stale = false;
        _form.Profile = _profile;
        var preview = FromFile ? await PreviewFileAsync() : await Bulk.PreviewRangeAsync(_form, _disposed.Token);
        _preview = preview.Succeeded ? preview.Value : null;
        if (Navigation.Get(QueryText.PageKey) is not null)
        {
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(QueryText.PageKey, (int?)null), replace: true);
        }

        return preview.Error;
    });

    private async Task<Result<CreatePreview>> PreviewFileAsync()
    {
        if (_file is { } file)
        {
            using var stream = new MemoryStream(file.Bytes, writable: false);
            return await Bulk.PreviewCsvAsync(stream, _profile, _disposed.Token);
        }

        // As a stream: a message of the circuit holds far less than a megabyte.
        try
        {
            await using var typed = await Js.InvokeAsync<IJSStreamReference>("callCenter.readText", _disposed.Token, _paste);
            if (typed is null || typed.Length == 0)
            {
                return CsvErrors.Empty;
            }

            if (typed.Length > CsvText.MaxBytes)
            {
                return CsvErrors.TooLarge;
            }

            await using var stream = await typed.OpenReadStreamAsync(CsvText.MaxBytes, _disposed.Token);
            return await Bulk.PreviewCsvAsync(stream, _profile, _disposed.Token);
        }
        catch (JSDisconnectedException)
        {
            return CsvErrors.Empty;
        }
    }

    private Task StartAsync() => RunAsync(async () =>
    {
        var started = await Bulk.StartCreateAsync([.. _preview!.Lines.Where(line => line.Errors.Count == 0)], _disposed.Token);
        if (started.Succeeded)
        {
            Navigation.NavigateTo($"{Slug}/extensions/runs/{started.Value}");
        }

        _stale = started.Error?.Code == ExtensionErrors.PreviewStale.Code;
        return _stale ? null : started.Error;
    });

    private async Task SaveTemplateAsync(bool arabic) =>
        await Js.InvokeVoidAsync("callCenter.saveText", _disposed.Token, arabic ? "extensions-ar.csv" : "extensions.csv", TemplateOf(arabic).ReplaceLineEndings("\r\n"));

    private async Task SaveRefusedAsync()
    {
        var lines = _preview!.Lines.Where(line => line.Errors.Count > 0).Select(line => line.Raw).Prepend(_preview.Header);
        await Js.InvokeVoidAsync("callCenter.saveText", _disposed.Token, "extensions-refused.csv", string.Join("\r\n", lines));
    }

    /// <summary>Runs one act at a time and shows its failure at the right place.</summary>
    private async Task RunAsync(Func<Task<Error?>> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        StateHasChanged();
        try
        {
            _errors.Take(await act());
        }
        finally
        {
            _busy = false;
        }
    }

    private sealed record FileText(string Name, byte[] Bytes);
}
