using CallCenter.Core.Tenancy;

namespace CallCenter.Demo.Seeding;

/// <param name="Slug">First part of its addresses.</param>
/// <param name="Name">In the tenant's own language.</param>
/// <param name="TimeZoneId">IANA zone.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2.</param>
/// <param name="Language"><c>en</c> or <c>ar</c>.</param>
public sealed record DemoTenant(string Slug, string Name, string TimeZoneId, string CountryCode, string Language)
{
    /// <summary>Name of its simulated PBX among the peers.</summary>
    public string Pbx => $"ucm-{Slug}";
}

/// <summary>A demo account and its place in the tenants, by slug.</summary>
public sealed record DemoPerson(string Email, string Name, IReadOnlyDictionary<string, TenantRole> Roles, bool IsPlatformAdministrator = false);

/// <summary>Who and what the demo has. Everybody is made up; the mail domains are reserved for examples.</summary>
public static class DemoPlan
{
    public static readonly DemoTenant Demo = new("demo", "Liffey Outfitters", "Europe/Dublin", "IE", "en");

    public static readonly DemoTenant Riyadh = new("riyadh", "مؤسسة واحة الرياض", "Asia/Riyadh", "SA", "ar");

    public static IReadOnlyList<DemoTenant> Tenants { get; } = [Demo, Riyadh];

    public static IReadOnlyList<DemoPerson> People { get; } =
    [
        In(Demo, "owner", "Orla Keane", TenantRole.Owner),
        In(Demo, "admin", "Declan Moran", TenantRole.Admin),
        In(Demo, "manager", "Niamh Casey", TenantRole.Manager),
        In(Demo, "supervisor", "Cormac Hayes", TenantRole.Supervisor),
        In(Demo, "agent", "Aoife Brennan", TenantRole.Agent),
        In(Riyadh, "owner", "نورة العتيبي", TenantRole.Owner),
        In(Riyadh, "admin", "فهد الشمري", TenantRole.Admin),
        In(Riyadh, "manager", "ريم القحطاني", TenantRole.Manager),
        In(Riyadh, "supervisor", "سعود الحربي", TenantRole.Supervisor),
        In(Riyadh, "agent", "هند الزهراني", TenantRole.Agent),
        new("both@callcenter.example", "Mona Sayegh", new Dictionary<string, TenantRole> { [Demo.Slug] = TenantRole.Admin, [Riyadh.Slug] = TenantRole.Manager }),
        new("platform@callcenter.example", "Petra Lindqvist", new Dictionary<string, TenantRole>(), IsPlatformAdministrator: true),
    ];

    private static DemoPerson In(DemoTenant tenant, string mailbox, string name, TenantRole role) =>
        new($"{mailbox}@{tenant.Slug}.example", name, new Dictionary<string, TenantRole> { [tenant.Slug] = role });
}
