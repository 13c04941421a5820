using System.ComponentModel.DataAnnotations;

namespace CallCenter.Infrastructure.Recordings.Store;

/// <summary>Section <c>Recordings</c>: where the recordings lie.</summary>
internal sealed class RecordingStoreOptions
{
    public const string Section = "Recordings";

    /// <summary>Absolute, or below the folder <c>data</c> beside the program. All nodes must see the same one.</summary>
    [Required]
    public string Folder { get; set; } = "recordings";

    /// <summary>Room that is left to others on the disk; the store says it is full before.</summary>
    [Range(0, 1_000_000)]
    public int KeepFreeMegabytes { get; set; } = 256;

    /// <summary>The folder as an absolute path.</summary>
    public string Root => Path.GetFullPath(Folder, Path.Combine(AppContext.BaseDirectory, "data"));
}
