using CallCenter.Core.Clients;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Clients;

internal sealed class ClientConfiguration : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> builder)
    {
        builder.ToTable("Clients");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Name).HasMaxLength(Client.NameMaxLength);
        builder.Property(c => c.Company).HasMaxLength(Client.NameMaxLength);
        builder.Property(c => c.Note).HasMaxLength(Client.NoteMaxLength);
        builder.Property(c => c.SearchText).HasMaxLength(Client.SearchMaxLength);
        builder.Property(c => c.SortText).HasMaxLength(Client.NameMaxLength);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Ignore(c => c.DisplayName);
        builder.HasMany(c => c.Numbers).WithOne().HasForeignKey(n => n.ClientId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(c => c.Tags).WithOne().HasForeignKey(t => t.ClientId).OnDelete(DeleteBehavior.Cascade);

        // The list, in its order.
        builder.HasIndex(c => new { c.TenantId, c.SortText, c.Id });
    }
}

internal sealed class ClientNumberConfiguration : IEntityTypeConfiguration<ClientNumber>
{
    public void Configure(EntityTypeBuilder<ClientNumber> builder)
    {
        builder.ToTable("ClientNumbers");
        builder.HasKey(n => new { n.ClientId, n.E164 });
        builder.Property(n => n.E164).ValueGeneratedNever();
        builder.Property(n => n.Label).HasMaxLength(ClientNumber.LabelMaxLength);

        // Whose number is it; not unique, as two clients may share a number.
        builder.HasIndex(n => new { n.TenantId, n.E164 });
        builder.HasIndex(n => new { n.TenantId, n.Tail });
    }
}

internal sealed class ClientTagConfiguration : IEntityTypeConfiguration<ClientTag>
{
    public void Configure(EntityTypeBuilder<ClientTag> builder)
    {
        builder.ToTable("ClientTags");
        builder.HasKey(t => new { t.ClientId, t.Key });
        builder.Property(t => t.Key).HasMaxLength(ClientTag.TextMaxLength);
        builder.Property(t => t.Text).HasMaxLength(ClientTag.TextMaxLength);
        builder.HasIndex(t => new { t.TenantId, t.Key });
    }
}

internal sealed class ClientNumberChangeConfiguration : IEntityTypeConfiguration<ClientNumberChange>
{
    public void Configure(EntityTypeBuilder<ClientNumberChange> builder)
    {
        builder.ToTable("ClientNumberChanges");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => new { c.TenantId, c.Id });
    }
}
