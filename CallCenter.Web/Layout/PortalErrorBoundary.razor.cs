using CallCenter.Web.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Layout;

/// <summary>Keeps the frame alive when a page fails: a reference number for the reader, one line in the log.</summary>
public sealed partial class PortalErrorBoundary : ErrorBoundaryBase, IDisposable
{
    private string _reference = "";

    [Inject]
    public required ILogger<PortalErrorBoundary> Logger { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    public void Dispose() => Navigation.LocationChanged -= Recover;

    protected override void OnInitialized() => Navigation.LocationChanged += Recover;

    protected override Task OnErrorAsync(Exception exception)
    {
        _reference = Correlation.New();
        Logger.LogError(exception, "A page failed; reference {Reference}", _reference);
        return Task.CompletedTask;
    }

    private void Recover(object? sender, LocationChangedEventArgs change)
    {
        if (CurrentException is not null)
        {
            Recover();
        }
    }
}
