using System.ComponentModel.DataAnnotations;

namespace CallCenter.Infrastructure.Recordings.Fetch;

/// <summary>How recordings are fetched; beside the store's in the section <c>Recordings</c>.</summary>
internal sealed class RecordingFetchOptions
{
    /// <summary>Only recordings of the last so many days; 0 for all.</summary>
    [Range(0, 36_500)]
    public int FetchDays { get; set; }

    /// <summary>What began before this moment is not fetched any more, UTC.</summary>
    public DateTime SinceUtc(DateTime nowUtc) => FetchDays == 0 ? DateTime.MinValue : nowUtc.AddDays(-FetchDays);

    /// <summary>Pause between two files of one PBX, so that its other work goes on.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(200);
}
