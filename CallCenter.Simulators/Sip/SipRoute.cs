namespace CallCenter.Simulators.Sip;

/// <summary>A message and the connection it goes out on.</summary>
internal readonly record struct SipRoute(string ConnectionId, SipMessage Message);
