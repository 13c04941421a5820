using System.Text;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace CallCenter.Web.Features.Calls;

/// <summary>Takes a file of call detail, shows what it holds, and stores it.</summary>
public sealed partial class CallImportPage : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _disposed = new();
    private CancellationTokenSource? _run;
    private FileStream? _file;
    private CallImportPreview? _preview;
    private CallImportReport? _report;
    private CallImportProgress? _rows;
    private Error? _error;
    private string _zone = "";
    private double _fraction;
    private long _reportedAt;
    private bool _busy;
    private bool _importing;

    /// <summary>First part of the address; the gate before this page has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required ICallImport Import { get; init; }

    [Inject]
    public required ITenantContext Tenant { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private IReadOnlyList<string> Zones { get; set; } = [];

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        _disposed.Dispose();
        _run?.Dispose();
        await DropFileAsync();
    }

    protected override void OnInitialized()
    {
        _zone = Tenant.Tenant.TimeZoneId;
        Zones = [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Append(_zone).Distinct().Order(StringComparer.Ordinal)];
    }

    // Spreadsheets take a value that begins like a formula for one.
    private static string RefusedFile(CallImportReport report)
    {
        var text = string.Join("\r\n", report.Refused.Select(line =>
            FormattableString.Invariant($"{line.Line},{ClientColumns.Cell(line.Reason.Message)},{ClientColumns.Cell(line.Raw)}")));
        return "data:text/csv;charset=utf-8;base64," + Convert.ToBase64String([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);
    }

    private async Task TakeAsync(InputFileChangeEventArgs change)
    {
        await ResetAsync();
        if (change.File.Size > ICallImport.MaxBytes)
        {
            _error = CallImportErrors.TooLarge;
            return;
        }

        await RunAsync(importing: false, async token =>
        {
            // Beside the process and gone with it: a file of hundreds of megabytes has no place in memory.
            _file = new FileStream(
                Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
                FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await using var source = change.File.OpenReadStream(ICallImport.MaxBytes, token);
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await source.ReadAsync(buffer, token)) > 0)
            {
                await _file.WriteAsync(buffer.AsMemory(0, read), token);
                Report((double)_file.Length / Math.Max(1, change.File.Size), null);
            }

            await PreviewAsync(token);
        });
    }

    private async Task SetZoneAsync(string? zone)
    {
        _zone = zone ?? _zone;
        if (_file is not null && !_busy)
        {
            await RunAsync(importing: false, PreviewAsync);
        }
    }

    private async Task PreviewAsync(CancellationToken token)
    {
        var preview = await Import.PreviewAsync(_file!, _zone, token);
        _error = preview.Error;
        _preview = preview.Succeeded ? preview.Value : null;
    }

    private Task ImportAsync() => RunAsync(importing: true, async token =>
    {
        // Off the circuit's thread: the page must be able to cancel.
        var (file, zone) = (_file!, _zone);
        var imported = await Task.Run(() => Import.RunAsync(file, zone, progress => Report(progress.Fraction, progress), token), _disposed.Token);
        _error = imported.Error;
        if (imported.Succeeded)
        {
            _report = imported.Value;
            await DropFileAsync();
        }
    });

    private async Task RunAsync(bool importing, Func<CancellationToken, Task> work)
    {
        if (_busy)
        {
            return;
        }

        _run?.Dispose();
        _run = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        (_busy, _importing, _fraction, _rows, _error) = (true, importing, 0, null, null);
        try
        {
            await work(_run.Token);
        }
        catch (OperationCanceledException) when (_run.IsCancellationRequested)
        {
            await DropFileAsync();
        }
        finally
        {
            (_busy, _rows) = (false, null);
        }
    }

    private void Report(double fraction, CallImportProgress? rows)
    {
        (_fraction, _rows) = (fraction, rows ?? _rows);
        var now = Clock.GetTimestamp();
        if (Clock.GetElapsedTime(_reportedAt, now) >= ReportEvery)
        {
            _reportedAt = now;
            _ = InvokeAsync(StateHasChanged);
        }
    }

    private void Cancel() => _run?.Cancel();

    private async Task ResetAsync()
    {
        await DropFileAsync();
        (_preview, _report, _error) = (null, null, null);
    }

    private async Task DropFileAsync()
    {
        if (_file is { } file)
        {
            (_file, _preview) = (null, null);
            await file.DisposeAsync();
        }
    }
}
