using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Groups;

/// <summary>The current tenant's queues, ring groups and menus, and what the portal decides about them.</summary>
public interface IGroups
{
    /// <summary>All of them, queues first, by number.</summary>
    /// <returns>The groups, or <see cref="AccessErrors.Denied"/> without <see cref="Permissions.Settings.View"/>.</returns>
    Task<Result<IReadOnlyList<PbxGroup>>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Saves what the portal decides; past figures follow at once. Audited.</summary>
    /// <returns>
    /// Success, <see cref="AccessErrors.Denied"/> without <see cref="Permissions.Settings.Edit"/>, <see cref="GroupErrors.NotFound"/>,
    /// <see cref="GroupErrors.Changed"/>, or a field's error of <see cref="GroupErrors"/>.
    /// </returns>
    Task<Result> SaveAsync(Guid id, GroupForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>What the form would make of the seven days before today.</summary>
    /// <returns>Both figures, or the errors of <see cref="SaveAsync"/>.</returns>
    Task<Result<GroupPreview>> PreviewAsync(Guid id, GroupForm form, CancellationToken cancellationToken = default);
}

/// <summary>What the portal decides about a group. Members mean what they mean on <see cref="PbxGroup"/>.</summary>
public sealed record GroupForm(int TargetSeconds, int TargetPercent, ServiceLevelRule Rule, int ShortAbandonSeconds, int? RecordingDays)
{
    /// <summary>Longest a group may keep its recordings, days.</summary>
    public const int MostRecordingDays = 3_650;

    /// <summary>As stored.</summary>
    public static GroupForm Of(PbxGroup group) => new(group.TargetSeconds, group.TargetPercent, group.Rule, group.ShortAbandonSeconds, group.RecordingDays);

    /// <summary>The target these make.</summary>
    public ServiceLevelTarget Target => new(TargetSeconds, TargetPercent, Rule, ShortAbandonSeconds);

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public Error? Check() =>
        !WaitBounds.Targets.Contains(TargetSeconds) ? GroupErrors.TargetSeconds
        : TargetPercent is < 1 or > 100 ? GroupErrors.TargetPercent
        : !Enum.IsDefined(Rule) ? GroupErrors.Rule
        : !WaitBounds.ShortLimits.Contains(ShortAbandonSeconds) ? GroupErrors.ShortAbandonSeconds
        : RecordingDays is < 1 or > MostRecordingDays ? GroupErrors.RecordingDays
        : null;
}

/// <summary>The last seven days by the stored and by another target.</summary>
/// <param name="Now">By the stored one.</param>
/// <param name="Then">By the form's.</param>
public sealed record GroupPreview(CallFigures Now, CallFigures Then);

/// <summary>Acts on groups in the audit log. Permanent, as they are stored.</summary>
public static class GroupAuditActions
{
    /// <summary>Target, rule or recording days changed.</summary>
    public const string Changed = "groups.changed";
}

/// <summary>Expected failures of the groups.</summary>
public static class GroupErrors
{
    /// <summary>No such group here.</summary>
    public static readonly Error NotFound = new("groups.not_found", "The group was not found.");

    /// <summary>Somebody else saved it meanwhile.</summary>
    public static readonly Error Changed = new("groups.changed", "The group was changed meanwhile.");

    /// <summary>Not one of <see cref="WaitBounds.Targets"/>.</summary>
    public static readonly Error TargetSeconds = new("groups.target_seconds", "Choose one of the offered targets.", nameof(GroupForm.TargetSeconds));

    /// <summary>Not 1 to 100.</summary>
    public static readonly Error TargetPercent = new("groups.target_percent", "The goal is 1 to 100 percent.", nameof(GroupForm.TargetPercent));

    /// <summary>No known rule.</summary>
    public static readonly Error Rule = new("groups.rule", "Choose one of the rules.", nameof(GroupForm.Rule));

    /// <summary>Not one of <see cref="WaitBounds.ShortLimits"/>.</summary>
    public static readonly Error ShortAbandonSeconds = new("groups.short_abandon_seconds", "Choose one of the offered limits.", nameof(GroupForm.ShortAbandonSeconds));

    /// <summary>Not 1 to <see cref="GroupForm.MostRecordingDays"/>.</summary>
    public static readonly Error RecordingDays = new("groups.recording_days", "Days are 1 to 3,650, or empty.", nameof(GroupForm.RecordingDays));
}
