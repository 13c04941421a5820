namespace CallCenter.Simulators.Ucm;

/// <summary>An API user as the web UI makes it.</summary>
/// <param name="Name">User name.</param>
/// <param name="Password">In clear text, as the challenge needs it.</param>
/// <param name="Permissions">Names of action groups (<see cref="UcmPermissions"/>) or of single actions; null for all.</param>
public sealed record UcmApiUser(string Name, string Password, IReadOnlySet<string>? Permissions = null)
{
    internal bool May(string group, string action) =>
        Permissions is null || Permissions.Contains(group) || Permissions.Contains(action);
}

/// <summary>Action groups that are granted to API users one by one. What is not granted answers -47.</summary>
public static class UcmPermissions
{
    public const string System = "system";
    public const string Extensions = "extensions";

    /// <summary>Besides <see cref="Extensions"/>, for making, changing and deleting them; see <see cref="UcmQuirks.MissingWriteStatus"/>.</summary>
    public const string ExtensionWrites = "extensionwrites";
    public const string Apply = "apply";
    public const string Trunks = "trunks";
    public const string Routes = "routes";
    public const string Queues = "queues";
    public const string RingGroups = "ringgroups";
    public const string Ivr = "ivr";
    public const string Conferences = "conferences";
    public const string Paging = "paging";
    public const string CallControl = "callcontrol";
    public const string Channels = "channels";
    public const string Cdr = "cdr";
    public const string Recordings = "recordings";

    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>
        {
            System, Extensions, ExtensionWrites, Apply, Trunks, Routes, Queues, RingGroups, Ivr, Conferences, Paging, CallControl, Channels, Cdr, Recordings,
        };

    /// <summary>All groups but those named.</summary>
    public static IReadOnlySet<string> AllBut(params string[] groups) => All.Except(groups).ToHashSet();
}
