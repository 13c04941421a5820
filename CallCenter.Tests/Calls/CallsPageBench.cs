using System.Globalization;
using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Softphone;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Calls;
using CallCenter.Web.Features.Tenants;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Calls;

/// <summary>The page of calls with everything around it substituted.</summary>
public abstract class CallsPageBench : BunitContext
{
    private protected static readonly DateTime Now = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);
    private protected static readonly Guid Sale = Guid.NewGuid();
    private protected static readonly Guid Ana = Guid.NewGuid();

    private protected ICallLog Log { get; } = Substitute.For<ICallLog>();
    private protected ICallSync Sync { get; } = Substitute.For<ICallSync>();

    private protected ISavedViews Views { get; } = Substitute.For<ISavedViews>();
    private protected ICallChoices Choices { get; } = Substitute.For<ICallChoices>();
    private protected IClients Clients { get; } = Substitute.For<IClients>();
    private protected ICallMarks Marks { get; } = Substitute.For<ICallMarks>();
    private protected IPhoneCalls Phones { get; } = Substitute.For<IPhoneCalls>();
    private protected IRawLegs RawRows { get; } = Substitute.For<IRawLegs>();
    private protected ScopeContext Scope { get; } = new();
    private protected CallRow Shown { get; } = new(
        Guid.NewGuid(), Now.AddMinutes(-2), CallDirection.Inbound, CallOutcome.Answered, "+353209100123", "Ana Demo", "+353209100100", "1001", "6500", 12, 187, true);

    private protected Func<Task> Changed { get; private set; } = () => Task.CompletedTask;

    protected CallsPageBench()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Sync.Subscribe(Arg.Do<Func<Task>>(changed => Changed = changed)).Returns(Substitute.For<IDisposable>());
        Status();
        Show(Shown);
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddSingleton(Log).AddSingleton(Sync).AddSingleton(Scope).AddSingleton<ITenantContext>(Scope);
        Services.AddSingleton<TimeProvider>(new ManualClock(new DateTimeOffset(Now)));
        Services.AddScoped<DisplayFormat>();
        Services.AddScoped<ErrorTexts>();
        Services.AddScoped<Pulse>();
        Services.AddScoped<Toasts>();
        var work = Substitute.For<ICallWork>();
        work.ReadAsync(Guid.Empty).ReturnsForAnyArgs((Result<CallWork>)CallErrors.NotFound);
        work.SuggestTagsAsync("").ReturnsForAnyArgs((Result<IReadOnlyList<CallTagRow>>)new[] { new CallTagRow("vip", "VIP") });
        var dispositions = Substitute.For<IDispositions>();
        dispositions.ListAsync().ReturnsForAnyArgs((Result<IReadOnlyList<DispositionRow>>)new[] { new DispositionRow(Sale, "Sale", "بيع", true, false, true, 0) });
        Services.AddSingleton(work).AddSingleton(dispositions);
        Kept(CallViews.None);
        Choices.ReadAsync().ReturnsForAnyArgs(new CallChoices([new NumberName("6500", "Support"), new NumberName("6501", "Sales")], [], [new NumberName("1001", "Nora Quinn")]));
        Clients.SearchAsync(ClientFilter.None).ReturnsForAnyArgs(new KeysetPage<ClientRow>([new ClientRow(Ana, "Ana Demo", "", [353209100123], [], null)], null, null, 1, 1));
        Clients.FindAsync(default).ReturnsForAnyArgs(ClientErrors.NotFound);
        Services.AddSingleton(Views).AddSingleton(Choices).AddSingleton(Clients).AddSingleton(Marks);
        Phones.ListOpenAsync(CallFilter.None).ReturnsForAnyArgs((Result<IReadOnlyList<PhoneCallRow>>)Array.Empty<PhoneCallRow>());
        Phones.ListOfCallAsync(default).ReturnsForAnyArgs((Result<IReadOnlyList<PhoneCallRow>>)Array.Empty<PhoneCallRow>());
        Services.AddSingleton(Phones);
        Services.AddSingleton(Substitute.For<IRecordingPauses>());
        var recordings = Substitute.For<IRecordings>();
        recordings.OfCallAsync(Arg.Any<Guid>(), Arg.Any<CancellationToken>())
            .Returns((Result<IReadOnlyList<RecordingRow>>)Array.Empty<RecordingRow>());
        Services.AddSingleton(recordings).AddSingleton(Substitute.For<IRecordingHolds>()).AddSingleton<Dialogs>();
        Services.AddScoped<CountryNames>();
        Services.AddSingleton(RawRows);
        Log.SumAsync(default!).ReturnsForAnyArgs(new CallSums(1, 187, 12, 1));
        Services.AddSingleton(Substitute.For<IExports>()).AddSingleton(Substitute.For<IExportWords>());
        Scope.SignIn(Guid.NewGuid(), "Mona", false, null);
    }

    private protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private protected static string[] Heads(IRenderedComponent<CallsPage> page) => [.. page.FindAll("thead th").Select(head => head.TextContent.Trim())];

    private protected IRenderedComponent<CallsPage> RenderPage(string query = "", TenantRole role = TenantRole.Owner)
    {
        Scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en"), role);
        Navigation.NavigateTo("demo/calls" + query);
        return Render<CallsPage>(parameters => parameters.Add(page => page.Slug, "demo"));
    }

    private protected void Kept(CallViews views) => Views.ListAsync().ReturnsForAnyArgs(views);

    private protected void Show(params CallRow[] rows) =>
        Log.SearchAsync(default!).ReturnsForAnyArgs(new KeysetPage<CallRow>(rows, null, null, rows.Length, 10_000));

    private protected void Status(Func<CallSyncStatus, CallSyncStatus>? change = null)
    {
        var status = new CallSyncStatus(true, null, Now, true, Now.AddMinutes(-3), null, null, 0, null, false, 0);
        Sync.GetStatusAsync(default).ReturnsForAnyArgs(change?.Invoke(status) ?? status);
    }

    private protected CallDetail Detail()
    {
        var leg = new CallLegRow(
            Shown.StartedAtUtc, null, Shown.StartedAtUtc.AddSeconds(12), 12, 0, LegDisposition.NoAnswer, LegAction.Queue, "6500",
            Shown.FromNumber, "1002", "", true, "Dial", false);
        return new CallDetail(
            Shown, Shown.StartedAtUtc.AddSeconds(12), Shown.StartedAtUtc.AddSeconds(199), 199, "ITSP-A", "", "1772463480.1",
            [leg, leg with { Action = LegAction.Dial, Disposition = LegDisposition.Answered, AnsweredBy = "1001", HasRecording = true }]);
    }
}
