using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CallCenter.Core.Extensions;

/// <summary>How columns of a file may be called, in English and Arabic, and how their values may be written.</summary>
public static class ExtensionCsvColumns
{
    /// <summary>Column of the number.</summary>
    public const string Number = nameof(Extension.Number);

    /// <summary>Column of the person, by user name or e-mail address.</summary>
    public const string User = "User";

    private static readonly (string Column, string English, string Arabic, string[] Aliases)[] Table =
    [
        (Number, "Number", "الرقم", ["extension", "ext", "ext no", "extension number", "no", "رقم", "التحويلة", "تحويلة", "رقم التحويلة"]),
        (nameof(ExtensionProfile.Name), "Name", "الاسم", ["full name", "fullname", "display name", "extension name", "اسم", "اسم التحويلة", "الاسم الكامل"]),
        (nameof(ExtensionProfile.Email), "Email", "البريد الإلكتروني", ["e-mail", "mail", "email address", "البريد", "بريد", "الايميل"]),
        (User, "User", "المستخدم", ["user name", "username", "login", "assigned to", "مستخدم", "اسم المستخدم"]),
        (nameof(ExtensionProfile.Enabled), "Enabled", "مفعلة", ["active", "in service", "مفعل", "تفعيل", "في الخدمة"]),
        (nameof(ExtensionProfile.WebPhone), "Web phone", "هاتف الويب", ["webrtc", "softphone", "browser phone", "هاتف المتصفح"]),
        (nameof(ExtensionProfile.Permission), "Permission", "الصلاحية", ["permission level", "privilege", "dial permission", "صلاحية", "مستوى الصلاحية"]),
        (nameof(ExtensionProfile.CallerId), "Caller ID", "رقم المتصل", ["cid", "callerid number", "caller id number", "الرقم الظاهر"]),
        (nameof(ExtensionProfile.RingTimeoutSeconds), "Ring timeout", "مدة الرنين", ["ring timeout seconds", "ring time", "timeout", "زمن الرنين", "مهلة الرنين"]),
        (nameof(ExtensionProfile.Voicemail), "Voicemail", "البريد الصوتي", ["vm", "mailbox", "has voicemail", "صندوق صوتي"]),
        (nameof(ExtensionProfile.Recording), "Recording", "التسجيل", ["record", "auto record", "call recording", "تسجيل", "تسجيل المكالمات"]),
        (nameof(ExtensionProfile.ForwardAlways), "Forward always", "تحويل دائم", ["forward all", "cfu", "call forward always", "تحويل المكالمات دائما"]),
        (nameof(ExtensionProfile.ForwardBusy), "Forward busy", "تحويل عند الانشغال", ["cfb", "forward when busy", "call forward busy"]),
        (nameof(ExtensionProfile.ForwardNoAnswer), "Forward no answer", "تحويل عند عدم الرد", ["cfn", "cfna", "forward when no answer", "call forward no answer"]),
        (nameof(ExtensionProfile.DoNotDisturb), "Do not disturb", "عدم الإزعاج", ["dnd", "ممنوع الازعاج"]),
    ];

    private static readonly FrozenDictionary<string, string> Names = Table
        .SelectMany(row => row.Aliases.Append(row.English).Append(row.Arabic).Append(row.Column).Select(name => (Name: Normal(name), row.Column)))
        .DistinctBy(pair => pair.Name)
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Column, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, bool> Booleans = Words(
        (true, ["yes", "y", "true", "1", "on", "enabled", "نعم", "صح", "مفعل", "مفعلة", "تشغيل"]),
        (false, ["no", "n", "false", "0", "off", "disabled", "لا", "خطا", "معطل", "معطلة", "ايقاف"]));

    private static readonly FrozenDictionary<string, ExtensionPermission> Permissions = Words(
        (ExtensionPermission.Internal, ["internal", "extensions", "داخلي", "داخلية"]),
        (ExtensionPermission.Local, ["local", "محلي", "محلية"]),
        (ExtensionPermission.National, ["national", "وطني", "وطنية"]),
        (ExtensionPermission.International, ["international", "all", "دولي", "دولية"]));

    private static readonly FrozenDictionary<string, ExtensionRecording> Recordings = Words(
        (ExtensionRecording.Off, ["off", "no", "none", "false", "0", "لا", "بدون", "ايقاف"]),
        (ExtensionRecording.All, ["all", "yes", "on", "true", "1", "نعم", "الكل", "كل المكالمات"]),
        (ExtensionRecording.External, ["external", "outside", "خارجي", "خارجية"]),
        (ExtensionRecording.Internal, ["internal", "داخلي", "داخلية"]));

    /// <summary>Every column there is, in the order of the template.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Table.Select(row => row.Column)];

    /// <summary>The column that a heading means; null when it means none.</summary>
    public static string? Find(string heading) => Names.GetValueOrDefault(Normal(heading));

    /// <summary>How the template calls a column.</summary>
    public static string Heading(string column, bool arabic) => Table.Where(row => row.Column == column).Select(row => arabic ? row.Arabic : row.English).First();

    /// <summary>Digits of any script as 0 to 9, without the blanks, dashes and brackets that people put between them.</summary>
    public static string Digits(string text) => string.Concat(text
        .Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '(' or ')' or '.'))
        .Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));

    /// <summary>Yes or no; null when it is neither.</summary>
    public static bool? Boolean(string text) => Booleans.TryGetValue(Normal(Digits(text)), out var value) || Booleans.TryGetValue(Normal(text), out value) ? value : null;

    /// <summary>A permission; null when it is none.</summary>
    public static ExtensionPermission? Permission(string text) => Permissions.TryGetValue(Normal(text), out var value) ? value : null;

    /// <summary>A recording mode; null when it is none.</summary>
    public static ExtensionRecording? Recording(string text) => Recordings.TryGetValue(Normal(text), out var value) ? value : null;

    private static FrozenDictionary<string, T> Words<T>(params (T Value, string[] Words)[] rows) => rows
        .SelectMany(row => row.Words.Select(word => (Word: Normal(word), row.Value)))
        .ToFrozenDictionary(pair => pair.Word, pair => pair.Value, StringComparer.Ordinal);

    // Spelling that people do not agree on: case, blanks, dashes; in Arabic hamzas, the last letters, vowels, the stretching line.
    private static string Normal(string text)
    {
        var normal = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                normal.Append(c switch
                {
                    'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
                    'ة' => 'ه',
                    'ى' => 'ي',
                    _ => char.ToLowerInvariant(c),
                });
            }
        }

        return normal.ToString();
    }
}
