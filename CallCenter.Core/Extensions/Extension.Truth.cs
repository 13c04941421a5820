namespace CallCenter.Core.Extensions;

// What the PBX is seen to have, and how differences from it are settled.
public sealed partial class Extension
{
    /// <summary>Notes what the PBX has.</summary>
    public void See(ExtensionProfile seen, DateTime nowUtc)
    {
        Seen = seen;
        SeenAtUtc = nowUtc;
        MissingSinceUtc = null;
        Compare();
    }

    /// <summary>Notes that the PBX's list lacks it.</summary>
    public void Miss(DateTime nowUtc) => MissingSinceUtc ??= nowUtc;

    /// <summary>True when what the PBX is read to have may be noted: nothing is under way that changes it.</summary>
    public bool MayBeSeen => State == ExtensionState.Active || (State == ExtensionState.Failed && Operation == ExtensionOperation.Change);

    /// <summary>
    /// Notes what the PBX's list shows: that it is there, and of a managed one that was read before the fields that the list
    /// has. A found one is as the list shows it.
    /// </summary>
    /// <returns>False when that is no news.</returns>
    public bool SeeListed(string name, bool webPhone, bool enabled)
    {
        Require(MayBeSeen || State == ExtensionState.Found);
        var known = State == ExtensionState.Found ? Wanted : Seen;
        var seen = known is null ? null : known with { Name = name, WebPhone = webPhone, Enabled = enabled };
        if (seen == known && MissingSinceUtc is null)
        {
            return false;
        }

        MissingSinceUtc = null;
        if (State == ExtensionState.Found)
        {
            Wanted = seen!;
        }
        else if (seen is not null && SeenAtUtc is { } at)
        {
            See(seen, at);
        }

        return true;
    }

    /// <summary>Creates a missing one anew with what is wanted.</summary>
    public void Recreate(string by, DateTime nowUtc)
    {
        Require(State == ExtensionState.Active && MissingSinceUtc is not null && SecretProtected is not null);
        SecretDiffers = false;
        Begin(ExtensionOperation.Create, by, nowUtc, null);
    }

    /// <summary>Settles differences in favour of the PBX: what is wanted takes these fields from what was seen.</summary>
    public void TakeFromPbx(IEnumerable<ExtensionField> fields)
    {
        Require(State == ExtensionState.Active && Seen is not null);
        Wanted = fields.Aggregate(Wanted, (wanted, field) => field.Copy(wanted, Seen!));
        Compare();
    }

    /// <summary>Takes the secrets that the PBX was read to have.</summary>
    public void TakeSecretsFromPbx(string secretProtected, string? voicemailPinProtected, DateTime nowUtc)
    {
        SecretProtected = secretProtected;
        VoicemailPinProtected = voicemailPinProtected ?? VoicemailPinProtected;
        SecretSinceUtc = nowUtc;
        SecretDiffers = false;
        Compare();
    }

    /// <summary>Notes whether the PBX was read to have the SIP secret that is kept here.</summary>
    public void SeeSecret(bool differs)
    {
        SecretDiffers = differs;
        Compare();
    }

    /// <summary>Puts the same secrets under another key.</summary>
    public void Reprotect(string? secret, string? voicemailPin, string? nextSecret) =>
        (SecretProtected, VoicemailPinProtected, NextSecretProtected) = (secret, voicemailPin, nextSecret);

    /// <summary>Makes it a person's, or nobody's.</summary>
    public void Assign(Guid? userId) => UserId = userId;
}
