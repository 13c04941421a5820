using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Localization;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Recordings;

public sealed partial class RetentionPage : ComponentBase, IDisposable
{
    private static readonly TimeSpan WhileRunning = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _disposed = new();
    private RetentionPreview? _preview;
    private IReadOnlyList<RetentionRun> _runs = [];
    private IReadOnlyList<HoldView> _holds = [];
    private Error? _failure;
    private ITimer? _timer;
    private bool _busy;

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required IRetention Retention { get; init; }

    [Inject]
    public required IRecordingHolds Holds { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required ErrorTexts Errors { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required IStringLocalizer<RetentionText> Texts { get; init; }

    private bool IsRunning => _runs.Any(run => run.State is RetentionRunState.Queued or RetentionRunState.Running);

    public void Dispose()
    {
        _timer?.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            var preview = await Retention.PreviewAsync(_disposed.Token);
            var runs = await Retention.ListRunsAsync(_disposed.Token);
            var holds = Scope.May(Permissions.Recordings.Hold) ? await Holds.ListAsync(_disposed.Token) : Array.Empty<HoldView>();
            _failure = preview.Error ?? runs.Error ?? holds.Error;
            if (_failure is null)
            {
                (_preview, _runs, _holds) = (preview.Value, runs.Value, holds.Value);
            }

            // The run is another process's as often as not, so the page asks while one is under way.
            _timer ??= Clock.CreateTimer(_ => _ = InvokeAsync(RefreshAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(IsRunning ? WhileRunning : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        catch (Exception) when (_disposed.IsCancellationRequested)
        {
            // The page is gone.
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            if (!_disposed.IsCancellationRequested)
            {
                await LoadAsync();
                StateHasChanged();
            }
        }
        catch (Exception exception) when (!_disposed.IsCancellationRequested)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task AskAsync()
    {
        if (_busy || _preview is not { } preview)
        {
            return;
        }

        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest(Texts["Dry.ConfirmTitle", Display.Number(preview.Recordings)], Texts["Dry.Run"])
        {
            Losses =
            [
                Texts["Dry.LossFiles", Display.Bytes(preview.Bytes)],
                .. preview.Held > 0 ? [Texts["Dry.LossHeld", Display.Number(preview.Held)].Value] : Array.Empty<string>(),
            ],
            Danger = true,
        });
        if (!confirmed)
        {
            return;
        }

        _busy = true;
        try
        {
            var asked = await Retention.RequestAsync(_disposed.Token);
            _failure = asked.Error;
            if (asked.Succeeded)
            {
                Toasts.Show(Texts["Dry.Asked"]);
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private void Open(HoldView hold) => Navigation.NavigateTo(Calls.CallAddress.For(Slug, hold.CallId));

    private string RuleText(RetentionRule rule) => rule switch
    {
        { Queues.Count: > 0 } => Texts["Rule.Queues", string.Join(", ", rule.Queues), Display.Number(rule.Days)],
        { ExceptQueues.Count: > 0 } => Texts["Rule.TenantExcept", Display.Number(rule.Days)],
        _ => Texts["Rule.Tenant", Display.Number(rule.Days)],
    };

    private static Tone ToneOf(RetentionRunState state) => state switch
    {
        RetentionRunState.Done => Tone.Good,
        RetentionRunState.Failed => Tone.Bad,
        RetentionRunState.Running => Tone.Note,
        _ => Tone.Quiet,
    };
}
