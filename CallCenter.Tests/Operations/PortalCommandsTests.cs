using CallCenter.Demo;
using CallCenter.Demo.Portal;
using CallCenter.Demo.Processes;
using CallCenter.Tests.Support;

namespace CallCenter.Tests.Operations;

/// <summary>The verbs as an operator's script meets them: a process, its exit code and what it prints.</summary>
public sealed class PortalCommandsTests
{
    [Theory]
    [InlineData()]
    [InlineData("migrate")]
    [InlineData("check")]
    public async Task Run_WithoutConnectionString_SaysWhatToSet(params string[] arguments)
    {
        var result = await PortalProcess.RunVerbAsync(new PortalSettings("", DemoState.Create().Key), arguments);

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("ConnectionStrings__CallCenter", result.Errors, StringComparison.Ordinal);
        Assert.Contains("dotnet run --project CallCenter.Demo", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownVerb_ShowsUsage()
    {
        var result = await PortalProcess.RunVerbAsync(new PortalSettings("", DemoState.Create().Key), ["mirgate"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("CallCenter.Web migrate", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DatabaseBehind_RefusesToServeUntilMigrated()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var settings = new PortalSettings(database.ConnectionString, DemoState.Create().Key);

        var refused = await PortalProcess.RunVerbAsync(settings, []);
        var migrated = await PortalProcess.RunVerbAsync(settings, ["migrate"]);
        var again = await PortalProcess.RunVerbAsync(settings, ["migrate"]);

        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("CallCenter.Web migrate", refused.Errors, StringComparison.Ordinal);
        AssertSucceeded(migrated);
        Assert.Contains("_Initial", migrated.Output, StringComparison.Ordinal);
        AssertSucceeded(again);
        Assert.Contains("up to date", again.Output, StringComparison.Ordinal);
    }

    private static void AssertSucceeded(CommandResult result) => Assert.True(result.Succeeded, $"{result.ExitCode}: {result.Output}{result.Errors}");
}
