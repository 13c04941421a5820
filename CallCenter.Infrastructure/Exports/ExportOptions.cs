using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Exports;

/// <summary>Where exports lie and how they are made; section <c>Exports</c>.</summary>
internal sealed class ExportOptions
{
    public const string Section = "Exports";

    /// <summary>Folder of the files, the same for all nodes and outside of what is served; relative to the working directory.</summary>
    public string Folder { get; set; } = "exports";

    /// <summary>Until a file is deleted.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Until the row of an export without a file is deleted too.</summary>
    public TimeSpan KeepRowFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Exports that a node makes at once; at most all but one of them for one tenant.</summary>
    public int Parallel { get; set; } = 2;

    /// <summary>Exports of one person that may wait.</summary>
    public int MaxWaiting { get; set; } = 20;

    /// <summary>Rows of a page to print.</summary>
    public int PrintRows { get; set; } = 5_000;

    /// <summary>How long a node that died keeps others from beginning anew.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often progress is stored and rights are asked again.</summary>
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(1);
}

internal sealed class ExportOptionsValidator : IValidateOptions<ExportOptions>
{
    public ValidateOptionsResult Validate(string? name, ExportOptions options)
    {
        var wrong = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Folder))
        {
            wrong.Add($"{ExportOptions.Section}:{nameof(ExportOptions.Folder)} is empty; it must name a folder.");
        }

        Check(options.KeepFor, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365), nameof(ExportOptions.KeepFor));
        Check(options.KeepRowFor, TimeSpan.FromDays(1), TimeSpan.FromDays(3650), nameof(ExportOptions.KeepRowFor));
        Check(options.LeaseDuration, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10), nameof(ExportOptions.LeaseDuration));
        Check(options.ProgressInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), nameof(ExportOptions.ProgressInterval));
        CheckNumber(options.Parallel, 1, 32, nameof(ExportOptions.Parallel));
        CheckNumber(options.MaxWaiting, 1, 1_000, nameof(ExportOptions.MaxWaiting));
        CheckNumber(options.PrintRows, 1, 100_000, nameof(ExportOptions.PrintRows));
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Check(TimeSpan value, TimeSpan least, TimeSpan most, string key)
        {
            if (value < least || value > most)
            {
                wrong.Add($"{ExportOptions.Section}:{key} is '{value}'; it must be {least} to {most}.");
            }
        }

        void CheckNumber(int value, int least, int most, string key)
        {
            if (value < least || value > most)
            {
                wrong.Add($"{ExportOptions.Section}:{key} is {value}; it must be {least} to {most}.");
            }
        }
    }
}
