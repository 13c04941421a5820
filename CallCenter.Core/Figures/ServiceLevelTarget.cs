using CallCenter.Core.Groups;

namespace CallCenter.Core.Figures;

/// <summary>What a queue wants: so many percent of its calls taken within so many seconds, and how abandoned ones count.</summary>
/// <param name="Seconds">T; one of <see cref="WaitBounds.Targets"/>.</param>
/// <param name="Percent">Goal, 1 to 100.</param>
/// <param name="Rule">Formula.</param>
/// <param name="ShortSeconds">Abandons before so many seconds are left out; one of <see cref="WaitBounds.ShortLimits"/>.</param>
public readonly record struct ServiceLevelTarget(int Seconds, int Percent, ServiceLevelRule Rule, int ShortSeconds)
{
    /// <summary>For calls that pass no group, and groups that nobody changed.</summary>
    public static readonly ServiceLevelTarget Default = new(
        PbxGroup.DefaultTargetSeconds, PbxGroup.DefaultTargetPercent, ServiceLevelRule.AbandonedNegative, PbxGroup.DefaultShortAbandonSeconds);

    /// <summary>The group's own.</summary>
    public static ServiceLevelTarget Of(PbxGroup group) => new(group.TargetSeconds, group.TargetPercent, group.Rule, group.ShortAbandonSeconds);
}
