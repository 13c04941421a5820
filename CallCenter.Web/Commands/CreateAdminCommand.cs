using CallCenter.Core.Identity;

namespace CallCenter.Web.Commands;

internal static class CreateAdminCommand
{
    public static async Task<ExitCode> RunAsync(IServiceProvider services, string[] options)
    {
        var given = new ConfigurationBuilder().AddCommandLine(options).Build();
        var form = new PersonForm
        {
            UserName = given["user-name"] ?? "",
            Email = given["email"] ?? "",
            DisplayName = given["name"] ?? given["user-name"] ?? "",
        };
        if (form.UserName.Length == 0 || form.Email.Length == 0)
        {
            return PortalCommands.Complain("create-admin needs --user-name NAME and --email ADDRESS.", ExitCode.Usage);
        }

        if (await ServeGuard.CheckAsync(services) is { } refused)
        {
            return refused;
        }

        var created = await services.GetRequiredService<IAdministratorSetup>().CreateAsync(form);
        return created.Error is { } error
            ? PortalCommands.Complain(error.Message, ExitCode.Failed)
            : PortalCommands.Say(
                $"""
                Platform administrator {created.Value.UserName} was made.
                One-time password (it must be replaced at the first sign-in): {created.Value.OneTimePassword.Reveal()}
                """,
                ExitCode.Success);
    }
}
