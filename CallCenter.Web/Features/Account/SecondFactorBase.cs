using System.Security.Claims;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Account;

/// <summary>What the pages after the password have in common: they go on from its short-lived cookie.</summary>
public abstract class SecondFactorBase : ComponentBase
{
    [SupplyParameterFromForm]
    public Form? Input { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [Inject]
    public required ISignIn SignIn { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>What went wrong; null when nothing.</summary>
    protected Error? Failure { get; private set; }

    /// <summary>The address of the other kind of second factor, with the way back kept.</summary>
    protected string WithReturn(string address) => ReturnUrl is null ? address : $"{address}?returnUrl={Uri.EscapeDataString(ReturnUrl)}";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new Form();
        if (await PendingAsync() is null)
        {
            Failure = IdentityErrors.SignInExpired;
        }
    }

    /// <summary>Tries what was posted.</summary>
    protected async Task SubmitAsync()
    {
        if (await PendingAsync() is not { } pending || SessionPrincipal.UserIdOf(pending) is not { } userId)
        {
            Failure = IdentityErrors.SignInExpired;
            return;
        }

        var result = await TryAsync(userId, SessionPrincipal.StampOf(pending), Input!.Code ?? "", HttpContext.Connection.RemoteIpAddress?.ToString());
        if (result.Succeeded)
        {
            Navigation.NavigateTo(await SessionSignIn.BeginAsync(HttpContext, result.Value, ReturnUrl));
        }
        else
        {
            Failure = result.Error;
        }
    }

    /// <summary>The check of this kind of second factor.</summary>
    protected abstract Task<Result<SignedInUser>> TryAsync(Guid userId, string securityStamp, string code, string? remoteAddress);

    private async Task<ClaimsPrincipal?> PendingAsync() => (await HttpContext.AuthenticateAsync(Schemes.SecondFactor)).Principal;

    /// <summary>As posted.</summary>
    public sealed class Form
    {
        /// <summary>Six digits, or a recovery code.</summary>
        public string? Code { get; set; }
    }
}
