using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Extensions.Following;

/// <summary>How the PBX is made to follow; section <c>Extensions</c>. The defaults fit real devices.</summary>
internal sealed class FollowOptions
{
    public const string Section = "Extensions";

    /// <summary>Rows read at once.</summary>
    public int BatchSize { get; set; } = 20;

    /// <summary>Quiet time after the last write before changes are applied, so that acts in quick succession share one applying.</summary>
    public TimeSpan GatherWindow { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Changes are applied after this even while more are being written.</summary>
    public TimeSpan LongestGather { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Least time from one applying to the next; a UCM wants 15 s.</summary>
    public TimeSpan ApplySpacing { get; set; } = TimeSpan.FromSeconds(16);

    /// <summary>Pause after the PBX refused to apply because of a conference or another task.</summary>
    public TimeSpan BusyPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Pause after the first failure; doubles each time.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(2);

    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a list of the PBX's numbers counts.</summary>
    public TimeSpan NumberListLife { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a node with open pages looks whether another node changed something.</summary>
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The pause after so many failures in a row.</summary>
    public TimeSpan PauseAfter(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(failures - 1, 0, 20));
        return pause > LongestPause ? LongestPause : pause;
    }
}

internal sealed class FollowOptionsValidator : IValidateOptions<FollowOptions>
{
    public ValidateOptionsResult Validate(string? name, FollowOptions options)
    {
        (string Name, TimeSpan Value)[] times =
        [
            (nameof(FollowOptions.GatherWindow), options.GatherWindow), (nameof(FollowOptions.LongestGather), options.LongestGather),
            (nameof(FollowOptions.ApplySpacing), options.ApplySpacing), (nameof(FollowOptions.BusyPause), options.BusyPause),
            (nameof(FollowOptions.FirstPause), options.FirstPause), (nameof(FollowOptions.LongestPause), options.LongestPause),
            (nameof(FollowOptions.NumberListLife), options.NumberListLife), (nameof(FollowOptions.WatchInterval), options.WatchInterval),
        ];
        var wrong = times.Where(t => t.Value <= TimeSpan.Zero || t.Value > TimeSpan.FromHours(1))
            .Select(t => $"{FollowOptions.Section}:{t.Name} is '{t.Value}'; it must be more than 00:00:00 and at most 01:00:00.")
            .ToList();
        if (options.BatchSize is < 1 or > 500)
        {
            wrong.Add($"{FollowOptions.Section}:{nameof(FollowOptions.BatchSize)} is {options.BatchSize}; it must be 1 to 500.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
