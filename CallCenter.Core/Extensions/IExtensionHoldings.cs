using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Extensions;

/// <summary>Who had which extension when. Needs <see cref="Permissions.Extensions.Edit"/>, else <see cref="AccessErrors.Denied"/>.</summary>
public interface IExtensionHoldings
{
    /// <summary>Who had the extension, last first.</summary>
    Task<Result<IReadOnlyList<ExtensionHoldingRow>>> ListAsync(string extension, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says that the person had the extension since earlier or later than the portal knows, such as before it was adopted.
    /// </summary>
    /// <returns>Success, <see cref="ExtensionErrors.NotFound"/>, or <see cref="ExtensionErrors.HoldingOverlaps"/> when somebody else had it then.</returns>
    Task<Result> SetFromAsync(Guid id, DateTime fromUtc, CancellationToken cancellationToken = default);
}

/// <summary>A time in which a person had the extension. Members mean what they mean on <see cref="ExtensionHolding"/>.</summary>
public sealed record ExtensionHoldingRow(Guid Id, Guid UserId, string UserName, DateTime FromUtc, DateTime? UntilUtc);
