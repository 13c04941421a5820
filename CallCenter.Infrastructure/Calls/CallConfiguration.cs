using CallCenter.Core.Calls;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Calls;

internal sealed class CallConfiguration : IEntityTypeConfiguration<Call>
{
    public const string Table = "Calls";

    public void Configure(EntityTypeBuilder<Call> builder)
    {
        builder.ToTable(Table);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.CallKey).HasMaxLength(Call.CallKeyMaxLength);
        builder.Property(c => c.FromNumber).HasMaxLength(Call.NumberMaxLength);
        builder.Property(c => c.FromName).HasMaxLength(Call.NameMaxLength);
        builder.Property(c => c.ToNumber).HasMaxLength(Call.NumberMaxLength);
        builder.Property(c => c.AnsweredBy).HasMaxLength(Call.NumberMaxLength);
        builder.Property(c => c.Via).HasMaxLength(Call.NumberMaxLength);
        builder.Property(c => c.Queue).HasMaxLength(Call.NumberMaxLength);
        builder.Property(c => c.Ivr).HasMaxLength(Call.NumberMaxLength);
        builder.Property(c => c.Path).HasMaxLength(Call.PathMaxLength);
        builder.Property(c => c.FailureReason).HasMaxLength(Call.NameMaxLength);
        builder.Property(c => c.Trunk).HasMaxLength(Call.NameMaxLength);

        // A call rebuilt from the same legs must find itself, and can never be there twice.
        builder.HasIndex(c => new { c.TenantId, c.PbxId, c.CallKey }).IsUnique();

        // The list, read backwards: calls come in the order of time, and an index that grows at its end is half as large as one that
        // grows at its beginning.
        builder.HasIndex(c => new { c.TenantId, c.StartedAtUtc, c.Id });

        // Calls of older rules, for the job that puts them together anew; new ones cost nothing here. Raising the version makes a migration.
        builder.HasIndex(c => new { c.TenantId, c.RulesVersion }).HasFilter($"\"RulesVersion\" < {CallAssembler.RulesVersion}");

        // Calls that nobody answered, by how they ended: some outcomes are one call in thousands, and the list by time would be
        // walked through for them. Answered ones are everywhere and cost nothing here.
        builder.HasIndex(c => new { c.TenantId, c.Outcome, c.StartedAtUtc, c.Id }).IsDescending(false, false, true, true)
            .HasFilter("\"Outcome\" <> 1");

        // A queue's calls in the list's order, also of one that has long been abolished; also the reach of its supervisors.
        builder.HasIndex(c => new { c.TenantId, c.Queue, c.StartedAtUtc, c.Id })
            .HasFilter("\"Queue\" <> ''");

        // The number search: a range in each of the three. Who answered is mostly who was called, or nobody.
        builder.HasIndex(c => new { c.TenantId, c.FromTail });
        builder.HasIndex(c => new { c.TenantId, c.ToTail });
        builder.HasIndex(c => new { c.TenantId, c.AnsweredByTail }).HasFilter("\"AnsweredByTail\" <> 0");

        // The calls of a client's numbers in the list's order, the search by a whole number, and matching anew. Rows of before
        // the column get the mark, by which the job finds them.
        builder.Property(c => c.OutsideE164).HasDefaultValue(Call.NotRead).HasSentinel(Call.NotRead);
        builder.HasIndex(c => new { c.TenantId, c.OutsideE164, c.StartedAtUtc, c.Id }).IsDescending(false, false, true, true);
    }
}
