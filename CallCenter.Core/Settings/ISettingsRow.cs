using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Settings;

/// <summary>The stored form of one settings card. A tenant has at most one row of each kind; none means "never saved".</summary>
public interface ISettingsRow : ITenantOwned
{
    /// <summary>Key.</summary>
    Guid Id { get; }

    /// <summary>Counts saves from 1; a save made against another count is a conflict.</summary>
    int Version { get; }

    /// <summary>Last save, UTC.</summary>
    DateTime ChangedAtUtc { get; set; }

    /// <summary>Name of who saved last.</summary>
    string ChangedBy { get; set; }
}
