namespace CallCenter.Core.Audit;

/// <summary>Kinds of things that acts are done to. Permanent: they are stored and are the keys of translated texts.</summary>
public static class AuditSubjects
{
    /// <summary>A person's account or place in a tenant; the id is the user's.</summary>
    public const string User = "user";

    /// <summary>A tenant.</summary>
    public const string Tenant = "tenant";

    /// <summary>A group of settings of a tenant; the id is the group's name.</summary>
    public const string Settings = "settings";

    /// <summary>A tenant's PBX; the id is its key.</summary>
    public const string Pbx = "pbx";

    /// <summary>An extension; the id is its key, the name its number.</summary>
    public const string Extension = "extension";

    /// <summary>A bulk act on extensions; the id is the run's key.</summary>
    public const string ExtensionRun = "extension_run";

    /// <summary>A client; the id is its key.</summary>
    public const string Client = "client";

    /// <summary>The client book as a whole.</summary>
    public const string ClientBook = "client_book";

    /// <summary>A device in GDMS; the id is its MAC address.</summary>
    public const string Device = "device";

    /// <summary>A task for devices; the id is its key.</summary>
    public const string DeviceTask = "device_task";

    /// <summary>A recording; the id is its key, the name its call's; of all that were tried again no id and their number.</summary>
    public const string Recording = "recording";

    /// <summary>A call; the id is its key, the name the PBX's id of it, as numbers of callers must be erasable.</summary>
    public const string Call = "call";

    /// <summary>A saved view of the history; the id is its key.</summary>
    public const string CallView = "call_view";

    /// <summary>An entry of the list of dispositions; the id is its key.</summary>
    public const string Disposition = "disposition";

    /// <summary>An export; the id is its key, the name its file's.</summary>
    public const string Export = "export";

    /// <summary>A queue, ring group or menu of the PBX; the id is its key.</summary>
    public const string Group = "group";

    /// <summary>A team; the id is its key.</summary>
    public const string Team = "team";

    /// <summary>An entry of the worklist; the id is its key, the name its queues.</summary>
    public const string WorklistEntry = "worklist_entry";
    /// <summary>The tenant's recordings as a whole; the id is that of a run.</summary>
    public const string Recordings = "recordings";

    /// <summary>A scheduled report; the id is its key.</summary>
    public const string Schedule = "schedule";
    /// <summary>The erasure of a number; the id is its key.</summary>
    public const string Erasure = "erasure";
    /// <summary>A call as somebody's phone told it; the id is its key, the name the extension.</summary>
    public const string PhoneCall = "phone_call";
}
