using CallCenter.Core.Calls;
using CallCenter.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Teams;

internal sealed class TeamConfiguration : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.ToTable("Teams");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Name).HasMaxLength(Team.NameMaxLength);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.HasIndex(t => new { t.TenantId, t.Name }).IsUnique();
        builder.HasMany(t => t.Members).WithOne().HasForeignKey(m => m.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(t => t.Groups).WithOne().HasForeignKey(g => g.TeamId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TeamMemberConfiguration : IEntityTypeConfiguration<TeamMember>
{
    public void Configure(EntityTypeBuilder<TeamMember> builder)
    {
        builder.ToTable("TeamMembers");
        builder.HasKey(m => new { m.TeamId, m.UserId });
        builder.HasIndex(m => new { m.TenantId, m.UserId });
    }
}

internal sealed class TeamGroupConfiguration : IEntityTypeConfiguration<TeamGroup>
{
    public void Configure(EntityTypeBuilder<TeamGroup> builder)
    {
        builder.ToTable("TeamGroups");
        builder.HasKey(g => new { g.TeamId, g.Number });
        builder.Property(g => g.Number).HasMaxLength(Call.NumberMaxLength);
    }
}
