using System.Globalization;
using System.Text;

namespace CallCenter.Web.Features.Recordings;

/// <summary>The outline of audio as the path of a picture, 64 units high, mirrored around its middle.</summary>
internal static class Outline
{
    public const int Bars = 160;
    private const int Middle = 32;

    /// <summary>Bars of the peaks, each the highest of its stretch; a flat line for none.</summary>
    public static string Path(IReadOnlyList<byte> peaks)
    {
        var path = new StringBuilder();
        for (var bar = 0; bar < Bars; bar++)
        {
            var from = bar * peaks.Count / Bars;
            var to = Math.Max(from + 1, (bar + 1) * peaks.Count / Bars);
            var peak = 0;
            for (var i = from; i < to && i < peaks.Count; i++)
            {
                peak = Math.Max(peak, peaks[i]);
            }

            // The ear's scale: what is half as loud is not half as high.
            var half = Math.Max(1, (int)Math.Round(Math.Sqrt(peak / 255.0) * (Middle - 2)));
            path.Append(CultureInfo.InvariantCulture, $"M{(bar * 3) + 1} {Middle - half}v{2 * half}");
        }

        return path.ToString();
    }
}
