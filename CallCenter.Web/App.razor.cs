using CallCenter.Web.Layout;
using CallCenter.Web.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace CallCenter.Web;

public sealed partial class App : ComponentBase
{
    // Prerendering is off, so that a page initialises once and a circuit is never half-alive.
    private static readonly InteractiveServerRenderMode Circuit = new(prerender: false);

    private Preferences _preferences = Preferences.Default;
    private RequestFacts _facts = RequestFacts.None;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary>Sign-in and error pages are plain HTTP: they set cookies and must work without a circuit.</summary>
    private IComponentRenderMode? Mode => HttpContext.AcceptsInteractiveRouting() ? Circuit : null;

    protected override void OnInitialized()
    {
        _preferences = Preferences.Read(HttpContext.Request.Cookies);
        _facts = new RequestFacts(HttpContext.Connection.RemoteIpAddress?.ToString(), _preferences.ArabicDigits);
    }

    private string MediaOf(string part) => _preferences.Theme switch
    {
        "system" => $"(prefers-color-scheme: {part})",
        var theme when theme == part => "all",
        _ => "not all",
    };
}
