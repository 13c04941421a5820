using System.Globalization;
using CallCenter.Core.Calls;

namespace CallCenter.Infrastructure.Calls;

/// <summary>Where a page of the list begins: beyond this call, in one direction. As text: <c>o</c> or <c>n</c>, ticks in hex, a dash, the id.</summary>
internal sealed record CallCursor(bool Newer, DateTime StartedAtUtc, Guid Id)
{
    public static CallCursor NewerThan(CallRow row) => new(true, row.StartedAtUtc, row.Id);

    public static CallCursor OlderThan(CallRow row) => new(false, row.StartedAtUtc, row.Id);

    public static CallCursor After(CallPosition position) => new(false, position.StartedAtUtc, position.Id);

    /// <summary>Null for what is not a cursor: it comes from the address bar.</summary>
    public static CallCursor? Parse(string? text)
    {
        if (text is not ['o' or 'n', ..] || text.IndexOf('-', StringComparison.Ordinal) is var dash && dash < 2)
        {
            return null;
        }

        return long.TryParse(text.AsSpan(1, dash - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            && ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
            && Guid.TryParseExact(text.AsSpan(dash + 1), "N", out var id)
            ? new CallCursor(text[0] == 'n', new DateTime(ticks, DateTimeKind.Utc), id)
            : null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Newer ? 'n' : 'o')}{StartedAtUtc.Ticks:x}-{Id:N}");
}
