using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Extensions;

/// <summary>
/// Whose an extension was, and when. Decides whose calls its calls are: a person who gets an extension does not get the calls of
/// whoever had it before. Written by the context with every change of <see cref="Extension.UserId"/>, never by hand.
/// </summary>
public sealed class ExtensionHolding : ITenantOwned
{
    /// <summary>Key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The PBX connection.</summary>
    public required Guid PbxId { get; init; }

    /// <summary>The extension's number.</summary>
    public required string Extension { get; init; }

    /// <summary>Whose it was.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTime FromUtc { get; set; }

    /// <summary>Until when, UTC; null while it is.</summary>
    public DateTime? UntilUtc { get; set; }
}
