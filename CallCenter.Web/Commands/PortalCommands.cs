using CallCenter.Infrastructure.Persistence;
using Microsoft.Extensions.Options;

namespace CallCenter.Web.Commands;

/// <summary>The portal's command line: verbs for operators, and the checks before it serves.</summary>
internal static class PortalCommands
{
    private const string Usage = """
        CallCenter.Web                 serve the portal
        CallCenter.Web migrate         bring the database to this version
        CallCenter.Web create-admin --user-name NAME --email ADDRESS [--name "DISPLAY NAME"] [--password-stdin]
                                       make a platform administrator; print a one-time password, or take the password from
                                       the first line of the standard input
        CallCenter.Web reset-password --user-name NAME
                                       give any account a one-time password and switch off its second factor
        CallCenter.Web reprotect       encrypt every stored secret anew under Secrets:ActiveKey
        CallCenter.Web check           test configuration, database, key ring and time

        Settings come from appsettings.json, appsettings.{Environment}.json and the environment; see docs/operations.md.
        Exit codes: 0 done, 1 failed, 2 wrong usage, 3 configuration, 4 database, 5 key ring, 6 time.
        """;

    /// <summary>The verb that the arguments ask for; null to serve. Options of the host begin with two hyphens.</summary>
    public static string? VerbOf(string[] args) => args is [var first, ..] && (!first.StartsWith('-') || first is "-h" or "--help") ? first : null;

    /// <summary>Runs a verb, or checks that the portal may serve.</summary>
    /// <returns>Code to exit with; null when the portal may serve.</returns>
    public static async Task<int?> RunAsync(string[] args, WebApplicationBuilder builder)
    {
        var verb = VerbOf(args);
        var code = verb switch
        {
            "help" or "--help" or "-h" => Say(Usage, ExitCode.Success),
            null or "migrate" or "create-admin" or "reset-password" or "reprotect" or "check" => MissingConnectionString(builder.Configuration),
            _ => Complain($"Unknown verb {verb}.\n\n{Usage}", ExitCode.Usage),
        };
        if (code is not null)
        {
            return (int)code;
        }

        // What is said here is for people and scripts; the log has no place in it, and the portal's own comes later.
        builder.Logging.ClearProviders();
        if (verb is not null)
        {
            builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            builder.Logging.SetMinimumLevel(LogLevel.Warning);

            // The verbs say in their own words that a database is away.
            builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        }

        try
        {
            // Of its own, without the host: verbs start no jobs and open no port.
            await using var services = builder.Services.BuildServiceProvider();
            await using var scope = services.CreateAsyncScope();
            code = verb switch
            {
                "migrate" => await MigrateCommand.RunAsync(scope.ServiceProvider),
                "create-admin" => await CreateAdminCommand.RunAsync(scope.ServiceProvider, args[1..], Console.In),
                "reset-password" => await ResetPasswordCommand.RunAsync(scope.ServiceProvider, args[1..]),
                "reprotect" => await ReprotectCommand.RunAsync(scope.ServiceProvider),
                "check" => await CheckCommand.RunAsync(scope.ServiceProvider),
                _ => WrongSettings(scope.ServiceProvider)
                    ?? await ServeGuard.CheckAsync(scope.ServiceProvider)
                    ?? await ServeGuard.CheckKeyRingAsync(scope.ServiceProvider),
            };
        }
        catch (OptionsValidationException exception)
        {
            code = Wrong([.. exception.Failures]);
        }
        catch (InvalidOperationException exception) when (exception.InnerException is FormatException)
        {
            // The binder's words for a value that is no number, span or known name.
            code = Wrong([exception.Message]);
        }

        return (int?)code;
    }

    public static ExitCode Say(string text, ExitCode code)
    {
        Console.Out.WriteLine(text);
        return code;
    }

    public static ExitCode Complain(string text, ExitCode code)
    {
        Console.Error.WriteLine(text);
        return code;
    }

    private static ExitCode? WrongSettings(IServiceProvider services) =>
        SettingsCheck.Problems(services) is { Count: > 0 } problems ? Wrong(problems) : null;

    private static ExitCode Wrong(IReadOnlyList<string> problems) => Complain(
        string.Join('\n', problems), problems.All(SettingsCheck.IsOfKeyRing) ? ExitCode.KeyRing : ExitCode.Configuration);

    private static ExitCode? MissingConnectionString(ConfigurationManager configuration) =>
        string.IsNullOrWhiteSpace(configuration.GetConnectionString(PersistenceServiceCollectionExtensions.ConnectionStringName))
            ? Complain(
                """
                ConnectionStrings:CallCenter is not set, so there is no database to work on and nothing was started.
                Set it together with Database:Provider (SqlServer or PostgreSQL), in appsettings.Development.json (see
                appsettings.Development.json.example) or as ConnectionStrings__CallCenter and Database__Provider in the environment.
                To look around without a database of your own, run the demo: dotnet run --project CallCenter.Demo
                """,
                ExitCode.Configuration)
            : null;
}
