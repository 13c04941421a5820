namespace CallCenter.Infrastructure.Devices;

/// <summary>How often GDMS is asked. No official limit is known, so a page open all day costs about two calls a minute.</summary>
internal sealed record DeviceRules
{
    public static readonly DeviceRules Default = new();

    /// <summary>A list that is older is read anew when somebody looks at it.</summary>
    public TimeSpan FreshFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Accounts of a device that are older are read anew in the background.</summary>
    public TimeSpan AccountsFreshFor { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Pause between two devices whose accounts are read in the background.</summary>
    public TimeSpan AccountPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>After a failure nothing is read by itself for so long.</summary>
    public TimeSpan FailurePause { get; init; } = TimeSpan.FromSeconds(30);
}
