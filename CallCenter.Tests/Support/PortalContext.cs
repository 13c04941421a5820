using System.Globalization;
using Bunit;
using CallCenter.Core.Exports;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Features.Audit;
using CallCenter.Web.Features.Dashboard;
using CallCenter.Web.Features.Exports;
using CallCenter.Web.Features.Extensions;
using CallCenter.Web.Features.Tenants;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Support;

/// <summary>What every component of the portal finds in its circuit: texts, clock, caller, dialogs and toasts.</summary>
public abstract class PortalContext : BunitContext
{
    protected static readonly DateTime Now = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);
    protected static readonly TenantInfo Riyadh = new(Guid.NewGuid(), "riyadh", "Riyadh", "Asia/Riyadh", "SA", "ar");

    protected PortalContext()
    {
        Language("en");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(new ManualClock(new DateTimeOffset(Now)));
        Services.AddSingleton(Scope).AddSingleton<ITenantContext>(Scope).AddSingleton<ICaller>(Scope);
        Services.AddScoped<DisplayFormat>();
        Services.AddScoped<ErrorTexts>();
        Services.AddScoped<Dialogs>();
        Services.AddScoped<Toasts>();
        Services.AddScoped<Pulse>();
        Services.AddScoped<AuditWords>();
        Services.AddScoped<CountryNames>();
        Services.AddScoped<ExtensionTexts>();
        Services.AddScoped<FigureWords>();
        Services.AddSingleton(Substitute.For<IExports>());
        Services.AddSingleton<IExportWords, ExportWords>();
    }

    protected ScopeContext Scope { get; } = new();

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    protected static void Language(string code) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.All.Single(language => language.Name == code);

    protected void EnterAs(TenantRole role)
    {
        Scope.SignIn(Guid.NewGuid(), "Mona Salem", false, null);
        Scope.EnterTenant(Riyadh, role);
    }
}
