namespace CallCenter.Core.Tenancy;

/// <summary>The tenant that the current circuit, request or job works for.</summary>
public interface ITenantContext
{
    /// <summary>True once a tenant was entered.</summary>
    bool HasTenant { get; }

    /// <summary>The tenant's key.</summary>
    /// <exception cref="InvalidOperationException">Nobody entered a tenant: work that forgot its tenant must not run.</exception>
    Guid TenantId { get; }

    /// <summary>The tenant's facts.</summary>
    /// <exception cref="InvalidOperationException">Nobody entered a tenant.</exception>
    TenantInfo Tenant { get; }
}
