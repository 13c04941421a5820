namespace CallCenter.Simulators.Calls;

/// <summary>
/// A country's week, hours and numbers. Numbers are fiction: Ireland has reserved (020) 91x xxxx for drama, the United
/// Kingdom 01632 960xxx and 07700 900xxx, North America 555-0100 to 555-0199. Saudi Arabia has reserved none; its numbers
/// here follow the American pattern in the freephone range, 800 555 01xx.
/// </summary>
public sealed class CountryProfile
{
    private readonly double[] _halfHourWeights;
    private readonly string[] _patterns;
    private readonly DayOfWeek[] _daysOff;

    private CountryProfile(string code, DayOfWeek[] daysOff, double opens, double closes, string[] patterns)
    {
        Code = code;
        _daysOff = daysOff;
        _patterns = patterns;
        Opens = TimeSpan.FromHours(opens);
        Closes = TimeSpan.FromHours(closes);
        _halfHourWeights = [.. Enumerable.Range(0, 48).Select(i => Weight((i * 0.5) + 0.25, opens, closes))];
    }

    /// <summary>Europe/Dublin: Monday to Friday.</summary>
    public static CountryProfile Ireland { get; } = new(
        "IE",
        [DayOfWeek.Saturday, DayOfWeek.Sunday],
        8.5,
        17.5,
        ["+3532091#####", "+3532091#####", "02091#####", "02091#####", "+441632960###", "+447700900###", "+120255501##"]);

    /// <summary>Asia/Riyadh: Sunday to Thursday.</summary>
    public static CountryProfile SaudiArabia { get; } = new(
        "SA",
        [DayOfWeek.Friday, DayOfWeek.Saturday],
        8,
        17,
        ["+96680055501##", "+96680055501##", "80055501##", "+447700900###", "+120255501##"]);

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Code { get; }

    /// <summary>Wall-clock time at which people begin to answer.</summary>
    public TimeSpan Opens { get; }

    /// <summary>Wall-clock time at which they stop.</summary>
    public TimeSpan Closes { get; }

    /// <summary>True on days when people work.</summary>
    public bool IsWorkday(DateOnly day) => !_daysOff.Contains(day.DayOfWeek);

    /// <summary>True when somebody is there to answer.</summary>
    public bool IsOpen(DateTime local) =>
        IsWorkday(DateOnly.FromDateTime(local)) && local.TimeOfDay >= Opens && local.TimeOfDay < Closes;

    internal IReadOnlyList<double> HalfHourWeights => _halfHourWeights;

    internal string OutsideNumber(SimRandom random) =>
        string.Concat(random.Pick(_patterns).Select(c => c == '#' ? (char)('0' + random.Next(0, 9)) : c));

    // Two peaks with a dip at lunch, hardly anything outside the hours.
    private static double Weight(double hour, double opens, double closes)
    {
        if (hour < opens - 1 || hour > closes + 1.5)
        {
            return 0.01;
        }

        var span = closes - opens;
        return 0.15 + Bell(hour, opens + (0.24 * span), 0.13 * span) + (0.85 * Bell(hour, opens + (0.70 * span), 0.14 * span));
    }

    private static double Bell(double x, double middle, double width) => Math.Exp(-Math.Pow((x - middle) / width, 2) / 2);
}
