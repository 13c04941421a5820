using CallCenter.Core.Calls;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Calls.Views;

internal sealed class CallViewConfiguration : IEntityTypeConfiguration<CallView>
{
    public void Configure(EntityTypeBuilder<CallView> builder)
    {
        builder.ToTable("CallViews");
        builder.Property(view => view.Id).ValueGeneratedNever();
        builder.Property(view => view.Name).HasMaxLength(CallView.NameMaxLength);
        builder.Property(view => view.NameKey).HasMaxLength(CallView.NameMaxLength);
        builder.Property(view => view.Query).HasMaxLength(CallView.QueryMaxLength);
        builder.Property(view => view.Version).IsConcurrencyToken();
        builder.HasIndex(view => new { view.TenantId, view.OwnerId, view.NameKey }).IsUnique();
    }
}

internal sealed class CallListChoiceConfiguration : IEntityTypeConfiguration<CallListChoice>
{
    public void Configure(EntityTypeBuilder<CallListChoice> builder)
    {
        builder.ToTable("CallListChoices");
        builder.HasKey(choice => new { choice.TenantId, choice.UserId });
        builder.Property(choice => choice.Columns).HasMaxLength(CallListChoice.ColumnsMaxLength);
    }
}
