using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Tenants;

public sealed partial class TenantsPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private IReadOnlyList<TenantRow>? _tenants;
    private Error? _failure;
    private TenantForm _form = new();
    private PersonForm _owner = new();
    private bool _existingOwner;
    private bool _creating;
    private NewTenant? _made;
    private TenantRow? _open;
    private bool _busy;

    [Inject]
    public required ITenantAdministration Tenants { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required IStringLocalizer<TenantsText> Texts { get; init; }

    [Inject]
    internal CountryNames Countries { get; init; } = null!;

    private bool Dirty => _open is { Info: var info }
        && (_form.Slug, _form.Name, _form.TimeZoneId, _form.CountryCode, _form.Language)
            != (info.Slug, info.Name, info.TimeZoneId, info.CountryCode, info.Language);

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var tenants = await Tenants.ListAsync(_disposed.Token);
        _failure = tenants.Error;
        if (tenants.Succeeded)
        {
            _tenants = tenants.Value;
        }
    }

    private void ShowCreate()
    {
        _form = new TenantForm();
        _owner = new PersonForm { Role = TenantRole.Owner };
        _existingOwner = false;
        _made = null;
        _errors.Clear();
        _creating = true;
    }

    private void CloseCreate()
    {
        _creating = false;
        _made = null;
    }

    private void Open(TenantRow tenant)
    {
        _open = tenant;
        _form = new TenantForm
        {
            Slug = tenant.Info.Slug,
            Name = tenant.Info.Name,
            TimeZoneId = tenant.Info.TimeZoneId,
            CountryCode = tenant.Info.CountryCode,
            Language = tenant.Info.Language,
        };
        _errors.Clear();
    }

    private async Task CloseDrawer()
    {
        if (!Dirty || await Dialogs.ConfirmAsync(new ConfirmRequest(Texts["DiscardTitle"], Texts["Discard"]) { Danger = true }))
        {
            _open = null;
        }
    }

    private Task CreateAsync() => RunAsync(async () =>
    {
        var owner = _existingOwner ? new PersonForm { Email = _owner.Email, Role = TenantRole.Owner } : _owner;
        var made = await Tenants.CreateAsync(_form, owner, _disposed.Token);
        _made = made.Succeeded ? made.Value : null;
        return made.Error;
    });

    private Task UpdateAsync() => RunAsync(async () =>
    {
        var error = (await Tenants.UpdateAsync(_open!.Info.Id, _form, _open.Version, _disposed.Token)).Error;
        if (error is null)
        {
            Toasts.Show(Texts["Saved", _form.Name]);
            _open = null;
        }

        return error;
    });

    private async Task SuspendAsync()
    {
        var tenant = _open!;
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest(Texts["SuspendTitle", tenant.Info.Name], Texts["Suspend"])
        {
            Losses = [Texts["SuspendLoss1"], Texts["SuspendLoss2"]],
            Danger = true,
        });
        if (confirmed)
        {
            await RunAsync(async () => Forget((await Tenants.SuspendAsync(tenant.Info.Id, tenant.Version, _disposed.Token)).Error));
        }
    }

    private Task ResumeAsync() => RunAsync(async () => Forget((await Tenants.ResumeAsync(_open!.Info.Id, _open.Version, _disposed.Token)).Error));

    private Error? Forget(Error? error)
    {
        if (error is null)
        {
            _open = null;
        }

        return error;
    }

    /// <summary>Runs one act at a time, shows its failure at the right place, and reads the list anew.</summary>
    private async Task RunAsync(Func<Task<Error?>> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            if (_errors.Take(await act()))
            {
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
        }

        StateHasChanged();
    }
}
