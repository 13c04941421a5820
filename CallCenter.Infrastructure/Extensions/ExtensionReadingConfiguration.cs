using CallCenter.Core.Extensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Extensions;

internal sealed class ExtensionReadingConfiguration : IEntityTypeConfiguration<ExtensionReading>
{
    public void Configure(EntityTypeBuilder<ExtensionReading> builder)
    {
        builder.ToTable("ExtensionReadings");
        builder.HasKey(r => r.PbxId);
        builder.Property(r => r.PbxId).ValueGeneratedNever();
        builder.Property(r => r.ErrorCode).HasMaxLength(ExtensionReading.ErrorCodeMaxLength);
    }
}
