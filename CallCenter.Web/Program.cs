using CallCenter.Infrastructure;
using CallCenter.Web.Commands;
using CallCenter.Web.Composition;

var builder = PortalHost.CreateBuilder(args);
builder.Services.AddCallCenterInfrastructure();
builder.Services.AddPortalHealth();
builder.Services.AddPortalProxy();
if (await PortalCommands.RunAsync(args, builder) is { } code)
{
    return code;
}

builder.AddPortalLogging();
builder.Services.AddPortalAccess();
builder.Services.AddPortalLocalization();
builder.Services.AddPortalPages();

var app = builder.Build();
app.UsePortalProxy();
app.UsePortalDiagnostics();
app.UsePortalSecurityHeaders();
app.UsePortalErrorPages();
app.UsePortalLocalization();
app.UsePortalAccess();
app.MapPortalHealth();
app.MapPortalPreferences();
app.MapPortalAccount();
app.MapPortalClients();
app.MapPortalCdrPush();
app.MapPortalRecordingPauses();
app.MapPortalExports();
app.MapPortalRecordings();
app.MapPortalPhone();
app.MapPortalPages();
return await PortalHost.ServeAsync(app);
