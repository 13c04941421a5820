namespace CallCenter.Infrastructure.Jobs;

/// <summary>Who owns a piece of work. Global: names begin with the tenant's or PBX's key where they concern one.</summary>
internal sealed class JobLease
{
    public const int HolderMaxLength = 64;

    public required string Name { get; init; }

    /// <summary>Random, per acquisition.</summary>
    public required string Holder { get; set; }

    public required DateTime ExpiresAtUtc { get; set; }

    public required long Fence { get; set; }
}
