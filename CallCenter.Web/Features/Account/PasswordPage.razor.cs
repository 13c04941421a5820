using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Web.Access;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Account;

public sealed partial class PasswordPage : ComponentBase
{
    /// <summary>The two new passwords are not the same; known to the page alone.</summary>
    internal static readonly Error NotRepeated = new("form.password_not_repeated", "The two passwords differ.", "Repeat");

    private readonly FieldErrors _errors = new();
    private bool _mustChange;

    [SupplyParameterFromForm]
    public Form? Input { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [Inject]
    public required IMyAccount Account { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized()
    {
        Input ??= new Form();
        _mustChange = SessionPrincipal.MustChangePassword(HttpContext.User);
    }

    private async Task ChangeAsync()
    {
        if (Input!.NewPassword != Input.Repeat)
        {
            _errors.Take(NotRepeated);
            return;
        }

        var changed = await Account.ChangePasswordAsync(
            new Secret(Input.CurrentPassword ?? ""), new Secret(Input.NewPassword ?? ""), HttpContext.RequestAborted);
        if (_errors.Take(changed.Error))
        {
            Navigation.NavigateTo(await SessionSignIn.BeginAsync(HttpContext, changed.Value, ReturnUrl));
        }
    }

    /// <summary>As posted; never rendered back.</summary>
    public sealed class Form
    {
        /// <summary>The password so far.</summary>
        public string? CurrentPassword { get; set; }

        /// <summary>The new one.</summary>
        public string? NewPassword { get; set; }

        /// <summary>The new one again.</summary>
        public string? Repeat { get; set; }
    }
}
