using System.Net;

namespace CallCenter.Simulators.Sip;

/// <summary>Numbers that the PBX itself answers, with sound, and how.</summary>
public sealed record SipMediaOptions
{
    /// <summary>Sends back what is said; null for none.</summary>
    public string? Echo { get; init; } = "*43";

    /// <summary>Plays music; null for none.</summary>
    public string? Music { get; init; } = "*44";

    /// <summary>A room in which all callers hear each other; null for none.</summary>
    public string? Conference { get; init; } = "6300";

    /// <summary>Parks who is transferred to it, in the first free of the places behind it; null for none.</summary>
    public string? Park { get; init; } = "700";

    /// <summary>Places for parked calls: the numbers behind <see cref="Park"/>.</summary>
    public int ParkPlaces { get; init; } = 20;

    /// <summary>Whether a number that no extension has goes out over the trunk, where somebody answers.</summary>
    public Func<string, bool> IsOutside { get; init; } = number => number.TrimStart('+').Length >= 7 && number.TrimStart('+').All(char.IsAsciiDigit);

    /// <summary>How long it rings at the other end of the trunk.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a call from outside rings before the caller gives up.</summary>
    public TimeSpan CallerPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where media is received. Browsers that cannot reach loopback want an address of this machine.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;
}

/// <summary>A call from outside that somebody ordered.</summary>
public sealed record SipOutsideCall
{
    /// <summary>Who calls, as the trunk tells it.</summary>
    public string Number { get; init; } = "";

    /// <summary>The caller's name; empty for none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Extension that is called.</summary>
    public string Extension { get; init; } = "";

    /// <summary>So many at once; each further one has a number one higher.</summary>
    public int Count { get; init; } = 1;
}
