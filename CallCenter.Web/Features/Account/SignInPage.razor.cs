using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Web.Access;
using CallCenter.Web.Localization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Account;

public sealed partial class SignInPage : ComponentBase
{
    private Error? _error;

    [SupplyParameterFromForm]
    public Form? Input { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery(Name = "left")]
    public bool Left { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [Inject]
    public required ISignIn SignIn { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>What would be the tenant in the address that the visitor came for; whether there is such a tenant is not looked up.</summary>
    private string? Slug => LocalUrl.OrHome(ReturnUrl).Split('/', '?', '#') is [_, { Length: > 0 } first, ..] ? first : null;

    protected override void OnInitialized()
    {
        Input ??= new Form();
        if (HttpMethods.IsGet(HttpContext.Request.Method) && HttpContext.User.Identity is { IsAuthenticated: true })
        {
            Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
        }
    }

    private async Task SignInAsync()
    {
        var step = await SignIn.WithPasswordAsync(
            Input!.UserName ?? "",
            new Secret(Input.Password ?? ""),
            HttpContext.Connection.RemoteIpAddress?.ToString(),
            Slug,
            HttpContext.RequestAborted);
        if (!step.Succeeded)
        {
            _error = step.Error;
        }
        else if (step.Value.NeedsSecondFactor)
        {
            await HttpContext.SignInAsync(Schemes.SecondFactor, SessionPrincipal.Of(step.Value.User, Schemes.SecondFactor));
            Navigation.NavigateTo($"account/two-factor?returnUrl={Uri.EscapeDataString(LocalUrl.OrHome(ReturnUrl))}");
        }
        else
        {
            Navigation.NavigateTo(await SessionSignIn.BeginAsync(HttpContext, step.Value.User, ReturnUrl));
        }
    }

    /// <summary>As posted.</summary>
    public sealed class Form
    {
        /// <summary>User name, e-mail address or extension.</summary>
        public string? UserName { get; set; }

        /// <summary>Never rendered back.</summary>
        public string? Password { get; set; }
    }
}
