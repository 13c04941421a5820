using CallCenter.Core.Primitives;

namespace CallCenter.Core.Softphone;

/// <summary>What can be wrong in <see cref="PhoneForm"/>.</summary>
public static class PhoneFormErrors
{
    /// <summary>Not a wss address without user, query and fragment.</summary>
    public static readonly Error AddressInvalid = new("softphone.address_invalid", "Enter an address such as wss://pbx.example.com:8089/ws.");

    /// <summary>Not a host.</summary>
    public static readonly Error DomainInvalid = new("softphone.domain_invalid", "Enter a host name or address.");

    /// <summary>Too long, or with quotes.</summary>
    public static readonly Error RealmInvalid = new("softphone.realm_invalid", "A realm has at most 120 characters and no quotes.");

    /// <summary>Not a list of hosts with optional ports.</summary>
    public static readonly Error ServersInvalid = new("softphone.servers_invalid", "Enter host or host:port, several separated by spaces, at most four.");

    /// <summary>TURN without a secret.</summary>
    public static readonly Error TurnSecretNeeded = new("softphone.turn_secret_needed", "TURN servers need their shared secret.");

    /// <summary>A word that is no codec, or one twice.</summary>
    public static readonly Error CodecsInvalid = new("softphone.codecs_invalid", "Choose from opus, pcmu, pcma and g722, separated by spaces, each once.");

    /// <summary>Something else than up to 18 digits, * and #.</summary>
    public static readonly Error NumberInvalid = new("softphone.dial_invalid", "At most 18 digits, * and #.");

    /// <summary>A figure out of range.</summary>
    public static readonly Error SecondsRange = new("softphone.seconds_range", "Out of range.");
}
