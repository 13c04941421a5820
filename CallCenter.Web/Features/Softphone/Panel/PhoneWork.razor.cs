using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Work;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>
/// Writes what is typed to the call's row soon after, not only when somebody presses save: a reload or a lost tab costs the last words, not
/// the note. One save at a time, the newest text last.
/// </summary>
public sealed partial class PhoneWork
{
    internal static readonly TimeSpan KeepAfter = TimeSpan.FromSeconds(2);
    internal static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private IReadOnlyList<DispositionRow> _list = [];
    private Error? _error;
    private Task _saving = Task.CompletedTask;
    private ITimer? _later;
    private bool _busy;
    private bool _saved;
    private bool _notKept;

    /// <summary>The call's id in the page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Inject]
    public required IPhoneCalls Calls { get; init; }

    [Inject]
    public required IDispositions Dispositions { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private PhoneDraft Draft => State.DraftOf(Id);

    /// <summary>Stores what was written; nothing when nothing was. The note is stored when the field is left, too.</summary>
    /// <returns>False when it could not be stored, which the part says.</returns>
    internal async Task<bool> SaveAsync()
    {
        await InTurnAsync(async () =>
        {
            _error = await StoreAsync();
            (_saved, _notKept) = (_error is null, false);
        });
        return _error is null && !Draft.IsDirty;
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var list = await Dispositions.ListAsync(Gone);
        _list = list.Succeeded ? [.. list.Value.Where(entry => entry.Active)] : [];
        if (!Draft.IsRead && await Calls.FindAsync(Id, Gone) is { Succeeded: true, Value: var row } && !Draft.IsDirty)
        {
            (Draft.Note, Draft.DispositionId, Draft.IsRead) = (row.Note, row.DispositionId, true);
        }

        if (Draft.IsDirty)
        {
            KeepLater(KeepAfter);
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _later?.Dispose();
        base.Dispose(disposing);
    }

    private void Choose(ChangeEventArgs change)
    {
        Draft.DispositionId = Guid.TryParse(change.Value as string, out var chosen) ? chosen : null;
        Touch();
    }

    private void Typed(ChangeEventArgs change)
    {
        Draft.Note = change.Value as string ?? "";
        Touch();
    }

    private void Touch()
    {
        (Draft.IsDirty, _error, _notKept) = (true, null, false);
        KeepLater(KeepAfter);
    }

    private void KeepLater(TimeSpan after)
    {
        _later?.Dispose();
        _later = Clock.CreateTimer(_ => _ = InvokeAsync(KeepAsync), null, after, Timeout.InfiniteTimeSpan);
    }

    /// <summary>By itself, so without complaint: what is not complete yet is no error while somebody types.</summary>
    private async Task KeepAsync()
    {
        if (Gone.IsCancellationRequested || !Draft.IsDirty)
        {
            return;
        }

        await InTurnAsync(async () =>
        {
            try
            {
                var error = await StoreAsync();
                _notKept = error is not null && error != WorkErrors.DispositionNeedsNote;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Said in the form and tried again; pressing save brings the failure to the panel's boundary.
                (_notKept, Draft.IsDirty) = (true, true);
            }
        });
        if (_notKept && !Gone.IsCancellationRequested)
        {
            KeepLater(RetryAfter);
        }

        StateHasChanged();
    }

    private async Task<Error?> StoreAsync()
    {
        if (!Draft.IsDirty)
        {
            return null;
        }

        (_busy, Draft.IsDirty) = (true, false);
        var error = default(Error);
        try
        {
            error = (await Calls.SaveWorkAsync(Id, Draft.Note, Draft.DispositionId, Gone)).Error;
        }
        finally
        {
            (_busy, _saved) = (false, error is null);
        }

        Draft.IsDirty |= error is not null;
        return error;
    }

    private async Task InTurnAsync(Func<Task> save)
    {
        var before = _saving;
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _saving = mine.Task;
        try
        {
            await before;
            await save();
        }
        finally
        {
            mine.SetResult();
        }
    }
}
