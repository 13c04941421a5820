namespace CallCenter.Core.Tenancy;

/// <summary>A person's place in a tenant.</summary>
public sealed class Membership : ITenantOwned
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The person; one membership per tenant.</summary>
    public required Guid UserId { get; init; }

    /// <summary>What the person is here.</summary>
    public required TenantRole Role { get; set; }

    /// <summary>UTC; null while active.</summary>
    public DateTime? DisabledAtUtc { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAtUtc { get; init; }

    /// <summary>Counts saves; guards against two admins editing at once.</summary>
    public int Version { get; set; }
}
