using System.Reflection;
using CallCenter.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace CallCenter.Web.Layout;

/// <summary>Stands before every page of a circuit: what a visitor may not open looks like what does not exist.</summary>
public sealed partial class PageGate : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private PageEntry? _entry;

    [Parameter, EditorRequired]
    public required Microsoft.AspNetCore.Components.RouteData Route { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [CascadingParameter]
    public required RequestFacts Facts { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    internal PageAccess Access { get; init; } = null!;

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Route.PageType.GetCustomAttribute<AllowAnonymousAttribute>() is not null)
        {
            _entry = PageEntry.Open;
            return;
        }

        var entry = await Access.EnterAsync(
            (await Authentication).User,
            Route.RouteValues.GetValueOrDefault("slug") as string,
            Route.PageType.GetCustomAttributes<RequirePermissionAttribute>(),
            Facts.RemoteAddress,
            _disposed.Token);
        if (entry == PageEntry.MustChangePassword && Route.PageType == typeof(Features.Account.PasswordPage))
        {
            entry = PageEntry.Open;
        }

        _entry = entry;
        if (entry is PageEntry.SignIn or PageEntry.OtherTenant or PageEntry.MustChangePassword)
        {
            // The server decides anew over HTTP: it asks to sign in, or begins a circuit for the other tenant.
            Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
        }
    }
}
