using CallCenter.Core.Extensions;

namespace CallCenter.Infrastructure.Extensions.Truth;

/// <summary>A profile as the PBX has it, within what is stored here: a PBX may hold longer texts than the portal writes.</summary>
internal static class ProfileFit
{
    public static ExtensionProfile ToStore(ExtensionProfile seen) => seen with
    {
        Name = Name(seen.Name),
        Email = Cut(seen.Email, ExtensionProfile.EmailMaxLength),
        CallerId = Cut(seen.CallerId, ExtensionProfile.DialMaxLength),
        ForwardAlways = Cut(seen.ForwardAlways, ExtensionProfile.DialMaxLength),
        ForwardBusy = Cut(seen.ForwardBusy, ExtensionProfile.DialMaxLength),
        ForwardNoAnswer = Cut(seen.ForwardNoAnswer, ExtensionProfile.DialMaxLength),
    };

    public static string Name(string seen) => Cut(seen, ExtensionProfile.NameMaxLength);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
