using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Extensions.Truth;

/// <summary>What is kept and read of the PBX's truth; section <c>Extensions:Truth</c>.</summary>
internal sealed class TruthOptions
{
    public const string Section = "Extensions:Truth";

    /// <summary>How long the history of registrations is kept.</summary>
    public TimeSpan History { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Every managed extension is read whole about this often.</summary>
    public TimeSpan CompareEvery { get; set; } = TimeSpan.FromDays(1);
}

internal sealed class TruthOptionsValidator : IValidateOptions<TruthOptions>
{
    public ValidateOptionsResult Validate(string? name, TruthOptions options)
    {
        var wrong = new List<string>();
        if (options.History < TimeSpan.FromDays(1) || options.History > TimeSpan.FromDays(3650))
        {
            wrong.Add($"{TruthOptions.Section}:{nameof(TruthOptions.History)} is '{options.History}'; it must be 1.00:00:00 to 3650.00:00:00.");
        }

        if (options.CompareEvery < TimeSpan.FromMinutes(5) || options.CompareEvery > TimeSpan.FromDays(30))
        {
            wrong.Add($"{TruthOptions.Section}:{nameof(TruthOptions.CompareEvery)} is '{options.CompareEvery}'; it must be 00:05:00 to 30.00:00:00.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
