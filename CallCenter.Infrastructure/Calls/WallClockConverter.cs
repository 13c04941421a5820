using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CallCenter.Infrastructure.Calls;

/// <summary>A PBX's wall clock as text: it has no zone, and no column type of both providers says so.</summary>
internal sealed class WallClockConverter() : ValueConverter<DateTime, string>(value => Write(value), text => Read(text))
{
    public const int MaxLength = 27;

    private const string Format = "yyyy-MM-ddTHH:mm:ss.FFFFFFF";

    public static string Write(DateTime value) => value.ToString(Format, CultureInfo.InvariantCulture);

    private static DateTime Read(string text) =>
        DateTime.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None);
}
