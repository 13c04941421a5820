using CallCenter.Core.Primitives;

namespace CallCenter.Infrastructure.Recordings.Store;

/// <summary>What keeps the store clean, beside reading and writing.</summary>
internal interface IRecordingStoreUpkeep
{
    /// <summary>How the store is.</summary>
    StoreState Look();

    /// <summary>Deletes what crashed writers left half-written.</summary>
    int CleanIncoming(Guid tenantId);

    /// <summary>Deletes files of a recording that got their name and never their row. Only for whom the row is claimed by.</summary>
    /// <param name="tenantId">Owner.</param>
    /// <param name="recordingId">The recording.</param>
    /// <param name="keepStoreKey">The one its row names; empty for none.</param>
    int CleanOthers(Guid tenantId, Guid recordingId, string keepStoreKey);
}

/// <summary>How the store is.</summary>
/// <param name="FreeBytes">Left on its disk.</param>
/// <param name="Trouble">Why it takes nothing now; null when it does.</param>
internal sealed record StoreState(long FreeBytes, Error? Trouble);
