namespace CallCenter.Core.Tenancy;

/// <summary>A row that belongs to one tenant. Reads are filtered by it; saving stamps new rows and refuses foreign ones.</summary>
public interface ITenantOwned
{
    /// <summary>The owner; set when the row is first saved.</summary>
    Guid TenantId { get; }
}
