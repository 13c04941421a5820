using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Features.Recordings;

public sealed partial class RecordingsPage : ComponentBase, IDisposable
{
    private const int Newest = 100;

    private static readonly string[] FilterNames = ["state"];

    private readonly CancellationTokenSource _disposed = new();
    private Result<RecordingOverview>? _look;
    private RecordingRow? _open;
    private Guid? _playing;
    private bool _busy;

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required IRecordings Recordings { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    private RecordingState? State => Navigation.Get<RecordingState>("state");

    private int Retryable => _look is { Error: null } look ? look.Value.Counts.Where(count => IsRetryable(count.Key)).Sum(count => count.Value) : 0;

    private IReadOnlyList<(string Value, string Text)> StateOptions =>
        [.. Enum.GetValues<RecordingState>().Select(state => (state.ToString().ToLowerInvariant(), L[RecordingTexts.KeyOf(state)].Value))];

    /// <inheritdoc />
    public void Dispose()
    {
        Navigation.LocationChanged -= Moved;
        _disposed.Cancel();
        _disposed.Dispose();
    }

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        return LoadAsync();
    }

    private static bool IsRetryable(RecordingState state) => state is RecordingState.Failed or RecordingState.Missing or RecordingState.Corrupt;

    private static long Megabytes(long bytes) => (bytes + 500_000) / 1_000_000;

    private string Why(RecordingRow row) => row.Failure.Length > 0 ? Errors.Of(row.Failure) : L[RecordingTexts.HelpOf(row.State)];

    private void Moved(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(async () =>
    {
        if (!_disposed.IsCancellationRequested)
        {
            await LoadAsync();
            StateHasChanged();
        }
    });

    private async Task LoadAsync() => _look = await Recordings.LookAsync(State, Newest, _disposed.Token);

    private async Task RetryAsync(Guid? id)
    {
        _busy = true;
        var retried = await Recordings.RetryAsync(id, _disposed.Token);
        _busy = false;
        _open = null;
        Toasts.Show(retried.Error is { } error ? Errors[error] : L["Retried", Display.Number(retried.Value)], retried.Succeeded ? Tone.Good : Tone.Bad);
        await LoadAsync();
    }
}
