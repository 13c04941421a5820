using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>What an extension did in a call. Flags: one may have rung first and be transferred to later.</summary>
[Flags]
public enum CallPart
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Placed the call.</summary>
    Called = 1,

    /// <summary>Its phone rang.</summary>
    Rang = 2,

    /// <summary>Answered as a person.</summary>
    Answered = 4,

    /// <summary>Transferred it on.</summary>
    Transferred = 8,

    /// <summary>Its mailbox took it.</summary>
    Voicemail = 16,

    /// <summary>Was called and could not ring: busy, or no phone of it was there.</summary>
    Missed = 32,
}

/// <summary>
/// The part of one of the PBX's own extensions in a call; one row per call and extension. Decides whose call it is (scopes) and the
/// figures by agent. Written with its call, never by hand.
/// </summary>
public sealed class CallParticipant : ITenantOwned
{
    /// <inheritdoc />
    public Guid TenantId { get; init; }

    /// <summary>The call.</summary>
    public required Guid CallId { get; init; }

    /// <summary>The extension's number.</summary>
    public required string Extension { get; init; }

    /// <summary>Start of the call, UTC; here so that an extension's calls can be read in the list's order.</summary>
    public required DateTime StartedAtUtc { get; init; }

    /// <summary>What it did.</summary>
    public required CallPart Part { get; init; }

    /// <summary>Queue that offered the call to it first; empty when none did.</summary>
    public required string Queue { get; init; }

    /// <summary>How often its phone rang for this call.</summary>
    public required int Offers { get; init; }

    /// <summary>Seconds its phone rang, summed; 0 where not known.</summary>
    public required int RingSeconds { get; init; }

    /// <summary>Seconds it talked, summed.</summary>
    public required int TalkSeconds { get; init; }
}

/// <summary>A participant as <see cref="CallAssembler"/> reads it from the legs. Members mean what they mean on <see cref="CallParticipant"/>.</summary>
public sealed record AssembledParticipant(string Extension, CallPart Part, string Queue, int Offers, int RingSeconds, int TalkSeconds);
