using Bunit;
using CallCenter.Core.Devices;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Extensions;
using CallCenter.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Extensions;

/// <summary>The page of extensions upon substitutes of its services, which answer well until a test says otherwise.</summary>
public abstract class ExtensionPageContext : PortalContext
{
    protected ExtensionPageContext()
    {
        Extensions.Subscribe(Arg.Do<Func<Task>>(changed => Changed = changed)).Returns(Substitute.For<IDisposable>());
        Extensions.GetQueueAsync().ReturnsForAnyArgs(new ExtensionQueueStatus(0, 0, null, null, []));
        Extensions.SuggestNumberAsync().ReturnsForAnyArgs("1007");
        Extensions.FindUsersAsync("", null).ReturnsForAnyArgs(Found());
        Connections.Subscribe(default!).ReturnsForAnyArgs(Substitute.For<IDisposable>());
        Connect(ConnectionState.Connected);
        Services.AddSingleton(Extensions).AddSingleton(Comparison).AddSingleton(Connections).AddSingleton(Devices);
        Devices.Subscribe(default!).ReturnsForAnyArgs(Substitute.For<IDisposable>());
        HaveDevices();
        Show(Row());
    }

    protected IExtensions Extensions { get; } = Substitute.For<IExtensions>();

    protected IExtensionComparison Comparison { get; } = Substitute.For<IExtensionComparison>();

    protected IConnectionStatusFeed Connections { get; } = Substitute.For<IConnectionStatusFeed>();

    protected IDevices Devices { get; } = Substitute.For<IDevices>();

    /// <summary>What the page gave to <see cref="IExtensions.Subscribe"/>.</summary>
    protected Func<Task> Changed { get; private set; } = () => Task.CompletedTask;

    protected Dialogs Dialogs => Services.GetRequiredService<Dialogs>();

    protected Toasts Toasts => Services.GetRequiredService<Toasts>();

    protected static ExtensionRow Row(string number = "1005", string name = "Aoife Brennan") => new(
        Guid.NewGuid(), number, name, null, null, "SIP(WebRTC)", true, true, ExtensionState.Active, ExtensionOperation.None, ExtensionStep.None, null, [], null,
        ExtensionOrigin.Portal, 0, null, LineStatus.Idle, Now.AddHours(-2), "192.0.2.10:5060", "GRP2614", false, false, Now.AddMinutes(-1), null, 3);

    protected static ExtensionDetail DetailOf(ExtensionRow row, ExtensionProfile? wanted = null) =>
        new(row, wanted ?? new ExtensionProfile { Name = row.Name, Enabled = row.Enabled }, null, null, Now.AddDays(-30), Now.AddDays(-40), "Nora Quinn", []);

    protected static ExtensionRow FailedRow(ExtensionOperation operation, params string[] hints) => Row() with
    {
        State = ExtensionState.Failed,
        Operation = operation,
        ErrorCode = ExtensionErrors.RefusedByPbx.Code,
        ErrorHints = hints,
    };

    protected static Result<IReadOnlyList<ExtensionUser>> Found(params ExtensionUser[] people) => people;

    /// <summary>The devices in GDMS that carry the number asked for.</summary>
    protected void HaveDevices(params ExtensionDevice[] devices) =>
        Devices.FindDevicesOfAsync([]).ReturnsForAnyArgs((Result<IReadOnlyList<ExtensionDevice>>)devices);

    protected void Connect(ConnectionState state) =>
        Connections.GetAsync().ReturnsForAnyArgs(new ConnectionStatus(state, Now, Now, Now, null, null, 0, null));

    protected void Show(params ExtensionRow[] rows) => Show(rows, rows.Length);

    protected void Show(ExtensionRow[] rows, int total, DateTime? readAtUtc = null)
    {
        Extensions.ListAsync(default!).ReturnsForAnyArgs(new ExtensionPage(rows, 1, total, rows.Count(row => row.Status > LineStatus.Offline), total, readAtUtc ?? Now.AddSeconds(-8)));
        foreach (var row in rows)
        {
            Extensions.GetAsync(row.Id, Arg.Any<CancellationToken>()).Returns(DetailOf(row));
        }
    }

    protected IRenderedComponent<ExtensionsPage> Open(string rest = "", TenantRole role = TenantRole.Admin)
    {
        EnterAs(role);
        Navigation.NavigateTo($"riyadh/extensions{rest}");
        return Render<ExtensionsPage>(parameters => parameters.Add(page => page.Slug, "riyadh"));
    }

    /// <summary>Presses the button of that text, in the drawer first.</summary>
    protected static AngleSharp.Dom.IElement Button(IRenderedComponent<ExtensionsPage> page, string text) =>
        page.FindAll("dialog button, main button, button").First(button => button.TextContent.Trim() == text);

    /// <summary>Presses a button that asks first, and answers.</summary>
    protected async Task<ConfirmRequest> PressAndAnswerAsync(IRenderedComponent<ExtensionsPage> page, string text, bool answer)
    {
        var click = Button(page, text).ClickAsync();
        page.WaitForState(() => Dialogs.Current is not null);
        var asked = Dialogs.Current!;
        Dialogs.Answer(answer);
        await click;
        return asked;
    }
}
