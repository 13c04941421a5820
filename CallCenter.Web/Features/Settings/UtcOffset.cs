using System.Globalization;

namespace CallCenter.Web.Features.Settings;

/// <summary>UTC offsets as people write them.</summary>
public static class UtcOffset
{
    /// <summary><c>UTC+05:30</c>.</summary>
    public static string Text(int minutes) => Text(TimeSpan.FromMinutes(minutes));

    /// <summary><c>UTC+05:30</c>.</summary>
    public static string Text(TimeSpan offset) =>
        $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset.ToString("hh\\:mm", CultureInfo.InvariantCulture)}";
}
