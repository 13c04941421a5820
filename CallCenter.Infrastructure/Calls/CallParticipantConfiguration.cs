using CallCenter.Core.Calls;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Calls;

internal sealed class CallParticipantConfiguration : IEntityTypeConfiguration<CallParticipant>
{
    public const string Table = "CallParticipants";

    public void Configure(EntityTypeBuilder<CallParticipant> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(p => new { p.TenantId, p.CallId, p.Extension });
        builder.Property(p => p.Extension).HasMaxLength(Call.NumberMaxLength);
        builder.Property(p => p.Queue).HasMaxLength(Call.NumberMaxLength);

        // An extension's calls in the list's order.
        builder.HasIndex(p => new { p.TenantId, p.Extension, p.StartedAtUtc, p.CallId }).IsDescending(false, false, true, true);
    }
}
