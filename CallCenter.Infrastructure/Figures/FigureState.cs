using CallCenter.Core.Tenancy;

namespace CallCenter.Infrastructure.Figures;

/// <summary>How far a tenant's sums are counted and proved. One row per tenant; written by the job only.</summary>
internal sealed class FigureState : ITenantOwned
{
    public const int ZoneMaxLength = 64;

    public Guid TenantId { get; init; }

    /// <summary>The zone in which the days were cut; another one means counting again.</summary>
    public required string TimeZoneId { get; set; }

    /// <summary>The newest day that was not counted yet; null when all are. Counting goes back in time.</summary>
    public DateOnly? FillDay { get; set; }

    /// <summary>The tenant's day in which the last proof was made.</summary>
    public DateOnly? ProvedOn { get; set; }

    /// <summary>The newest day of the older ones that the next proof looks at; it walks back through the history and begins anew.</summary>
    public DateOnly? OlderDay { get; set; }

    /// <summary>End of the last proof, UTC.</summary>
    public DateTime? ProvedAtUtc { get; set; }

    /// <summary>Days that the last proof looked at.</summary>
    public int ProvedDays { get; set; }
}
