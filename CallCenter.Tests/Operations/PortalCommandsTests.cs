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

    [Theory]
    [InlineData("Database:Provider", "Oracle", 3)]
    [InlineData("Database:CommandTimeout", "soon", 3)]
    [InlineData("Secrets:ActiveKey", "lost", 5)]
    [InlineData("Secrets:Keys:demo", "short", 5)]
    public async Task Check_WrongSetting_NamesItAndExitsWithItsCode(string key, string value, int code)
    {
        var settings = new PortalSettings("Host=127.0.0.1;Port=1;Username=nobody;Database=none", DemoState.Create().Key);
        settings.Configuration[key] = value;

        var check = await PortalProcess.RunVerbAsync(settings, ["check"]);
        var serve = await PortalProcess.RunVerbAsync(settings, []);

        Assert.Contains(key, check.Output, StringComparison.Ordinal);
        Assert.Contains(key, serve.Errors, StringComparison.Ordinal);
        Assert.Equal(code, serve.ExitCode);

        // The database comes before the key ring, and this one is away.
        Assert.Equal(code == 5 ? 4 : code, check.ExitCode);
    }

    [Fact]
    public async Task Migrate_UnreadableConnectionString_SaysSo()
    {
        var migrated = await PortalProcess.RunVerbAsync(new PortalSettings("no connection string", DemoState.Create().Key), ["migrate"]);

        Assert.Equal(4, migrated.ExitCode);
        Assert.DoesNotContain("Unhandled", migrated.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_KeyRingOfAnotherInstallation_RefusesToServe()
    {
        await using var database = await TestDatabase.CreateAsync();
        var settings = new PortalSettings(database.ConnectionString, DemoState.Create().Key);
        var folder = Directory.CreateTempSubdirectory("callcenter-keys-");
        await using (await PortalProcess.StartAsync(settings, LoopbackPorts.Free(), Path.Combine(folder.FullName, "portal.log")))
        {
            // The first start stores the key of its cookies.
        }

        folder.Delete(recursive: true);
        var other = new PortalSettings(database.ConnectionString, DemoState.Create().Key);
        var refused = await PortalProcess.RunVerbAsync(other, []);
        var check = await PortalProcess.RunVerbAsync(other, ["check"]);

        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("another value", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(5, check.ExitCode);
    }

    private static void AssertSucceeded(CommandResult result) => Assert.True(result.Succeeded, $"{result.ExitCode}: {result.Output}{result.Errors}");
}
