using Bunit;
using CallCenter.Core.Devices;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Devices;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Devices;

public sealed class DevicesPageTests : PortalContext
{
    private static readonly GdmsSite Hq = new(11, "HQ");

    private readonly IDevices _devices = Substitute.For<IDevices>();
    private readonly IDeviceTasks _tasks = Substitute.For<IDeviceTasks>();
    private readonly DeviceRow _front = Row("AABBCC000001", "Front desk", GdmsDeviceStatus.Online, LineStatus.InUse);
    private readonly DeviceRow _back = Row("AABBCC000002", "Back office", GdmsDeviceStatus.Offline, LineStatus.Offline);
    private readonly DeviceRow _pbx = Row("C074AD001122", "PBX", GdmsDeviceStatus.Online, null) with { IsPbx = true };

    public DevicesPageTests()
    {
        Services.AddSingleton(_devices).AddSingleton(_tasks);
        _devices.GetAsync().ReturnsForAnyArgs(Listed(_front, _back, _pbx));
        _devices.FindAsync("").ReturnsForAnyArgs(call => new DeviceDetail(_front, null, "", false, []));
        _tasks.ListAsync().ReturnsForAnyArgs(Result(Array.Empty<DeviceTaskRow>()));
        _tasks.PreviewAsync(default, []).ReturnsForAnyArgs(new DeviceTaskPreview(
            DeviceTaskKind.FactoryReset, [new(_front, null), new(_back, null), new(_pbx, DeviceErrors.IsPbx)], Now));
    }

    [Fact]
    public void Load_NoGdms_LeadsToTheSettings()
    {
        EnterAs(TenantRole.Admin);
        _devices.GetAsync().ReturnsForAnyArgs(SettingsErrors.GdmsNotConfigured);

        var page = Open();

        Assert.EndsWith("/settings/call-center", page.Find(".empty a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public void Load_Failed_SaysWhatToDoAndTriesAgain()
    {
        EnterAs(TenantRole.Admin);
        _devices.GetAsync().ReturnsForAnyArgs(GdmsErrors.SignatureRejected);

        var page = Open();

        Assert.Contains("clock", page.Find(".failed-advice").TextContent, StringComparison.Ordinal);
        _devices.GetAsync().ReturnsForAnyArgs(Listed(_front));
        page.Find("[role=alert] button").Click();
        Assert.Single(page.FindAll("tbody tr"));
    }

    [Fact]
    public void Filters_InTheAddress_NarrowTheList()
    {
        EnterAs(TenantRole.Admin);
        Navigation.NavigateTo("/riyadh/devices?state=Offline");

        Assert.Contains("Back office", Assert.Single(Open().FindAll("tbody tr")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_NothingMatches_OffersToShowAll()
    {
        EnterAs(TenantRole.Admin);
        Navigation.NavigateTo("/riyadh/devices?q=zzz");
        var page = Open();

        Assert.Equal("No device matches", page.Find(".empty h2").TextContent);
        page.Find(".empty button").Click();
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("tbody tr").Count));
    }

    [Fact]
    public void Waiting_IsSaidInSeconds()
    {
        EnterAs(TenantRole.Admin);
        var listed = Listed(_front).Value;
        _devices.GetAsync().ReturnsForAnyArgs(listed with { Refresh = listed.Refresh with { WaitingUntilUtc = Now.AddSeconds(12), Error = GdmsErrors.Throttled } });

        var page = Open();

        Assert.Contains("GDMS asks to wait, 0:12", page.Find(".sync-line").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".notice"));
    }

    [Fact]
    public void Incomplete_IsSaidAboveTheList()
    {
        EnterAs(TenantRole.Admin);
        _devices.GetAsync().ReturnsForAnyArgs(Listed(_front).Value with { IsComplete = false });

        Assert.Contains("part of the list", Open().Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Supervisor_SeesEverythingAndActsOnNothing()
    {
        EnterAs(TenantRole.Supervisor);

        var page = Open();

        Assert.Equal(3, page.FindAll("tbody tr").Count);
        Assert.Empty(page.FindAll("input[type=checkbox], .page-actions .btn-primary"));
    }

    [Fact]
    public void Reset_Confirmed_SendsWhatThePreviewIncluded()
    {
        EnterAs(TenantRole.Admin);
        _tasks.StartAsync(default!).ReturnsForAnyArgs(DeviceErrors.NotConfirmed);
        var page = Open();
        foreach (var index in new[] { 0, 1 })
        {
            page.FindAll("tbody input[type=checkbox]")[index].Click();
        }

        page.FindAll(".device-bulk button")[1].Click();
        var dialog = page.Find("dialog.modal[data-open]");
        Assert.Contains("take part: 2 of 3", dialog.TextContent, StringComparison.Ordinal);
        Assert.Contains("will end: 1", dialog.TextContent, StringComparison.Ordinal);
        Assert.Contains("before they are back: 1", dialog.TextContent, StringComparison.Ordinal);
        page.Find("#task-confirm").Input("3");
        page.Find("dialog.modal[data-open] form").Submit();

        page.WaitForAssertion(() => Assert.NotNull(page.Find("#task-confirm-error")));
        _tasks.Received(1).StartAsync(Arg.Is<DeviceTaskOrder>(order => order.Macs.SequenceEqual(new[] { "AABBCC000001", "AABBCC000002" }) && order.Confirmation == "3"));
    }

    [Fact]
    public void Selection_ThePbx_CannotBeChosen()
    {
        EnterAs(TenantRole.Admin);
        var page = Open();

        page.Find("thead input[type=checkbox]").Click();

        Assert.Contains("Chosen: 2", page.Find(".device-bulk").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_WrongLines_AreNamedAndNothingIsSent()
    {
        EnterAs(TenantRole.Admin);
        var page = Open();
        page.Find(".page-actions .btn-primary").Click();

        page.Find("#add-devices").Input("AABBCC000009 20ABC0001\nnonsense");

        Assert.Contains("Line 2:", page.Find("dialog[data-open] .device-items").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("dialog[data-open] button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public void Task_InDoubt_SaysThatItWasNotSentAgain()
    {
        EnterAs(TenantRole.Admin);
        var id = Guid.NewGuid();
        var row = new DeviceTaskRow(
            id, DeviceTaskKind.Reboot, DeviceTaskState.Following, Now, "Ada", null, Now, null, true, null, 1, new Dictionary<DeviceItemState, int> { [DeviceItemState.Away] = 1 });
        _tasks.ListAsync().ReturnsForAnyArgs(Result(new[] { row }));
        _tasks.GetAsync(id).ReturnsForAnyArgs(new DeviceTaskDetail(
            row, [new(id, row.Kind, Now, "AABBCC000001", "Front desk", "GRP2615", DeviceItemState.Away, GdmsDeviceStatus.Online, Now, null, Now, null, "")]));
        Navigation.NavigateTo($"/riyadh/devices?view=tasks&task={id:D}");

        var page = Open();

        page.WaitForAssertion(() => Assert.Contains("not sent again", page.Find("dialog.drawer[data-open]").TextContent, StringComparison.Ordinal));
        Assert.Contains("Offline now: 1", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void ExtensionDevices_OfANumber_LinkToTheDevice()
    {
        EnterAs(TenantRole.Supervisor);
        _devices.FindDevicesOfAsync(default!).ReturnsForAnyArgs(
            Result(new[] { new ExtensionDevice("1001", "AABBCC000001", "Front desk", "GRP2615", GdmsDeviceStatus.Online, "HQ", true, Now) }));

        var part = Render<ExtensionDevices>(parameters => parameters.Add(p => p.Number, "1001"));

        Assert.Equal("riyadh/devices/AABBCC000001", part.Find("a").GetAttribute("href"));
    }

    [Fact]
    public void ExtensionDevices_NoGdms_SaysNothing()
    {
        EnterAs(TenantRole.Supervisor);
        _devices.FindDevicesOfAsync(default!).ReturnsForAnyArgs(SettingsErrors.GdmsNotConfigured);

        Assert.Empty(Render<ExtensionDevices>(parameters => parameters.Add(p => p.Number, "1001")).Markup.Trim());
    }

    private static Result<IReadOnlyList<T>> Result<T>(T[] items) => items;

    private static Result<DeviceOverview> Listed(params DeviceRow[] rows) =>
        new DeviceOverview(rows, [Hq], "Here", 1, Now, true, new DeviceRefresh(false, null, null, null, 0));

    private static DeviceRow Row(string mac, string name, GdmsDeviceStatus status, LineStatus? line) => new(
        new GdmsDevice(mac, "20X", name, "GRP2615", status, null, "1.0.5.44", Hq.Id, Hq.Name),
        false,
        line is { } known ? [new DeviceAccount("1001", true, new DeviceExtension(Guid.NewGuid(), "1001", "Mona", null, known, null))] : [],
        null);

    private IRenderedComponent<DevicesPage> Open() => Render<DevicesPage>(parameters => parameters.Add(page => page.Slug, "riyadh"));
}
