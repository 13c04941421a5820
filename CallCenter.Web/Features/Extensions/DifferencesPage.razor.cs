using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Extensions;

public sealed partial class DifferencesPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly HashSet<Guid> _chosen = [];
    private readonly Dictionary<Guid, Error> _refused = [];
    private CancellationTokenSource? _comparing;
    private ExtensionComparisonView? _view;
    private (int Read, int Total)? _progress;
    private Error? _failure;
    private Error? _error;
    private bool _busy;
    private IDisposable? _subscription;

    /// <summary>First part of the address; the gate before this page has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required IExtensionComparison Comparison { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required ExtensionTexts Texts { get; init; }

    private bool MayEdit => Scope.May(Permissions.Extensions.Edit);

    public void Dispose()
    {
        _subscription?.Dispose();
        _disposed.Cancel();
        _comparing?.Dispose();
        _disposed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        // Before the first read and the first await: no change is missed, and Dispose always sees it.
        _subscription = Comparison.Subscribe(() => InvokeAsync(OnChangedAsync));
        await LoadAsync();
    }

    private string FieldsOf(ExtensionDifference difference) => string.Join(
        L["ListSeparator"],
        difference.Fields.Select(field => field.Field == ExtensionDifference.SecretField ? L["Secret"].Value : Texts.Field(field.Field)));

    private async Task LoadAsync()
    {
        var view = await Comparison.GetAsync(_disposed.Token);
        _failure = view.Error;
        if (view.Succeeded)
        {
            _view = view.Value;
            var found = _view.Found.Select(row => row.Id).ToHashSet();
            _chosen.IntersectWith(found);
            foreach (var gone in _refused.Keys.Except(found).ToList())
            {
                _refused.Remove(gone);
            }
        }
    }

    private async Task OnChangedAsync()
    {
        try
        {
            if (!_disposed.IsCancellationRequested && !_busy)
            {
                await LoadAsync();
                StateHasChanged();
            }
        }
        catch (Exception) when (_disposed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception exception)
        {
            // Belongs to this circuit's error boundary, not to whoever raised the notice.
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task CompareAsync()
    {
        if (_progress is not null)
        {
            return;
        }

        _error = null;
        _progress = (0, _view?.Managed ?? 0);
        _comparing = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        try
        {
            var result = await Comparison.CompareAsync(new Steps(Show), _comparing.Token);
            _error = result.Error;
            if (result.Succeeded)
            {
                Toasts.Show(L["Compare.Done"]);
            }
        }
        catch (OperationCanceledException) when (_comparing.IsCancellationRequested)
        {
            // Somebody pressed "Cancel", or left; what was read so far is kept.
        }
        finally
        {
            _progress = null;
            _comparing.Dispose();
            _comparing = null;
        }

        if (!_disposed.IsCancellationRequested)
        {
            await LoadAsync();
        }
    }

    private void Show((int Read, int Total) progress) => _ = InvokeAsync(() =>
    {
        if (_progress is not null)
        {
            _progress = progress;
            StateHasChanged();
        }
    });

    private async Task SettleAllAsync(SettleDirection direction)
    {
        var differences = _view!.Different;
        var writes = direction == SettleDirection.WriteToPbx;
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest(
            L[writes ? "WriteAll.Question" : "TakeAll.Question", Display.Number(differences.Count)], L[writes ? "Panel.WriteAll" : "Panel.TakeAll"])
        {
            Body = L[writes ? "WriteAll.Body" : "TakeAll.Body"],
            Danger = true,
        });
        if (!confirmed)
        {
            return;
        }

        await RunAsync(async () =>
        {
            Error? first = null;
            var done = 0;
            foreach (var difference in differences)
            {
                var choices = difference.Fields.ToDictionary(field => field.Field, _ => direction);
                var error = (await Comparison.SettleAsync(difference.Row.Id, choices, difference.Row.Version, _disposed.Token)).Error;
                first ??= error;
                done += error is null ? 1 : 0;
            }

            Toasts.Show(L["SettledMany", Display.Number(done), Display.Number(differences.Count)], first is null ? Tone.Good : Tone.Warn);
            return first;
        });
    }

    private async Task RecreateAsync(ExtensionRow row)
    {
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest(L["Recreate.Question", row.Number], L["Recreate"]) { Body = L["Recreate.Body"] });
        if (confirmed)
        {
            await RunAsync(async () => (await Comparison.RecreateAsync(row.Id, row.Version, _disposed.Token)).Error);
        }
    }

    private async Task ForgetAsync(ExtensionRow row)
    {
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest(L["Forget.Question", row.Number], L["Forget"])
        {
            Losses = [L["Forget.Loss1"], L["Forget.Loss2"]],
            Danger = true,
        });
        if (confirmed)
        {
            await RunAsync(async () => (await Comparison.ForgetAsync(row.Id, row.Version, _disposed.Token)).Error);
        }
    }

    private Task AdoptAsync() => RunAsync(async () =>
    {
        _refused.Clear();
        var outcomes = await Comparison.AdoptAsync([.. _chosen], _disposed.Token);
        if (outcomes.Error is { } error)
        {
            return error;
        }

        foreach (var (id, refusal) in outcomes.Value)
        {
            if (refusal is not null)
            {
                _refused[id] = refusal;
            }
        }

        var adopted = outcomes.Value.Count - _refused.Count;
        Toasts.Show(L["Adopted", Display.Number(adopted), Display.Number(outcomes.Value.Count)], _refused.Count == 0 ? Tone.Good : Tone.Warn);
        return null;
    });

    private void Toggle(Guid id)
    {
        if (!_chosen.Remove(id))
        {
            _chosen.Add(id);
        }
    }

    private void ToggleAll()
    {
        var all = _chosen.Count == _view!.Found.Count;
        _chosen.Clear();
        if (!all)
        {
            _chosen.UnionWith(_view.Found.Select(row => row.Id));
        }
    }

    /// <summary>Runs one act at a time, shows its failure, and reads everything anew.</summary>
    private async Task RunAsync(Func<Task<Error?>> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _error = await act();
        }
        finally
        {
            _busy = false;
        }

        await LoadAsync();
        StateHasChanged();
    }

    // Progress<T> posts to the context of where it was made and may be late; this is called at once, from the comparison.
    private sealed class Steps(Action<(int Read, int Total)> show) : IProgress<(int Read, int Total)>
    {
        public void Report((int Read, int Total) value) => show(value);
    }
}
