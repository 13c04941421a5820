using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>The PBX's own rows of a call, for admins who want to see what a figure rests on. Reading them is an act of the audit.</summary>
public interface IRawLegs
{
    /// <summary>Rows of a call by start. Asks for <see cref="Permissions.Calls.Raw"/> and the reach of the caller.</summary>
    /// <returns>The rows, <see cref="AccessErrors.Denied"/> or <see cref="CallErrors.NotFound"/>.</returns>
    Task<Result<IReadOnlyList<RawLeg>>> ReadAsync(Guid callId, CancellationToken cancellationToken = default);
}

/// <summary>A row as the PBX gave it.</summary>
/// <param name="AccountId">Row counter, or a fingerprint that begins with <c>x</c> where the PBX gave none.</param>
/// <param name="UniqueId">Unique id.</param>
/// <param name="Session">Session; may be empty.</param>
/// <param name="StartLocal">Start on the PBX's wall clock.</param>
/// <param name="StartedAtUtc">The same moment, UTC, by the offset derived for it.</param>
/// <param name="Raw">The row itself: JSON of a UCM, a line of an imported file.</param>
public sealed record RawLeg(string AccountId, string UniqueId, string Session, DateTime StartLocal, DateTime StartedAtUtc, string Raw)
{
    /// <summary>The PBX's UTC offset that was used.</summary>
    public TimeSpan Offset => StartLocal - DateTime.SpecifyKind(StartedAtUtc, DateTimeKind.Unspecified);
}
