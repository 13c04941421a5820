using CallCenter.Core.Calls;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Calls;

internal sealed class CallConfiguration : IEntityTypeConfiguration<Call>
{
    public void Configure(EntityTypeBuilder<Call> builder)
    {
        builder.ToTable("Calls");
        builder.Property(c => c.CallKey).HasMaxLength(Call.PbxIdMaxLength);
        builder.Property(c => c.FromNumber).HasMaxLength(Call.NumberMaxLength);
        builder.Property(c => c.FromName).HasMaxLength(Call.NameMaxLength);
        builder.Property(c => c.ToNumber).HasMaxLength(Call.NumberMaxLength);
        builder.Property(c => c.AnsweredBy).HasMaxLength(Call.NumberMaxLength);
        builder.Property(c => c.Via).HasMaxLength(Call.NumberMaxLength);
        builder.Property(c => c.Trunk).HasMaxLength(Call.NameMaxLength);
        builder.HasIndex(c => new { c.TenantId, c.PbxId, c.CallKey }).IsUnique();
        builder.HasIndex(c => new { c.TenantId, c.StartedAtUtc, c.Id }).IsDescending(false, true, true);
    }
}
