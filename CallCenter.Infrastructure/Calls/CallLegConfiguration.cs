using CallCenter.Core.Calls;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Calls;

internal sealed class CallLegConfiguration : IEntityTypeConfiguration<CallLeg>
{
    public const string Table = "CallLegs";

    public void Configure(EntityTypeBuilder<CallLeg> builder)
    {
        builder.ToTable(Table);

        // The PBX restarts its counter and repeats its ids; only together they name a row. The tenant comes last: ahead of the
        // PBX it would tell rows no further apart, and let the planner mistake one index for another while there are no statistics.
        builder.HasKey(l => new { l.PbxId, l.UniqueId, l.AccountId, l.StartLocal, l.TenantId });
        builder.Property(l => l.UniqueId).HasMaxLength(Call.PbxIdMaxLength);
        builder.Property(l => l.AccountId).HasMaxLength(CallLeg.AccountIdMaxLength);
        builder.Property(l => l.StartLocal).HasConversion<WallClockConverter>().HasMaxLength(WallClockConverter.MaxLength);
        builder.Property(l => l.Session).HasMaxLength(CallLeg.SessionMaxLength);
        builder.Property(l => l.ActionTarget).HasMaxLength(Call.NumberMaxLength);
        builder.Property(l => l.Source).HasMaxLength(Call.NumberMaxLength);
        builder.Property(l => l.Destination).HasMaxLength(Call.NumberMaxLength);
        builder.Property(l => l.CallerName).HasMaxLength(Call.NameMaxLength);
        builder.Property(l => l.AnsweredBy).HasMaxLength(Call.NumberMaxLength);
        builder.Property(l => l.SourceDevice).HasMaxLength(Call.NumberMaxLength);
        builder.Property(l => l.DestinationDevice).HasMaxLength(Call.NumberMaxLength);
        builder.Property(l => l.LastApplication).HasMaxLength(CallLeg.WordMaxLength);
        builder.Property(l => l.LastData).HasMaxLength(-1);
        builder.Property(l => l.SourceTrunk).HasMaxLength(Call.NameMaxLength);
        builder.Property(l => l.DestinationTrunk).HasMaxLength(Call.NameMaxLength);
        builder.Property(l => l.RecordingFiles).HasMaxLength(-1);
        builder.Property(l => l.Raw).HasMaxLength(-1);

        // The detail of a call, and the legs that share a session but no unique id.
        builder.HasIndex(l => l.CallId);
        builder.HasIndex(l => new { l.PbxId, l.Session });
    }
}
