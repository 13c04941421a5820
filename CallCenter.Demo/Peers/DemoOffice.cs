using CallCenter.Demo.Seeding;
using CallCenter.Simulators.Calls;

namespace CallCenter.Demo.Peers;

/// <summary>The made-up offices behind the simulated PBXs.</summary>
internal static class DemoOffice
{
    /// <summary>Who calls whom in a tenant's office.</summary>
    /// <param name="tenant">One of the plan's tenants.</param>
    /// <param name="volume">How much.</param>
    public static CallGeneratorOptions Calls(DemoTenant tenant, DemoVolume volume)
    {
        var arabic = tenant == DemoPlan.Riyadh;
        var people = Extensions(arabic ? 2001 : 1001, arabic ? ArabicNames : EnglishNames);
        string[] sales = [.. people.Take(5).Select(p => p.Number)];
        string[] support = [.. people.Skip(4).Take(5).Select(p => p.Number)];
        string[] office = [.. people.Skip(9).Select(p => p.Number)];
        return new CallGeneratorOptions
        {
            Seed = arabic ? 7002 : 7001,
            Zone = TimeZoneInfo.FindSystemTimeZoneById(tenant.TimeZoneId),
            Country = arabic ? CountryProfile.SaudiArabia : CountryProfile.Ireland,
            From = volume.FirstDay,
            Extensions = people,
            Queues =
            [
                new("6500", arabic ? "المبيعات" : "Sales", sales),
                new("6501", arabic ? "الدعم" : "Support", support, RingStrategy.Linear),
            ],
            RingGroups = [new("6400", arabic ? "المكتب" : "Office", office)],
            Ivr = "7000",
            Trunks = ["trunk_1", "trunk_2"],
            // Fiction: Ireland's 020 91x is reserved for drama; the other follows the American 555-01xx.
            Dids = arabic ? ["8005550100", "8005550101"] : ["0209100100", "0209100101"],
            CallsPerWorkday = volume.CallsPerWorkday,
            RoundTheClockPerHour = volume.RoundTheClockPerHour,
        };
    }

    private static string[] EnglishNames =>
    [
        "Aoife Brennan", "Cian Doyle", "Saoirse Nolan", "Eoin Fallon", "Grainne Walsh", "Padraig Quinn",
        "Sinead Burke", "Tadhg Lynch", "Maeve Dolan", "Ronan Carey", "Una Fahy", "Killian Roche",
    ];

    private static string[] ArabicNames =>
    [
        "هند الزهراني", "ماجد الدوسري", "لطيفة السبيعي", "تركي العنزي", "جواهر المطيري", "بدر الغامدي",
        "عبير الشهري", "ناصر القرني", "منيرة الرشيد", "سلطان البقمي", "وفاء الحمدان", "خالد السالم",
    ];

    private static List<SimExtension> Extensions(int first, string[] names) =>
        [.. names.Index().Select(person => new SimExtension($"{first + person.Index}", person.Item))];
}

/// <summary>How many calls a simulated PBX has.</summary>
/// <param name="FirstDay">Kept between starts: the PBX's row numbers depend on it.</param>
/// <param name="CallsPerWorkday">On average.</param>
/// <param name="RoundTheClockPerHour">Besides, day and night, so that a demo lives at any hour.</param>
public sealed record DemoVolume(DateOnly FirstDay, int CallsPerWorkday = 160, double RoundTheClockPerHour = 4);
