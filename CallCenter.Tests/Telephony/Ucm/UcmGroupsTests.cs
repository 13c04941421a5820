using CallCenter.Core.Groups;
using CallCenter.Infrastructure.Telephony.Ucm;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Telephony.Ucm.Accounts;

namespace CallCenter.Tests.Telephony.Ucm;

public sealed class UcmGroupsTests
{
    [Fact]
    public async Task ListAsync_EveryPermission_GivesNamesAndMembersOfTheThree()
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync(calls: SamplePbx.Dublin(new DateOnly(2026, 10, 1)));

        var list = (await new UcmGroups(ucm.Gateway).ListAsync(ucm.Endpoint)).Value;

        var sales = list.Groups.Single(group => group is { Kind: PbxGroupKind.Queue, Number: "6500" });
        Assert.Equal("Sales", sales.Name);
        Assert.Equal(["1001", "1002", "1003", "1004", "1005", "1006"], sales.Members);
        Assert.Equal("Front desk", list.Groups.Single(group => group.Kind == PbxGroupKind.RingGroup).Name);
        Assert.Equal("7000", list.Groups.Single(group => group.Kind == PbxGroupKind.Ivr).Number);
        Assert.Equal(3, list.Read.Count);
    }

    [Fact]
    public async Task ListAsync_RingGroupsNotPermitted_ReadsTheOthers()
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync(
            permissions: UcmPermissions.AllBut(UcmPermissions.RingGroups), calls: SamplePbx.Dublin(new DateOnly(2026, 10, 1)));

        var list = (await new UcmGroups(ucm.Gateway).ListAsync(ucm.Endpoint)).Value;

        Assert.Equal([PbxGroupKind.Queue, PbxGroupKind.Ivr], list.Read.Order());
        Assert.Contains(list.Groups, group => group.Number == "6501");
    }

    [Fact]
    public async Task ListAsync_NothingPermitted_SaysWhy()
    {
        await using var ucm = await UcmExtensionsHarness.StartAsync(
            permissions: UcmPermissions.AllBut(UcmPermissions.RingGroups, UcmPermissions.Queues, UcmPermissions.Ivr), calls: SamplePbx.Dublin(new DateOnly(2026, 10, 1)));

        Assert.NotNull((await new UcmGroups(ucm.Gateway).ListAsync(ucm.Endpoint)).Error);
    }
}
