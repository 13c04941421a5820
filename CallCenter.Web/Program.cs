using CallCenter.Infrastructure;
using CallCenter.Web;
using CallCenter.Web.Commands;
using CallCenter.Web.Composition;
using Radzen;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCallCenterInfrastructure();
builder.Services.AddPortalHealth();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddRadzenComponents();
if (await PortalCommands.RunAsync(args, builder) is { } code)
{
    return code;
}

var app = builder.Build();
app.UseAntiforgery();
app.MapPortalHealth();
app.MapStaticAssets();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
await app.RunAsync();
return 0;
