using System.Globalization;
using System.Text.Json;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm.Accounts;

/// <summary>
/// <see cref="ExtensionProfile"/> in the UCM's fields and back. A write holds the fields that were named and no other, so that
/// whatever else the PBX has survives.
/// </summary>
internal static class UcmExtensionFields
{
    public const string Number = "extension";
    public const string Secret = "secret";
    public const string VoicemailPin = "vmsecret";
    public const string UserPassword = "user_password";
    public const string FullName = "fullname";
    public const string Email = "email";

    private const string FirstName = "first_name";
    private const string LastName = "last_name";

    private static readonly (ExtensionPermission Permission, string Word)[] Permissions =
    [
        (ExtensionPermission.Internal, "internal"),
        (ExtensionPermission.Local, "internal-local"),
        (ExtensionPermission.National, "internal-local-national"),
        (ExtensionPermission.International, "internal-local-national-international"),
    ];

    /// <summary>Fields of the SIP account. Name and address belong to the user and are not among them.</summary>
    private static readonly SipField[] Sip =
    [
        new(nameof(ExtensionProfile.Enabled), "out_of_service", p => YesNo(!p.Enabled), (p, t) => Flag(t) is { } off ? p with { Enabled = !off } : null),
        new(nameof(ExtensionProfile.WebPhone), "enable_webrtc", p => YesNo(p.WebPhone), (p, t) => Flag(t) is { } on ? p with { WebPhone = on } : null),
        new(nameof(ExtensionProfile.Permission), "permission", p => Word(p.Permission), (p, t) => Permission(t) is { } level ? p with { Permission = level } : null),
        new(nameof(ExtensionProfile.CallerId), "cidnumber", p => p.CallerId, (p, t) => p with { CallerId = t }),
        new(
            nameof(ExtensionProfile.RingTimeoutSeconds), "ring_timeout",
            p => p.RingTimeoutSeconds?.ToString(CultureInfo.InvariantCulture) ?? UcmActions.Null, RingTimeout),
        new(nameof(ExtensionProfile.Voicemail), "hasvoicemail", p => YesNo(p.Voicemail), (p, t) => Flag(t) is { } on ? p with { Voicemail = on } : null),
        new(nameof(ExtensionProfile.Recording), "auto_record", p => Word(p.Recording), (p, t) => Recording(t) is { } kind ? p with { Recording = kind } : null),
        new(nameof(ExtensionProfile.ForwardAlways), "cfu", p => p.ForwardAlways, (p, t) => IsTarget(t) ? p with { ForwardAlways = t } : null),
        new(nameof(ExtensionProfile.ForwardBusy), "cfb", p => p.ForwardBusy, (p, t) => IsTarget(t) ? p with { ForwardBusy = t } : null),
        new(nameof(ExtensionProfile.ForwardNoAnswer), "cfn", p => p.ForwardNoAnswer, (p, t) => IsTarget(t) ? p with { ForwardNoAnswer = t } : null),
        new(nameof(ExtensionProfile.DoNotDisturb), "dnd", p => YesNo(p.DoNotDisturb), (p, t) => Flag(t) is { } on ? p with { DoNotDisturb = on } : null),
    ];

    // The set that worked on a live UCM; the rest is sent only where it differs from what a new extension has anyway.
    private static readonly string[] AlwaysAdded =
        [nameof(ExtensionProfile.Permission), nameof(ExtensionProfile.Voicemail), nameof(ExtensionProfile.WebPhone)];

    /// <summary>Whether a change of the field goes to the user instead of the SIP account.</summary>
    public static bool IsOfUser(ExtensionField field) => field.Name is nameof(ExtensionProfile.Name) or nameof(ExtensionProfile.Email);

    /// <summary>Parameters of addSIPAccountAndUser.</summary>
    public static Dictionary<string, string> ForAdd(string number, ExtensionProfile profile, Secret secret, Secret pin, Secret userPassword)
    {
        var (first, last) = Split(profile.Name);
        var sent = new Dictionary<string, string>
        {
            [Number] = number,
            [FullName] = OneSpaced(profile.Name),
            [FirstName] = first,
            [LastName] = last,
            ["call_waiting"] = "yes",
            [Secret] = secret.Reveal(),
            [UserPassword] = userPassword.Reveal(),
            [VoicemailPin] = pin.Reveal(),
        };
        if (profile.Email.Length > 0)
        {
            sent[Email] = profile.Email;
        }

        var usual = new ExtensionProfile();
        foreach (var field in Sip)
        {
            if (AlwaysAdded.Contains(field.Name) || field.Write(profile) != field.Write(usual))
            {
                sent[field.Column] = field.Write(profile);
            }
        }

        return sent;
    }

    /// <summary>The named fields of the SIP account, without its number.</summary>
    public static Dictionary<string, string> ForSip(ExtensionProfile profile, IReadOnlyList<ExtensionField> fields) =>
        Sip.Where(s => fields.Any(f => f.Name == s.Name)).ToDictionary(s => s.Column, s => s.Write(profile));

    /// <summary>The named fields of the user, without its name and id.</summary>
    public static Dictionary<string, string> ForUser(ExtensionProfile profile, IReadOnlyList<ExtensionField> fields)
    {
        var sent = new Dictionary<string, string>();
        if (fields.Any(f => f.Name == nameof(ExtensionProfile.Name)))
        {
            // The UCM makes the full name of these two; an empty last name has to be said, or the old one stays.
            (sent[FirstName], sent[LastName]) = Split(profile.Name);
        }

        if (fields.Any(f => f.Name == nameof(ExtensionProfile.Email)))
        {
            sent[Email] = profile.Email;
        }

        return sent;
    }

    /// <summary>An extension from its account and, when it could be read, its user.</summary>
    public static PbxExtension Read(string number, JsonElement account, JsonElement? user)
    {
        var profile = new ExtensionProfile { Name = OneSpaced(account.Text(FullName)), WebPhone = false };
        List<string> unread = [];
        if (!account.TryFindProperty(FullName, out _))
        {
            var name = OneSpaced($"{user?.Text(FirstName)} {user?.Text(LastName)}");
            profile = profile with { Name = name };
            Note(nameof(ExtensionProfile.Name), name.Length > 0);
        }

        var holder = account.TryFindProperty(Email, out _) ? account : user;
        profile = profile with { Email = holder?.Text(Email) ?? "" };
        Note(nameof(ExtensionProfile.Email), holder is not null);
        foreach (var field in Sip)
        {
            var read = account.TryFindProperty(field.Column, out var value) && value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
                ? field.Read(profile, value.AsText())
                : null;
            profile = read ?? profile;
            Note(field.Name, read is not null);
        }

        return new PbxExtension(number, profile, SecretOf(account, Secret), SecretOf(account, VoicemailPin))
        {
            Unread = [.. ExtensionFields.All.Where(f => unread.Contains(f.Name))],
        };

        void Note(string name, bool known)
        {
            if (!known)
            {
                unread.Add(name);
            }
        }
    }

    /// <summary>Whether the column holds a secret.</summary>
    public static bool IsSecret(string column) => column is Secret or VoicemailPin or UserPassword;

    private static Secret? SecretOf(JsonElement account, string column)
    {
        // Not the tolerant reading: a secret is taken to the letter, blanks at its ends included.
        var text = account.Find(column) is { } value ? value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : value.AsText() : "";
        return text.Length == 0 || text.All(c => c is '*' or '•') ? null : new Secret(text);
    }

    private static (string First, string Last) Split(string name)
    {
        var whole = OneSpaced(name);
        var space = whole.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (whole, "") : (whole[..space], whole[(space + 1)..]);
    }

    private static string OneSpaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static bool? Flag(string text) => text.ToUpperInvariant() switch
    {
        "YES" or "1" or "TRUE" or "ON" => true,
        "NO" or "0" or "FALSE" or "OFF" or "" => false,
        _ => null,
    };

    private static string Word(ExtensionPermission permission) => Permissions.First(p => p.Permission == permission).Word;

    private static ExtensionPermission? Permission(string text) =>
        Permissions.Where(p => string.Equals(p.Word, text, StringComparison.OrdinalIgnoreCase)).Select(p => (ExtensionPermission?)p.Permission).FirstOrDefault();

    private static string Word(ExtensionRecording recording) => recording switch
    {
        ExtensionRecording.All => "all",
        ExtensionRecording.External => "external",
        ExtensionRecording.Internal => "internal",
        _ => "off",
    };

    private static ExtensionRecording? Recording(string text) => text.ToUpperInvariant() switch
    {
        "OFF" or "NO" or "" => ExtensionRecording.Off,
        "ALL" or "YES" => ExtensionRecording.All,
        "EXTERNAL" => ExtensionRecording.External,
        "INTERNAL" => ExtensionRecording.Internal,
        _ => null,
    };

    private static ExtensionProfile? RingTimeout(ExtensionProfile profile, string text) =>
        text.Length == 0 ? profile with { RingTimeoutSeconds = null }
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= ExtensionProfile.RingTimeoutMin and <= ExtensionProfile.RingTimeoutMax ? profile with { RingTimeoutSeconds = seconds }
        : null;

    // A forward to a mailbox or a group is written as a word; it has no counterpart here and must not look like a number.
    private static bool IsTarget(string text) =>
        text.Length <= ExtensionProfile.DialMaxLength && text.All(c => char.IsAsciiDigit(c) || c is '*' or '#' or '+');

    /// <param name="Name">Name of the profile's property.</param>
    /// <param name="Column">The UCM's field.</param>
    /// <param name="Write">Its value for a profile.</param>
    /// <param name="Read">The profile with a value; null when the value has no counterpart.</param>
    private sealed record SipField(
        string Name, string Column, Func<ExtensionProfile, string> Write, Func<ExtensionProfile, string, ExtensionProfile?> Read);
}
