using CallCenter.Tests.Identity;
using CallCenter.Web.Commands;

namespace CallCenter.Tests.Operations;

public sealed class AdminCommandTests : IAsyncLifetime
{
    private static readonly string[] Nora = ["--user-name", "nora", "--email", "nora@example.com"];
    private IdentityFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await IdentityFixture.CreateAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task CreateAdmin_PasswordOnStandardInput_SignsInWithIt()
    {
        var code = await CreateAsync([.. Nora, "--password-stdin"], $"{IdentityFixture.GoodPassword}\n");

        Assert.Equal(ExitCode.Success, code);
        var user = (await _fixture.SignInAsync("nora")).Value.User;
        Assert.True(user.IsPlatformAdministrator);
        Assert.False(user.MustChangePassword);
    }

    [Fact]
    public async Task CreateAdmin_Twice_IsRefused()
    {
        Assert.Equal(ExitCode.Success, await CreateAsync(Nora, ""));
        Assert.Equal(ExitCode.Failed, await CreateAsync(Nora, ""));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    public async Task CreateAdmin_BadPassword_IsRefused(string password) =>
        Assert.Equal(ExitCode.Failed, await CreateAsync([.. Nora, "--password-stdin"], password));

    [Fact]
    public async Task CreateAdmin_NoNameOrNoPassword_IsWrongUsage()
    {
        Assert.Equal(ExitCode.Usage, await CreateAsync(["--email", "nora@example.com"], ""));
        Assert.Equal(ExitCode.Usage, await CreateAsync([.. Nora, "--password-stdin"], ""));
    }

    [Fact]
    public async Task ResetPassword_KnownAndUnknownName_AnswerSo()
    {
        await CreateAsync([.. Nora, "--password-stdin"], IdentityFixture.GoodPassword);
        await using var scope = _fixture.Anonymous();

        Assert.Equal(ExitCode.Failed, await ResetPasswordCommand.RunAsync(scope.ServiceProvider, ["--user-name", "nobody"]));
        Assert.Equal(ExitCode.Usage, await ResetPasswordCommand.RunAsync(scope.ServiceProvider, []));
        Assert.Equal(ExitCode.Success, await ResetPasswordCommand.RunAsync(scope.ServiceProvider, ["--user-name", "nora"]));
        Assert.False((await _fixture.SignInAsync("nora")).Succeeded);
    }

    private async Task<ExitCode> CreateAsync(string[] options, string input)
    {
        await using var scope = _fixture.Anonymous();
        return await CreateAdminCommand.RunAsync(scope.ServiceProvider, options, new StringReader(input));
    }
}
