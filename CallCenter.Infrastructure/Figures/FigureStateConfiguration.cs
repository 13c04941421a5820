using CallCenter.Core.Figures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Figures;

internal sealed class FigureStateConfiguration : IEntityTypeConfiguration<FigureState>
{
    public void Configure(EntityTypeBuilder<FigureState> builder)
    {
        builder.ToTable("FigureStates");
        builder.HasKey(state => state.TenantId);
        builder.Property(state => state.TimeZoneId).HasMaxLength(FigureState.ZoneMaxLength);
    }
}

internal sealed class FigureDifferenceConfiguration : IEntityTypeConfiguration<FigureDifference>
{
    public void Configure(EntityTypeBuilder<FigureDifference> builder)
    {
        builder.ToTable("FigureDifferences");
        builder.Property(difference => difference.Id).ValueGeneratedNever();
        builder.HasIndex(difference => new { difference.TenantId, difference.FoundAtUtc });
    }
}
