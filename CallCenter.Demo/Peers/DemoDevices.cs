using System.Globalization;
using CallCenter.Demo.Seeding;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Gdms;

namespace CallCenter.Demo.Peers;

/// <summary>
/// The made-up devices of each tenant in GDMS: an organisation of its own, three sites, a phone for each extension and what else
/// stands around. Addresses and MACs are those reserved for documentation.
/// </summary>
internal static class DemoDevices
{
    private static readonly (string Model, string Firmware)[] Models =
        [("GRP2615", "1.0.11.64"), ("GRP2614", "1.0.11.64"), ("GXP2170", "1.0.11.79"), ("GRP2602P", "1.0.5.67"), ("GRP2615", "1.0.9.18")];

    public static long OrganizationOf(DemoTenant tenant) => tenant == DemoPlan.Riyadh ? 2 : 1;

    public static IReadOnlyList<SimulatedOrganization> Organizations { get; } =
        [.. DemoPlan.Tenants.Select(tenant => new SimulatedOrganization(OrganizationOf(tenant), tenant.Name))];

    public static IReadOnlyList<SimulatedSite> Sites { get; } =
        [.. DemoPlan.Tenants.SelectMany(tenant => SiteNames(tenant).Select((name, index) => new SimulatedSite(SiteOf(tenant, index), OrganizationOf(tenant), name)))];

    /// <summary>Made, and in nobody's account yet: what can be added.</summary>
    public static IReadOnlyDictionary<string, string> Factory { get; } =
        Enumerable.Range(0, 8).ToDictionary(index => MacOf(0xE0 + index), index => SerialOf(0xE0 + index));

    /// <summary>The PBX itself, as GDMS lists it.</summary>
    public static SimulatedDevice PbxOf(DemoTenant tenant)
    {
        var number = tenant == DemoPlan.Riyadh ? 2 : 1;
        return new SimulatedDevice(MacOf(number), SerialOf(number), OrganizationOf(tenant), SiteOf(tenant, 0))
        {
            Name = tenant.Name,
            ProductName = "UCM6301",
            FirmwareVersion = "1.0.27.12",
            PrivateIp = "192.0.2.2",
        };
    }

    /// <summary>24 phones and adapters. Those of extensions that are registered on the PBX are online.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="extensions">The PBX's.</param>
    /// <param name="isRegistered">Whether the PBX has a phone of this number.</param>
    /// <param name="now">The demo's present.</param>
    public static IEnumerable<SimulatedDevice> PhonesOf(
        DemoTenant tenant, IReadOnlyList<SimExtension> extensions, Func<string, bool> isRegistered, DateTimeOffset now)
    {
        var first = tenant == DemoPlan.Riyadh ? 0x60 : 0x10;
        foreach (var (index, extension) in extensions.Index())
        {
            var (model, firmware) = Models[index % Models.Length];
            var online = isRegistered(extension.Number);
            yield return New(tenant, first + index, index % 3) with
            {
                Name = extension.Name,
                ProductName = model,
                FirmwareVersion = firmware,
                SipAccounts = [extension.Number],
                Status = online ? 1 : 0,
                LastSeen = online ? now : now.AddHours(-3 - (index * 7)),
                Synchronized = index % 8 != 5,
            };
        }

        foreach (var (index, name) in OtherNames(tenant).Index())
        {
            var shared = extensions[index % extensions.Count].Number;
            yield return New(tenant, first + 0x20 + index, index % 3) with
            {
                Name = name,
                ProductName = index % 4 == 3 ? "HT812" : Models[index % Models.Length].Model,
                FirmwareVersion = index % 4 == 3 ? "1.0.47.4" : Models[index % Models.Length].Firmware,
                SipAccounts = index % 3 == 0 ? [shared] : [],
                Status = index == 4 ? -1 : index % 5 == 3 ? 0 : 1,
                LastSeen = now.AddDays(-index),
                Synchronized = index != 4,
            };
        }
    }

    private static SimulatedDevice New(DemoTenant tenant, int number, int site) =>
        new(MacOf(number), SerialOf(number), OrganizationOf(tenant), SiteOf(tenant, site))
        {
            PublicIp = string.Create(CultureInfo.InvariantCulture, $"203.0.113.{10 + site}"),
            PrivateIp = string.Create(CultureInfo.InvariantCulture, $"192.0.2.{number}"),
        };

    private static string MacOf(int number) => string.Create(CultureInfo.InvariantCulture, $"00005E0053{number:X2}");

    private static string SerialOf(int number) => string.Create(CultureInfo.InvariantCulture, $"20DEMO000000{number:X4}");

    private static long SiteOf(DemoTenant tenant, int index) => (OrganizationOf(tenant) * 10) + 1 + index;

    private static string[] SiteNames(DemoTenant tenant) => tenant == DemoPlan.Riyadh
        ? ["المركز الرئيسي", "فرع جدة", "العمل من المنزل"]
        : ["Dublin office", "Cork shop", "Home workers"];

    private static string[] OtherNames(DemoTenant tenant) => tenant == DemoPlan.Riyadh
        ? ["الاستقبال", "قاعة الاجتماعات 1", "قاعة الاجتماعات 2", "الفاكس", "المستودع", "المصلى", "غرفة الحارس", "مدخل السيارات", "المطبخ", "المدير العام", "احتياطي 1", "احتياطي 2"]
        : ["Reception", "Meeting room 1", "Meeting room 2", "Fax", "Warehouse", "Canteen", "Security desk", "Loading bay", "Kitchen", "Board room", "Spare 1", "Spare 2"];
}
