namespace CallCenter.Simulators.Sip;

/// <summary>A call with sound of the PBX itself.</summary>
/// <param name="CallId">SIP Call-ID.</param>
/// <param name="Number">Whom the PBX plays: an own number, or somebody beyond the trunk.</param>
/// <param name="FromOutside">The other side was called.</param>
/// <param name="Established">It was answered.</param>
/// <param name="PacketsIn">Packets of sound that came in.</param>
public sealed record SipMediaCall(string CallId, string Number, bool FromOutside, bool Established, long PacketsIn);
