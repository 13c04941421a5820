namespace CallCenter.Core.Audit;

/// <summary>What a feature says about an act; who, when and from where are added by the trail.</summary>
/// <param name="Action"><c>feature.what_happened</c>, permanent.</param>
/// <param name="SubjectType">See <see cref="AuditSubjects"/>.</param>
/// <param name="SubjectId">Key of the thing as text.</param>
/// <param name="SubjectName">Its name as people know it.</param>
public sealed record AuditNote(string Action, string SubjectType, string SubjectId, string SubjectName)
{
    /// <summary>Values before; null when there were none.</summary>
    public AuditValues? Before { get; init; }

    /// <summary>Values after; null when there are none.</summary>
    public AuditValues? After { get; init; }
}
