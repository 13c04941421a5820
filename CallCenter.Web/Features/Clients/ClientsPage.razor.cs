using CallCenter.Core.Clients;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Clients;

public sealed partial class ClientsPage : ComponentBase, IDisposable
{
    private const string NewKey = "new";

    private static readonly string[] FilterNames = ["q", "tag", "shared"];

    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private CancellationTokenSource? _loading;
    private (ClientFilter Filter, string? Page)? _asked;
    private Result<KeysetPage<ClientRow>>? _page;
    private IReadOnlyList<string> _tags = [];
    private ClientForm? _form;
    private bool _busy;
    private string _path = "";

    /// <summary>First part of the address; the gate before this page has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required IClients Clients { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required IStringLocalizer<ClientsText> Texts { get; init; }

    private string? Total => _page is { Succeeded: true, Value: var page } ? Display.Count(page.Total, page.TotalIsCapped) : null;

    private bool IsFiltered => FilterNames.Any(name => Navigation.Get(name) is not null);

    private IReadOnlyList<(string Value, string Text)> TagOptions => [.. _tags.Select(tag => (tag, tag))];

    private IReadOnlyList<(string Value, string Text)> SharedOptions => [("1", Texts["SharedOnly"].Value)];

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _disposed.Cancel();
        _loading?.Dispose();
        _disposed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _path = new Uri(Navigation.Uri).AbsolutePath;
        Navigation.LocationChanged += OnLocationChanged;

        // "Add as client" of a call leads here with its number and name.
        if (Navigation.Get(NewKey) is { } number && Scope.May(Permissions.Clients.Edit))
        {
            _form = new ClientForm { Name = Navigation.Get("name") ?? "", Numbers = { new ClientNumberForm { Number = number } } };
        }

        await LoadTagsAsync();
        await LoadAsync();
    }

    private async Task LoadTagsAsync()
    {
        var tags = await Clients.ListTagsAsync(_disposed.Token);
        _tags = tags.Succeeded ? tags.Value : [];
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location).AbsolutePath == _path)
        {
            _ = InvokeAsync(FollowAddressAsync);
        }
    }

    private async Task FollowAddressAsync()
    {
        try
        {
            if (!_disposed.IsCancellationRequested && (FilterOfAddress(), Navigation.Get(QueryText.PageKey)) != _asked)
            {
                await LoadAsync();
            }
        }
        catch (Exception) when (_disposed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private ClientFilter FilterOfAddress() => new() { Text = Navigation.Get("q"), Tag = Navigation.Get("tag"), SharedOnly = Navigation.Get("shared") is not null };

    private async Task LoadAsync()
    {
        _loading?.Cancel();
        _loading?.Dispose();
        _loading = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        var token = _loading.Token;
        var (filter, key) = (FilterOfAddress(), Navigation.Get(QueryText.PageKey));
        _asked = (filter, key);
        try
        {
            var page = await Clients.SearchAsync(filter, key, cancellationToken: token);
            if (!token.IsCancellationRequested)
            {
                _page = page;
                StateHasChanged();
            }
        }
        catch (Exception) when (token.IsCancellationRequested)
        {
            // A newer filter asks for other rows, or the page is gone. Providers word a cancelled query differently.
        }
    }

    private void Open(ClientRow row) => Navigation.NavigateTo($"{Slug}/clients/{row.Id}");

    private void ClearFilters() => Navigation.SetFilters(FilterNames.ToDictionary(name => name, object? (_) => null));

    private void New()
    {
        _errors.Clear();
        _form = new ClientForm { Numbers = { new ClientNumberForm() } };
    }

    private void CloseForm()
    {
        _form = null;
        if (Navigation.Get(NewKey) is not null)
        {
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal) { [NewKey] = null, ["name"] = null }), replace: true);
        }
    }

    private async Task CreateAsync()
    {
        if (_busy || _form is not { } form)
        {
            return;
        }

        _busy = true;
        try
        {
            var created = await Clients.CreateAsync(form, _disposed.Token);
            if (_errors.Take(created.Error))
            {
                Toasts.Show(Texts["Created", form.Name.Length > 0 ? form.Name : form.Company]);
                Navigation.NavigateTo($"{Slug}/clients/{created.Value}");
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
