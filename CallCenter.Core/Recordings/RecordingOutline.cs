using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Recordings;

/// <summary>The drawn outline of a stored recording, so that a page can show it without loading the audio.</summary>
public sealed class RecordingOutline : ITenantOwned
{
    /// <summary>The recording.</summary>
    public required Guid RecordingId { get; init; }

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>See <see cref="PeakMeter.Outline"/>.</summary>
    public required byte[] Peaks { get; set; }
}
