using CallCenter.Core.Calls;

namespace CallCenter.Core.Recordings;

/// <summary>A call of an extension that a mark may belong to.</summary>
/// <param name="CallId">The call.</param>
/// <param name="StartedAtUtc">Its start.</param>
/// <param name="EndedAtUtc">Its end.</param>
/// <param name="Part">What the extension did in it.</param>
public sealed record PauseCandidate(Guid CallId, DateTime StartedAtUtc, DateTime EndedAtUtc, CallPart Part);

/// <summary>Which call a mark belongs to.</summary>
public static class PauseLink
{
    /// <summary>The PBX's clock and the portal's differ by so much at most.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    private const CallPart Talked = CallPart.Called | CallPart.Answered | CallPart.Transferred;

    /// <summary>
    /// The call in which the extension talked when the mark begins. Of several the one that holds the moment exactly, and of those the
    /// one that began last: whoever takes a second call speaks there. A call that only rang is none.
    /// </summary>
    public static Guid? Find(DateTime fromUtc, IEnumerable<PauseCandidate> candidates) => candidates
        .Where(call => (call.Part & Talked) != 0 && call.StartedAtUtc - Slack <= fromUtc && fromUtc <= call.EndedAtUtc + Slack)
        .OrderByDescending(call => call.StartedAtUtc <= fromUtc && fromUtc <= call.EndedAtUtc)
        .ThenByDescending(call => call.StartedAtUtc)
        .ThenBy(call => call.CallId)
        .Select(call => (Guid?)call.CallId)
        .FirstOrDefault();
}
