namespace CallCenter.Simulators.Ucm.Accounts;

/// <summary>An extension with its user, as configured. Immutable: a change makes a new one.</summary>
/// <param name="Sip">Fields of getSIPAccount, <c>secret</c> and <c>vmsecret</c> included.</param>
/// <param name="User">Fields of getUser.</param>
public sealed record UcmAccount(IReadOnlyDictionary<string, string> Sip, IReadOnlyDictionary<string, string> User)
{
    public string Extension => Sip["extension"];

    public string Secret => Sip.GetValueOrDefault("secret", "");

    public string FullName => Sip.GetValueOrDefault("fullname", "");

    /// <summary>False while it is switched off: no phone may register.</summary>
    public bool IsInService => Sip.GetValueOrDefault("out_of_service") != "yes";

    public bool IsWebRtc => Sip.GetValueOrDefault("enable_webrtc") == "yes";
}
