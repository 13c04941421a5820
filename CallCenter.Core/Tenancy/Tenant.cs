namespace CallCenter.Core.Tenancy;

/// <summary>A company whose call center runs here. A global row: not owned by a tenant, it is one.</summary>
public sealed class Tenant
{
    /// <summary>Longest slug, in characters.</summary>
    public const int SlugMaxLength = 40;

    /// <summary>Longest name, in characters.</summary>
    public const int NameMaxLength = 120;

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>First part of every address of the tenant; lower-case letters, digits and inner hyphens, unique.</summary>
    public required string Slug { get; set; }

    /// <summary>Name as people see it.</summary>
    public required string Name { get; set; }

    /// <summary>IANA zone in which the tenant's people read times, e.g. <c>Europe/Dublin</c>.</summary>
    public required string TimeZoneId { get; set; }

    /// <summary>ISO 3166-1 alpha-2 country against which bare phone numbers are read.</summary>
    public required string CountryCode { get; set; }

    /// <summary>Language of new users, <c>en</c> or <c>ar</c>.</summary>
    public required string Language { get; set; }

    /// <summary>UTC; null while active. A suspended tenant answers as one that does not exist, and its jobs rest.</summary>
    public DateTime? SuspendedAtUtc { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAtUtc { get; init; }

    /// <summary>Counts saves; guards against two people editing at once.</summary>
    public int Version { get; set; }
}
