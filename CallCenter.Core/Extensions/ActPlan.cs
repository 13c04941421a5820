using CallCenter.Core.Primitives;

namespace CallCenter.Core.Extensions;

/// <summary>Works out what an act would do to an extension. Pure; the preview and the start use it alike.</summary>
public static class ActPlan
{
    private static readonly ExtensionProfileValidator Rules = new();

    /// <summary>What is wrong with the act itself; null when nothing is.</summary>
    public static Error? Refuse(ExtensionAct act)
    {
        if (act.Kind == ExtensionRunKind.Create || !Enum.IsDefined(act.Kind))
        {
            return ExtensionErrors.WrongState;
        }

        if (act.Kind != ExtensionRunKind.Change)
        {
            return null;
        }

        if (act.Profile is null || act.Fields.Count == 0 || act.Fields.Any(field => ExtensionFields.Find(field) is null))
        {
            return ExtensionBulkErrors.NoFields;
        }

        var wrong = Rules.Validate(act.Profile).Errors.FirstOrDefault(failure => act.Fields.Contains(failure.PropertyName));
        return wrong is null ? null : new Error(wrong.ErrorCode, wrong.ErrorMessage, wrong.PropertyName);
    }

    /// <summary>Why the act will not be done to the extension; null when it will.</summary>
    /// <param name="act">The act.</param>
    /// <param name="extension">The extension.</param>
    /// <param name="locked">The PBX has locked its account.</param>
    public static Error? Refuse(ExtensionAct act, Extension extension, bool locked)
    {
        if (extension.IsPending)
        {
            return ExtensionErrors.Pending;
        }

        if (locked && act.Kind != ExtensionRunKind.Adopt)
        {
            return ExtensionErrors.Locked;
        }

        // A failed change is retried or given up on its own: taking back a second one could not bring back what was before the first.
        var allowed = act.Kind switch
        {
            ExtensionRunKind.Adopt => extension.State == ExtensionState.Found,
            ExtensionRunKind.Delete => extension.State is ExtensionState.Active or ExtensionState.Failed,
            _ => extension.State == ExtensionState.Active,
        };
        return !allowed ? ExtensionErrors.WrongState
            : act.Kind != ExtensionRunKind.Adopt && act.Kind != ExtensionRunKind.Delete && extension.MissingSinceUtc is not null ? ExtensionErrors.NotOnPbx
            : act.Kind == ExtensionRunKind.Change && Changes(act, extension).Count == 0 ? ExtensionBulkErrors.NothingToDo
            : null;
    }

    /// <summary>What the extension would have afterwards.</summary>
    public static ExtensionProfile Apply(ExtensionAct act, ExtensionProfile wanted) => act.Profile is not { } profile
        ? wanted
        : ExtensionFields.All.Where(field => act.Fields.Contains(field.Name)).Aggregate(wanted, (result, field) => field.Copy(result, profile));

    /// <summary>Fields that the act changes, before and after; none for other acts than changes.</summary>
    public static IReadOnlyList<FieldChange> Changes(ExtensionAct act, Extension extension)
    {
        if (act.Kind != ExtensionRunKind.Change)
        {
            return [];
        }

        var after = Apply(act, extension.Wanted);
        return [.. extension.Wanted.Differences(after).Select(field => new FieldChange(field.Name, field.Get(extension.Wanted), field.Get(after)))];
    }
}
