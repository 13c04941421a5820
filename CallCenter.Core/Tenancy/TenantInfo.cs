namespace CallCenter.Core.Tenancy;

/// <summary>The facts of a tenant that pages and jobs need at every turn.</summary>
/// <param name="Id">Key.</param>
/// <param name="Slug">First part of its addresses.</param>
/// <param name="Name">Name as people see it.</param>
/// <param name="TimeZoneId">IANA zone.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2.</param>
/// <param name="Language"><c>en</c> or <c>ar</c>.</param>
public sealed record TenantInfo(Guid Id, string Slug, string Name, string TimeZoneId, string CountryCode, string Language);
