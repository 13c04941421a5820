using CallCenter.Core.Calls;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Figures;

internal sealed class FigureQuarterConfiguration : IEntityTypeConfiguration<FigureQuarter>
{
    public const string Table = "FigureQuarters";

    public void Configure(EntityTypeBuilder<FigureQuarter> builder)
    {
        builder.ToTable(Table);

        // By time first: a report reads a range of it, and all slices of a quarter are written together.
        builder.HasKey(row => new { row.TenantId, row.Quarter, row.SliceId });
        FigureSums.Add(builder, FigureColumns.Names);
    }
}

internal sealed class FigureDayConfiguration : IEntityTypeConfiguration<FigureDay>
{
    public const string Table = "FigureDays";

    public void Configure(EntityTypeBuilder<FigureDay> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(row => new { row.TenantId, row.Kind, row.Day, row.SliceId });
        FigureSums.Add(builder, FigureColumns.Names);
    }
}

internal sealed class FigureAgentDayConfiguration : IEntityTypeConfiguration<FigureAgentDay>
{
    public const string Table = "FigureAgentDays";

    public void Configure(EntityTypeBuilder<FigureAgentDay> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(row => new { row.TenantId, row.Day, row.SliceId });
        FigureSums.Add(builder, AgentColumns.Names);
    }
}

internal sealed class FigureSliceConfiguration : IEntityTypeConfiguration<FigureSlice>
{
    public const string Table = "FigureSlices";

    public void Configure(EntityTypeBuilder<FigureSlice> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(slice => new { slice.TenantId, slice.Id });
        builder.Property(slice => slice.Queue).HasMaxLength(Call.NumberMaxLength);
        builder.Property(slice => slice.RingGroup).HasMaxLength(Call.NumberMaxLength);
        builder.Property(slice => slice.Value).HasMaxLength(Call.NameMaxLength);
    }
}

internal static class FigureSums
{
    public static void Add<T>(EntityTypeBuilder<T> builder, IReadOnlyList<string> names)
        where T : class
    {
        foreach (var name in names)
        {
            builder.Property<int>(name);
        }
    }
}
