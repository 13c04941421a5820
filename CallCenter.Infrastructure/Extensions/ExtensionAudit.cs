using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>Notes on extensions for the audit log. Secrets appear only as "was changed".</summary>
internal static class ExtensionAudit
{
    public static AuditNote Note(string action, Extension extension) =>
        new(action, AuditSubjects.Extension, extension.Id.ToString("D"), extension.Number);

    /// <summary>A note with what differs between two profiles; with the whole of <paramref name="after"/> when there was none before.</summary>
    public static AuditNote Note(string action, Extension extension, ExtensionProfile? before, ExtensionProfile? after)
    {
        var note = Note(action, extension);
        if (before is null || after is null)
        {
            return note with { Before = before is null ? null : Values(before), After = after is null ? null : Values(after) };
        }

        var (old, young) = (Values(before), Values(after));
        var differing = old.Zip(young).Where(pair => pair.First.Value != pair.Second.Value).ToList();
        return differing.Count == 0
            ? note
            : note with { Before = Only(differing.Select(pair => pair.First)), After = Only(differing.Select(pair => pair.Second)) };
    }

    private static AuditValues Values(ExtensionProfile profile) => new()
    {
        ["name"] = profile.Name,
        ["email"] = profile.Email,
        ["enabled"] = profile.Enabled,
        ["webPhone"] = profile.WebPhone,
        ["permission"] = profile.Permission,
        ["callerId"] = profile.CallerId,
        ["ringTimeout"] = profile.RingTimeoutSeconds,
        ["voicemail"] = profile.Voicemail,
        ["recording"] = profile.Recording,
        ["forwardAlways"] = profile.ForwardAlways,
        ["forwardBusy"] = profile.ForwardBusy,
        ["forwardNoAnswer"] = profile.ForwardNoAnswer,
        ["doNotDisturb"] = profile.DoNotDisturb,
    };

    private static AuditValues Only(IEnumerable<KeyValuePair<string, string?>> values)
    {
        var only = new AuditValues();
        foreach (var (field, value) in values)
        {
            only[field] = value;
        }

        return only;
    }
}
