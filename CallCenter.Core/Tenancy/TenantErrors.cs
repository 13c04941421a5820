using CallCenter.Core.Primitives;

namespace CallCenter.Core.Tenancy;

/// <summary>Expected failures of tenants.</summary>
public static class TenantErrors
{
    /// <summary>No such tenant here, or not yours, or suspended.</summary>
    public static readonly Error NotFound = new("tenants.not_found", "The tenant was not found.");

    /// <summary>3 to 40 of lower-case letters, digits and inner hyphens, a letter first.</summary>
    public static readonly Error SlugFormat = new("tenants.slug_format", "Use 3 to 40 lower-case letters, digits and inner hyphens, beginning with a letter.", "Slug");

    /// <summary>An address of the portal itself begins with it.</summary>
    public static readonly Error SlugReserved = new("tenants.slug_reserved", "This address is reserved.", "Slug");

    /// <summary>Another tenant has it.</summary>
    public static readonly Error SlugTaken = new("tenants.slug_taken", "Another tenant has this address.", "Slug");

    /// <summary>Empty or too long.</summary>
    public static readonly Error NameLength = new("tenants.name_length", "Give a name of at most 120 characters.", "Name");

    /// <summary>Not an IANA zone that this system knows.</summary>
    public static readonly Error UnknownTimeZone = new("tenants.unknown_time_zone", "This time zone is not known.", "TimeZoneId");

    /// <summary>Not an ISO 3166-1 country that this system knows.</summary>
    public static readonly Error UnknownCountry = new("tenants.unknown_country", "This country is not known.", "CountryCode");

    /// <summary>Not <c>en</c> or <c>ar</c>.</summary>
    public static readonly Error UnknownLanguage = new("tenants.unknown_language", "This language is not available.", "Language");

    /// <summary>Someone else changed the tenant meanwhile.</summary>
    public static readonly Error Conflict = new("tenants.conflict", "Someone else changed this tenant meanwhile. Load the page again.");
}
