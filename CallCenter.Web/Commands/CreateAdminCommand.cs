using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;

namespace CallCenter.Web.Commands;

internal static class CreateAdminCommand
{
    private const string PasswordFlag = "--password-stdin";

    public static async Task<ExitCode> RunAsync(IServiceProvider services, string[] options, TextReader input)
    {
        var given = new ConfigurationBuilder().AddCommandLine([.. options.Where(option => option != PasswordFlag)]).Build();
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

        var setup = services.GetRequiredService<IAdministratorSetup>();
        if (!options.Contains(PasswordFlag))
        {
            var created = await setup.CreateAsync(form);
            return created.Error is { } error
                ? PortalCommands.Complain(error.Message, ExitCode.Failed)
                : PortalCommands.Say(
                    $"""
                    Platform administrator {created.Value.UserName} was made.
                    One-time password (it must be replaced at the first sign-in): {created.Value.OneTimePassword.Reveal()}
                    """,
                    ExitCode.Success);
        }

        if (await input.ReadLineAsync() is not { Length: > 0 } password)
        {
            return PortalCommands.Complain("The standard input holds no password.", ExitCode.Usage);
        }

        var made = await setup.CreateAsync(form, new Secret(password));
        return made.Error is { } failure
            ? PortalCommands.Complain(failure.Message, ExitCode.Failed)
            : PortalCommands.Say($"Platform administrator {made.Value.UserName} was made.", ExitCode.Success);
    }
}
