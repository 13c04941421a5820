using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Extensions;

/// <summary>One extension with everything that is known, and every act on it.</summary>
public sealed partial class ExtensionDetailView : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private Error? _error;
    private bool _busy;

    [Parameter, EditorRequired]
    public required ExtensionDetail Detail { get; set; }

    [Parameter, EditorRequired]
    public string Slug { get; set; } = "";

    /// <summary>When the PBX's states were last read, UTC; null when unknown.</summary>
    [Parameter]
    public DateTime? ReadAtUtc { get; set; }

    /// <summary>Something was asked for, or turned out to be out of date: read again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required IExtensions Extensions { get; init; }

    [Inject]
    public required IExtensionComparison Comparison { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    private ExtensionRow Row => Detail.Row;

    private bool MayEdit => Scope.May(Permissions.Extensions.Edit);

    private bool MayChange => (Row.State == ExtensionState.Active || (Row.State == ExtensionState.Failed && Row.Operation == ExtensionOperation.Change))
        && Row.MissingSinceUtc is null;

    private bool IsInCall => Row.Status is LineStatus.Ringing or LineStatus.InUse or LineStatus.Busy;

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private static string Initial(string name) => name.Length > 0 ? name[..1].ToUpperInvariant() : "";

    private Task<Error?> RetryAsync() => RunAsync(() => Extensions.RetryAsync(Row.Id, Row.Version, _disposed.Token), L["Retried", Row.Number]);

    private async Task GiveUpAsync()
    {
        var means = Row.Operation switch
        {
            ExtensionOperation.Create => L["GiveUp.Create"],
            ExtensionOperation.Change => L["GiveUp.Change"],
            _ => L["GiveUp.Delete"],
        };
        if (await Dialogs.ConfirmAsync(new ConfirmRequest(L["GiveUp.Title", Row.Number], L["GiveUp"]) { Body = means, Danger = Row.Operation == ExtensionOperation.Create }))
        {
            await RunAsync(() => Extensions.GiveUpAsync(Row.Id, Row.Version, _disposed.Token));
        }
    }

    private async Task RotateAsync()
    {
        var request = new ConfirmRequest(L["Rotate.Title", Row.Number], L["Rotate"])
        {
            Losses = IsInCall ? [L["InCall.Goes"], L["Rotate.Loss1"], L["Rotate.Loss2"]] : [L["Rotate.Loss1"], L["Rotate.Loss2"]],
            Danger = true,
        };
        if (await Dialogs.ConfirmAsync(request))
        {
            await RunAsync(() => Extensions.RotateSecretAsync(Row.Id, Row.Version, _disposed.Token), L["Rotated", Row.Number]);
        }
    }

    private async Task ToggleServiceAsync()
    {
        var wanted = Detail.Wanted with { Enabled = !Detail.Wanted.Enabled };
        var request = new ConfirmRequest(L["Disable.Title", Row.Number], L["Disable"])
        {
            Losses = IsInCall ? [L["InCall.Cut"], L["Disable.Loss"]] : [L["Disable.Loss"]],
            Danger = true,
        };
        if (wanted.Enabled || await Dialogs.ConfirmAsync(request))
        {
            await RunAsync(() => Extensions.ChangeAsync(Row.Id, wanted, Row.Version, _disposed.Token), L["ChangeAsked", Row.Number]);
        }
    }

    private async Task DeleteAsync()
    {
        var warned = IsInCall;
        while (await Dialogs.ConfirmAsync(DeleteRequest(warned)))
        {
            var error = await RunAsync(() => Extensions.DeleteAsync(Row.Id, Row.Version, warned, _disposed.Token), L["DeleteAsked", Row.Number]);
            if (error != ExtensionErrors.InCall || warned)
            {
                return;
            }

            // The call began after the page was read: ask again, with what would be lost.
            _error = null;
            warned = true;
        }
    }

    private ConfirmRequest DeleteRequest(bool inCall)
    {
        List<string> losses = [L["Delete.Loss1"], L["Delete.Loss2"]];
        if (inCall)
        {
            losses.Insert(0, L["InCall.Cut"]);
        }

        if (Row.UserName is { } person)
        {
            losses.Add(L["Delete.LossPerson", person]);
        }

        return new ConfirmRequest(L["Delete.Title", Row.Number, Row.Name], L[inCall ? "Delete.InCall" : "Delete"]) { Losses = losses, Danger = true };
    }

    private async Task AssignAsync(ExtensionUser? person)
    {
        if (person is not null)
        {
            await RunAsync(() => Extensions.AssignAsync(Row.Id, person.UserId, Row.Version, _disposed.Token), L["Assigned", Row.Number, person.DisplayName]);
        }
    }

    private async Task ReleaseAsync()
    {
        var person = Row.UserName!;
        if (await Dialogs.ConfirmAsync(new ConfirmRequest(L["Release.Title", Row.Number, person], L["Release"]) { Losses = [L["Release.Loss", person]], Danger = true }))
        {
            await RunAsync(() => Extensions.AssignAsync(Row.Id, null, Row.Version, _disposed.Token), L["Released", Row.Number]);
        }
    }

    private Task<Error?> AdoptAsync() => RunAsync(
        async () =>
        {
            var adopted = await Comparison.AdoptAsync([Row.Id], _disposed.Token);
            var error = adopted.Succeeded ? adopted.Value[0].Error : adopted.Error;
            return error is null ? Result.Success : Result.FromError(error);
        },
        L["Adopted", Row.Number]);

    private Task<Error?> RecreateAsync() => RunAsync(() => Comparison.RecreateAsync(Row.Id, Row.Version, _disposed.Token), L["CreateAsked", Row.Number]);

    private async Task ForgetAsync()
    {
        if (await Dialogs.ConfirmAsync(new ConfirmRequest(L["Forget.Title", Row.Number], L["Forget"]) { Losses = [L["Forget.Loss"]], Danger = true }))
        {
            await RunAsync(() => Comparison.ForgetAsync(Row.Id, Row.Version, _disposed.Token), L["Forgotten", Row.Number]);
        }
    }

    private async Task SavedAsync()
    {
        Toasts.Show(L["ChangeAsked", Row.Number]);
        await OnChanged.InvokeAsync();
    }

    /// <summary>Runs one act at a time, says what came of it, and has everything read again.</summary>
    private async Task<Error?> RunAsync(Func<Task<Result>> act, string? done = null)
    {
        if (_busy)
        {
            return null;
        }

        _busy = true;
        try
        {
            _error = (await act()).Error;
        }
        finally
        {
            _busy = false;
        }

        if (_error is null && done is not null)
        {
            Toasts.Show(done);
        }

        await OnChanged.InvokeAsync();
        return _error;
    }
}
