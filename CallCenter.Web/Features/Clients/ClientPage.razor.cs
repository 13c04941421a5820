using CallCenter.Core.Clients;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Clients;

public sealed partial class ClientPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private Result<ClientDetail>? _client;
    private IReadOnlyList<string> _tags = [];
    private ClientForm? _form;
    private Error? _error;
    private Guid _shown;
    private bool _merging;
    private bool _busy;

    /// <summary>First part of the address; the gate before this page has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>The client.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    public required IClients Clients { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required IStringLocalizer<ClientsText> Texts { get; init; }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Id)
        {
            _shown = Id;
            _client = null;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var id = Id;
        var client = await Clients.FindAsync(id, _disposed.Token);
        if (id == Id)
        {
            _client = client;
        }
    }

    private async Task Edit()
    {
        var tags = await Clients.ListTagsAsync(_disposed.Token);
        _tags = tags.Succeeded ? tags.Value : [];
        _errors.Clear();
        _form = _client!.Value.Value.Form;
    }

    private Task SaveAsync() => RunAsync(async () =>
    {
        var saved = await Clients.ChangeAsync(Id, _form!, _client!.Value.Value.Version, _disposed.Token);
        if (_errors.Take(saved.Error))
        {
            _form = null;
            await LoadAsync();
            Toasts.Show(Texts["Saved"]);
        }
    });

    private async Task AskDeleteAsync()
    {
        var client = _client!.Value.Value;
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest(Texts["DeleteTitle", client.DisplayName], Texts["Delete"])
        {
            Losses = [Texts["DeleteLossContent"], Texts["DeleteLossCalls"]],
            Danger = true,
        });
        if (confirmed)
        {
            await RunAsync(() => DeleteAsync(client));
        }
    }

    private async Task DeleteAsync(ClientDetail client)
    {
        var deleted = await Clients.DeleteAsync(client.Id, client.Version, _disposed.Token);
        _error = deleted.Error;
        if (deleted.Succeeded)
        {
            Navigation.NavigateTo($"{Slug}/clients");

            // Undo outlives this page, which goes with its client.
            var (clients, navigation, slug, snapshot) = (Clients, Navigation, Slug, deleted.Value);
            Toasts.Show(Texts["Deleted", client.DisplayName], undo: async () =>
            {
                if ((await clients.RestoreAsync(snapshot, CancellationToken.None)).Succeeded)
                {
                    navigation.NavigateTo($"{slug}/clients/{snapshot.Id}");
                }
            });
        }
    }

    private Task MergeAsync(ClientRow other) => RunAsync(async () =>
    {
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest(Texts["MergeTitle", other.DisplayName, _client!.Value.Value.DisplayName], Texts["Merge"])
        {
            Losses = [Texts["MergeLoss", other.DisplayName]],
            Danger = true,
        });
        if (!confirmed)
        {
            return;
        }

        _error = (await Clients.MergeAsync(Id, other.Id, _disposed.Token)).Error;
        _merging = false;
        if (_error is null)
        {
            await LoadAsync();
            Toasts.Show(Texts["Merged", other.DisplayName]);
        }
    });

    private async Task RunAsync(Func<Task> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await act();
        }
        finally
        {
            _busy = false;
        }
    }
}
