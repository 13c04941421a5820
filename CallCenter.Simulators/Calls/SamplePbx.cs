namespace CallCenter.Simulators.Calls;

/// <summary>The two companies of the demo. Names and numbers are invented.</summary>
public static class SamplePbx
{
    /// <summary>An Irish company: English names, Monday to Friday, Europe/Dublin.</summary>
    /// <param name="from">First day with calls; keep it between runs.</param>
    public static CallGeneratorOptions Dublin(DateOnly from) => new()
    {
        Seed = 63_01,
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin"),
        Country = CountryProfile.Ireland,
        From = from,
        Extensions = People(
            1001,
            "Aoife Demo", "Brendan Demo", "Ciara Demo", "Declan Demo", "Eimear Demo", "Fergal Demo", "Grainne Demo", "Hugh Demo",
            "Imelda Demo", "Jarlath Demo", "Keeva Demo", "Lorcan Demo", "Maeve Demo", "Niall Demo", "Orla Demo", "Padraig Demo"),
        Ivr = "7000",
        Queues =
        [
            new SimGroup("6500", "Sales", Numbers(1001, 6)),
            new SimGroup("6501", "Support", Numbers(1005, 7), RingStrategy.Linear),
        ],
        RingGroups = [new SimGroup("6400", "Front desk", Numbers(1012, 4))],
        Trunks = ["ITSP-A", "ITSP-B"],
        Dids = ["+353209100100", "+353209100101", "+353209100102"],
        CallsPerWorkday = 210,
    };

    /// <summary>A Saudi company: Arabic names, Sunday to Thursday, Asia/Riyadh.</summary>
    /// <param name="from">First day with calls; keep it between runs.</param>
    public static CallGeneratorOptions Riyadh(DateOnly from) => new()
    {
        Seed = 63_02,
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Riyadh"),
        Country = CountryProfile.SaudiArabia,
        From = from,
        Extensions = People(
            2001,
            "أمل التجريبية", "بدر التجريبي", "تهاني التجريبية", "جاسم التجريبي", "حنان التجريبية", "خالد التجريبي",
            "دلال التجريبية", "راشد التجريبي", "زينب التجريبية", "سامي التجريبي", "شهد التجريبية", "طارق التجريبي"),
        Ivr = "7000",
        Queues =
        [
            new SimGroup("6500", "المبيعات", Numbers(2001, 5)),
            new SimGroup("6501", "الدعم", Numbers(2004, 6), RingStrategy.Linear),
        ],
        RingGroups = [new SimGroup("6400", "الاستقبال", Numbers(2009, 4))],
        Trunks = ["ITSP-R"],
        Dids = ["+9668005550100", "+9668005550101"],
        CallsPerWorkday = 170,
    };

    private static SimExtension[] People(int first, params string[] names) =>
        [.. names.Select((name, index) => new SimExtension(Text(first + index), name))];

    private static string[] Numbers(int first, int count) => [.. Enumerable.Range(first, count).Select(Text)];

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
