using System.Globalization;

namespace CallCenter.Web.Shared.Charts;

/// <summary>From values to places in a drawing of 100 units height; pure, for charts and their tests.</summary>
public static class ChartScale
{
    /// <summary>A round number that is not less than the greatest value: 1, 2, 4, 5 or 10 times a power of ten, and never less than 4.</summary>
    public static double TopOf(double greatest)
    {
        if (!(greatest > 4))
        {
            return 4;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(greatest)));
        foreach (var step in new[] { 1d, 2, 4, 5, 10 })
        {
            if (step * power >= greatest)
            {
                return step * power;
            }
        }

        return 10 * power;
    }

    /// <summary>Height of a value, 0 to 100.</summary>
    public static double HeightOf(double value, double top) => top <= 0 ? 0 : Math.Clamp(100 * value / top, 0, 100);

    /// <summary>Lines through the middle of each step, as an SVG path; a gap where there is no value.</summary>
    public static string PathOf(IReadOnlyList<double?> values, double top)
    {
        var path = new System.Text.StringBuilder();
        var open = false;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
            {
                open = false;
                continue;
            }

            path.Append(CultureInfo.InvariantCulture, $"{(open ? 'L' : 'M')}{i + 0.5:0.##} {100 - HeightOf(value, top):0.##}");
            open = true;
        }

        return path.ToString();
    }
}
