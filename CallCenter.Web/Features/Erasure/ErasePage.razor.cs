using CallCenter.Core.Erasure;
using CallCenter.Core.Primitives;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Erasure;

public sealed partial class ErasePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private IReadOnlyList<ErasureView>? _past;
    private ErasurePreview? _preview;
    private Error? _failure;
    private Error? _error;
    private string? _number;
    private string? _digits;
    private string? _reason;
    private bool _busy;
    private bool _looking;

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>The number to begin with, as a client's page gives it.</summary>
    [SupplyParameterFromQuery(Name = "number")]
    public string? Number { get; set; }

    [Inject]
    public required IErasures Erasures { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _number = Number;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var past = await Erasures.ListAsync(_disposed.Token);
        _failure = past.Error;
        _past = past.Succeeded ? past.Value : null;
    }

    private async Task LookAsync()
    {
        if (_busy)
        {
            return;
        }

        (_busy, _looking, _preview, _error) = (true, true, null, null);
        try
        {
            var preview = await Erasures.PreviewAsync(_number ?? "", _disposed.Token);
            if (_errors.Take(preview.Error))
            {
                (_preview, _digits) = (preview.Value, null);
            }
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // The page is gone.
        }
        finally
        {
            (_busy, _looking) = (false, false);
        }
    }

    private async Task EraseAsync()
    {
        if (_busy || _preview is not { } preview)
        {
            return;
        }

        _busy = true;
        try
        {
            var asked = await Erasures.RequestAsync(preview.Number, _digits ?? "", _reason ?? "", _disposed.Token);
            _error = asked.Error is { Field: "Number" } ? asked.Error : null;
            if (_errors.Take(asked.Error))
            {
                Navigation.NavigateTo($"{Slug}/recordings/erase/{asked.Value}");
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private void Open(ErasureView row) => Navigation.NavigateTo($"{Slug}/recordings/erase/{row.Id}");

    internal static Tone ToneOf(ErasureState state) => state switch
    {
        ErasureState.Done => Tone.Good,
        ErasureState.Running => Tone.Note,
        _ => Tone.Quiet,
    };
}
