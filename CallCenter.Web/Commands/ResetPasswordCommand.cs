using CallCenter.Core.Identity;

namespace CallCenter.Web.Commands;

/// <summary>The way out for accounts that no tenant may reset: of several tenants, or of platform administrators.</summary>
internal static class ResetPasswordCommand
{
    public static async Task<ExitCode> RunAsync(IServiceProvider services, string[] options)
    {
        if (new ConfigurationBuilder().AddCommandLine(options).Build()["user-name"] is not { Length: > 0 } name)
        {
            return PortalCommands.Complain("reset-password needs --user-name NAME.", ExitCode.Usage);
        }

        if (await ServeGuard.CheckAsync(services) is { } refused)
        {
            return refused;
        }

        var reset = await services.GetRequiredService<IAdministratorSetup>().ResetPasswordAsync(name);
        return reset.Error is { } error
            ? PortalCommands.Complain(error.Message, ExitCode.Failed)
            : PortalCommands.Say($"One-time password (it must be replaced at the next sign-in): {reset.Value.Reveal()}", ExitCode.Success);
    }
}
