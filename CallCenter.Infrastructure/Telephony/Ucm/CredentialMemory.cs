using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Remembers that a UCM refused one set of credentials, so that no job runs into its lock-out. Lives as long as the settings do.</summary>
internal sealed class CredentialMemory(TimeProvider time, TimeSpan cooldown)
{
    private readonly Lock _gate = new();
    private UcmFailure? _refusal;
    private DateTimeOffset _until;

    /// <summary>The refusal that still binds background work; null when a login may be tried.</summary>
    public UcmFailure? Binding
    {
        get
        {
            lock (_gate)
            {
                return _refusal is { } refusal && time.GetUtcNow() < _until
                    ? refusal with { Kind = UcmFailureKind.CoolingDown }
                    : null;
            }
        }
    }

    public void NoteFailure(UcmFailure failure)
    {
        if (failure.Error != TelephonyErrors.WrongCredentials && failure.Error != TelephonyErrors.LockedOut)
        {
            return;
        }

        lock (_gate)
        {
            _refusal = failure;
            _until = time.GetUtcNow() + cooldown;
        }
    }

    public void NoteSuccess()
    {
        lock (_gate)
        {
            _refusal = null;
        }
    }
}
