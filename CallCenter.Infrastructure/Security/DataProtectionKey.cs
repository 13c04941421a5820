using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Security;

/// <summary>A key of ASP.NET Core's data protection (cookies, antiforgery), shared by all nodes. Global.</summary>
internal sealed class DataProtectionKey
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string FriendlyName { get; init; }

    /// <summary>The key's XML; its secret part is encrypted with the key ring.</summary>
    public required string Xml { get; set; }

    public required DateTime CreatedAtUtc { get; init; }
}

internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("DataProtectionKeys");
        builder.Property(k => k.Xml).HasMaxLength(-1);
    }
}
