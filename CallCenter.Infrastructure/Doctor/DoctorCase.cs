using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Doctor;

/// <summary>What a run examines, read once at its start.</summary>
/// <param name="Pbx">Null when none is saved. With an empty password when the stored one cannot be decrypted.</param>
/// <param name="PbxSecretUnreadable">The stored password cannot be decrypted.</param>
/// <param name="PbxVersion">Version of the saved connection.</param>
/// <param name="Gdms">The account, or why there is none.</param>
/// <param name="Stun">Null when none is saved.</param>
internal sealed record DoctorCase(
    PbxEndpoint? Pbx, bool PbxSecretUnreadable, int PbxVersion, Result<GdmsEndpoint> Gdms, StunAddress? Stun)
{
    /// <summary>UTC offset that the newest call detail shows; null before the first sync.</summary>
    public TimeSpan? LearnedOffset { get; init; }
}
