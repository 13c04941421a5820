using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Identity;

internal sealed class AppUserConfiguration : IEntityTypeConfiguration<AppUser>
{
    public void Configure(EntityTypeBuilder<AppUser> builder)
    {
        builder.ToTable("Users");
        builder.Property(u => u.DisplayName).HasMaxLength(AppUser.DisplayNameMaxLength);
        builder.Property(u => u.Language).HasMaxLength(2);

        // Identity makes it plain; only the database can decide between two who take an address at once.
        builder.HasIndex(u => u.NormalizedEmail).IsUnique().HasDatabaseName("EmailIndex");
    }
}

internal sealed class UserTokenConfiguration : IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public const int KeyMaxLength = 128;

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder)
    {
        builder.ToTable("UserTokens");

        // SQL Server's clustered keys end at 900 bytes, and its letters take two each.
        builder.Property(t => t.LoginProvider).HasMaxLength(KeyMaxLength);
        builder.Property(t => t.Name).HasMaxLength(KeyMaxLength);
        builder.Property(t => t.Value).HasMaxLength(2048);
    }
}

internal sealed class UserClaimConfiguration : IEntityTypeConfiguration<IdentityUserClaim<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder) => builder.ToTable("UserClaims");
}

internal sealed class UserLoginConfiguration : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder)
    {
        builder.ToTable("UserLogins");
        builder.Property(l => l.LoginProvider).HasMaxLength(UserTokenConfiguration.KeyMaxLength);
        builder.Property(l => l.ProviderKey).HasMaxLength(UserTokenConfiguration.KeyMaxLength);
    }
}
