using CallCenter.Core.Primitives;

namespace CallCenter.Core.Recordings;

/// <summary>Expected failures of recordings.</summary>
public static class RecordingErrors
{
    /// <summary>No such recording here, or not for this caller; another tenant's answers the same.</summary>
    public static readonly Error NotFound = new("recordings.not_found", "The recording was not found.");

    /// <summary>The store has no room.</summary>
    public static readonly Error StoreFull = new("recordings.store_full", "The recording store is full. Free space or move the store; fetching goes on by itself.");

    /// <summary>The store cannot be written or read.</summary>
    public static readonly Error StoreFailed = new("recordings.store_failed", "The recording store cannot be reached. Check its folder and rights.");

    /// <summary>The store lost the file.</summary>
    public static readonly Error FileMissing = new("recordings.file_missing", "The recording's file is missing from the store.");

    /// <summary>The file was changed or damaged.</summary>
    public static readonly Error FileCorrupt = new("recordings.file_corrupt", "The recording's file is damaged.");
}
