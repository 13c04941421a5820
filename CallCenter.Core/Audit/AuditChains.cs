namespace CallCenter.Core.Audit;

/// <summary>Names the chains that are not a tenant's.</summary>
public static class AuditChains
{
    /// <summary>Chain of acts on the installation: tenants, sign-ins, accounts. No tenant ever has this key.</summary>
    public static readonly Guid Platform = new("00000000-0000-0000-0000-000000000001");
}
