using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Users;

public sealed partial class UsersPage : ComponentBase, IDisposable
{
    private static readonly string[] FilterNames = ["q", "role", "state"];

    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private IReadOnlyList<PersonRow>? _people;
    private Error? _failure;
    private Panel _panel;
    private PersonForm _form = new();
    private PersonRow? _open;
    private TenantRole _role;
    private Secret? _password;
    private string _made = "";
    private bool _busy;

    private enum Panel
    {
        None,
        Create,
        Add,
    }

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required ITenantPeople People { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required IStringLocalizer<UsersText> Texts { get; init; }

    [Inject]
    public required IStringLocalizer<CommonText> CommonTexts { get; init; }

    private bool MayEdit => Scope.May(Permissions.Users.Edit);

    /// <summary>Roles that the reader may give: only owners make owners.</summary>
    private IReadOnlyList<TenantRole> Roles =>
        [.. Enum.GetValues<TenantRole>().Where(role => role != TenantRole.Owner || Scope.Role == TenantRole.Owner)];

    private IReadOnlyList<(string Value, string Text)> RoleOptions =>
        [.. Enum.GetValues<TenantRole>().Select(role => (role.ToString(), CommonTexts[$"Role.{role}"].Value))];

    private IReadOnlyList<(string Value, string Text)> StateOptions =>
        [("active", Texts["State.Active"].Value), ("disabled", Texts["State.Disabled"].Value)];

    private List<PersonRow> Shown
    {
        get
        {
            var text = Navigation.Get("q");
            var role = Navigation.Get<TenantRole>("role");
            var state = Navigation.Get("state");
            return [.. _people!.Where(person =>
                (text is null || Matches(person, text))
                && (role is null || person.Role == role)
                && (state is not ("active" or "disabled") || person.DisabledAtUtc is null == (state == "active")))];
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private static bool Matches(PersonRow person, string text) =>
        person.DisplayName.Contains(text, StringComparison.CurrentCultureIgnoreCase)
        || person.UserName.Contains(text, StringComparison.OrdinalIgnoreCase)
        || (person.Email?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false);

    private async Task LoadAsync()
    {
        var people = await People.ListAsync(_disposed.Token);
        _failure = people.Error;
        if (people.Succeeded)
        {
            _people = people.Value;
            _open = _open is null ? null : _people.FirstOrDefault(person => person.UserId == _open.UserId);
        }
    }

    private void Show(Panel panel)
    {
        _form = new PersonForm();
        _errors.Clear();
        _password = null;
        _panel = panel;
    }

    private void Close()
    {
        _panel = Panel.None;
        _password = null;
        _errors.Clear();
    }

    private void Open(PersonRow person)
    {
        _open = person;
        _role = person.Role;
        _password = null;
        _errors.Clear();
    }

    private void CloseDrawer()
    {
        _open = null;
        Close();
    }

    private Task CreateAsync() => RunAsync(async () =>
    {
        var made = await People.CreateAsync(_form, _disposed.Token);
        if (made.Succeeded)
        {
            _made = made.Value.UserName;
            _password = made.Value.OneTimePassword;
        }

        return made.Error;
    });

    private Task AddAsync() => RunAsync(async () =>
    {
        var error = (await People.AddExistingAsync(_form.Email, _form.Role, _disposed.Token)).Error;
        if (error is null)
        {
            Close();
            Toasts.Show(Texts["Added"]);
        }

        return error;
    });

    private Task ChangeRoleAsync() => RunAsync(async () =>
    {
        var (person, before) = (_open!, _open!.Role);
        var error = (await People.ChangeRoleAsync(person.UserId, _role, person.Version, _disposed.Token)).Error;
        if (error is null)
        {
            Toasts.Show(Texts["RoleChanged", person.DisplayName, CommonTexts[$"Role.{_role}"].Value], undo: () => InvokeAsync(() => UndoRoleAsync(person.UserId, before)));
        }

        return error;
    });

    private Task UndoRoleAsync(Guid userId, TenantRole before) => RunAsync(async () =>
        _people?.FirstOrDefault(person => person.UserId == userId) is { } person
            ? (await People.ChangeRoleAsync(userId, before, person.Version, _disposed.Token)).Error
            : IdentityErrors.NotFound);

    private async Task DisableAsync()
    {
        var person = _open!;
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest(Texts["DisableTitle", person.DisplayName], Texts["Disable"])
        {
            Losses = [Texts["DisableLoss1"], Texts["DisableLoss2"]],
            Danger = true,
        });
        if (confirmed)
        {
            await RunAsync(async () => (await People.DisableAsync(person.UserId, person.Version, _disposed.Token)).Error);
        }
    }

    private Task EnableAsync() => RunAsync(async () => (await People.EnableAsync(_open!.UserId, _open.Version, _disposed.Token)).Error);

    private async Task ResetAsync()
    {
        var person = _open!;
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest(Texts["ResetTitle", person.DisplayName], Texts["Reset"])
        {
            Losses = [Texts["ResetLoss1"], Texts["ResetLoss2"]],
            Danger = true,
        });
        if (!confirmed)
        {
            return;
        }

        await RunAsync(async () =>
        {
            var reset = await People.ResetPasswordAsync(person.UserId, _disposed.Token);
            _password = reset.Succeeded ? reset.Value : null;
            return reset.Error;
        });
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
