namespace CallCenter.Core.Telephony;

/// <summary>What kind of PBX a tenant runs; picks the adapter.</summary>
public enum PbxKind
{
    /// <summary>Grandstream UCM63xx/62xx over its HTTPS API.</summary>
    Ucm = 1,

    /// <summary>Asterisk over AMI.</summary>
    Asterisk = 2,
}
