using Microsoft.Extensions.Options;

namespace CallCenter.Web.Commands;

/// <summary>Runs every validator that the start would run, so that a wrong setting is told in a line and not as a stack trace.</summary>
internal static class SettingsCheck
{
    /// <returns>What is wrong, one setting a line, without values of secrets; empty when nothing is.</returns>
    public static IReadOnlyList<string> Problems(IServiceProvider services) => [.. Find(services).Distinct(StringComparer.Ordinal)];

    /// <summary>The key ring has an exit code and a line of its own.</summary>
    public static bool IsOfKeyRing(string problem) => problem.StartsWith("Secrets:", StringComparison.Ordinal);

    private static IReadOnlyList<string> Find(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException or InvalidOperationException))
        {
            return [.. exception.InnerExceptions.SelectMany(inner => inner is OptionsValidationException wrong ? wrong.Failures : [inner.Message])];
        }
        catch (InvalidOperationException exception)
        {
            // The binder's words for a value that is no number, span or known name; they hold the key and the value.
            return [exception.Message];
        }
    }
}
