using CallCenter.Core.Security;

namespace CallCenter.Web.Commands;

/// <summary>Second half of a key rotation: after it, the old key may leave Secrets:Keys.</summary>
internal static class ReprotectCommand
{
    public static async Task<ExitCode> RunAsync(IServiceProvider services)
    {
        if (await ServeGuard.CheckAsync(services) is { } refused)
        {
            return refused;
        }

        var report = await services.GetRequiredService<ISecretMaintenance>().ReprotectAsync();
        var text = $"{report.Total} stored secrets: {report.Reprotected} encrypted anew, {report.Current} were current, {report.Unreadable} cannot be read.";
        return report.Unreadable == 0
            ? PortalCommands.Say(text, ExitCode.Success)
            : PortalCommands.Complain($"{text} Keys missing: {string.Join(", ", report.MissingKeyIds)}", ExitCode.KeyRing);
    }
}
