using CallCenter.Core.Primitives;

namespace CallCenter.Core.Exports;

/// <summary>Expected failures of exports.</summary>
public static class ExportErrors
{
    /// <summary>No such export here, or not for this caller; another tenant's answers the same.</summary>
    public static readonly Error NotFound = new("exports.not_found", "The export was not found.");

    /// <summary>There is no file yet, or no longer.</summary>
    public static readonly Error NoFile = new("exports.no_file", "The export has no file: it is not done, failed, or its file was deleted by age.");

    /// <summary>The file is gone from the folder though the row says it is there.</summary>
    public static readonly Error FileMissing = new("exports.file_missing", "The file of the export is missing. Export again.");

    /// <summary>The caller sees less than the export holds.</summary>
    public static readonly Error ReachNarrower = new("exports.reach_narrower", "The export holds calls that you may no longer see.");

    /// <summary>Too many of one person wait.</summary>
    public static readonly Error TooMany = new("exports.too_many", "Too many of your exports are waiting. Let them end or cancel some.");

    /// <summary>The owner lost the right before it was done.</summary>
    public static readonly Error OwnerLostRights = new("exports.owner_lost_rights", "The owner of the export may no longer export this.");

    /// <summary>No room on the disk.</summary>
    public static readonly Error StoreFull = new("exports.store_full", "The folder of exports is full. Free space and export again.");

    /// <summary>The folder cannot be written.</summary>
    public static readonly Error StoreFailed = new("exports.store_failed", "The folder of exports cannot be written. Check its rights.");

    /// <summary>Ended in a way nobody foresaw; the log has the exception.</summary>
    public static readonly Error Failed = new("exports.failed", "The export ended unexpectedly.");

    /// <summary>Begun <see cref="Export.MaxAttempts"/> times and never ended.</summary>
    public static readonly Error GivenUp = new("exports.given_up", "The export was begun several times and never ended. Narrow the selection.");

    /// <summary>The selection is longer than is kept, or names what is not there.</summary>
    public static readonly Error BadSelection = new("exports.bad_selection", "The selection cannot be exported.");

    /// <summary>It is over already.</summary>
    public static readonly Error AlreadyOver = new("exports.already_over", "The export has ended already.");
}
