using CallCenter.Core.Extensions;

namespace CallCenter.Infrastructure.Telephony.Ucm.Accounts;

/// <summary>What is known when a UCM refuses a write without saying why.</summary>
/// <param name="Status">Its code.</param>
/// <param name="Action">What was asked for.</param>
/// <param name="Sent">The fields. Looked at, never kept or shown.</param>
internal sealed record UcmRefusal(int Status, string Action, IReadOnlyDictionary<string, string> Sent)
{
    /// <summary>This API user has written an extension on this PBX before, so it may.</summary>
    public bool HasWritten { get; init; }

    /// <summary>The PBX has denied this API user other things (-47).</summary>
    public bool DeniedElsewhere { get; init; }

    /// <summary>A hosted CloudUCM, which wants more fields than its manual says.</summary>
    public bool Hosted { get; init; }

    /// <summary>Numbers that exist; empty when not known.</summary>
    public IReadOnlyCollection<string> Known { get; init; } = [];
}

/// <summary>
/// Likely causes of a refusal, likeliest first. -25 alone stands for a weak secret, a missing field, a value out of range, a missing
/// permission, a number outside the PBX's range, and its limit of extensions. Pure.
/// </summary>
internal static class UcmRefusals
{
    private const int MostHints = 4;

    // Below this a cause is not worth a person's time.
    private const int Mentioned = 10;

    public static IReadOnlyList<string> Explain(UcmRefusal refusal)
    {
        switch (refusal.Status)
        {
            case UcmStatus.NoPermission:
                return [ExtensionHints.NoWritePermission];
            case UcmStatus.AlreadyAdded:
                return [ExtensionHints.Duplicate];
            case UcmStatus.SensitiveCharacters:
                return [ExtensionHints.SensitiveCharacters];
        }

        (string Hint, int Weight)[] causes =
        [
            (ExtensionHints.WeakSecret, Secret(refusal)),
            (ExtensionHints.NoWritePermission, Permission(refusal)),
            (ExtensionHints.MissingField, Missing(refusal)),
            (ExtensionHints.NumberOutOfRange, Number(refusal)),
            (ExtensionHints.ExtensionLimit, Limit(refusal)),
            (ExtensionHints.ValueOutOfRange, Value(refusal)),
            (ExtensionHints.SensitiveCharacters, Characters(refusal)),
            (ExtensionHints.Duplicate, refusal is { Status: UcmStatus.UpdateFailed, Action: "addSIPAccountAndUser" } && Has(refusal, UcmExtensionFields.Email) ? 11 : 0),
        ];
        return [.. causes.Where(c => c.Weight >= Mentioned).OrderByDescending(c => c.Weight).Take(MostHints).Select(c => c.Hint)];
    }

    private static bool Adds(UcmRefusal refusal) => refusal.Action == "addSIPAccountAndUser";

    private static bool Has(UcmRefusal refusal, string field) => refusal.Sent.GetValueOrDefault(field) is { Length: > 0 };

    private static int Secret(UcmRefusal refusal)
    {
        var secrets = refusal.Sent.Where(f => f.Key is UcmExtensionFields.Secret or UcmExtensionFields.UserPassword).Select(f => f.Value).ToList();
        if (secrets.Count == 0 || refusal.Status == UcmStatus.InvalidParameters)
        {
            return 0;
        }

        // A secret of every class can still be too short for a rule nobody knows.
        return secrets.TrueForAll(IsStrong) ? secrets.TrueForAll(s => s.Length >= 12) ? 12 : 25 : 90;
    }

    private static bool IsStrong(string secret) =>
        secret.Length >= 8 && secret.Any(char.IsUpper) && secret.Any(char.IsLower) && secret.Any(char.IsDigit) && secret.Any(c => !char.IsLetterOrDigit(c));

    private static int Permission(UcmRefusal refusal)
    {
        if (refusal.Status is UcmStatus.InvalidParameters or UcmStatus.InvalidValue || (refusal.HasWritten && !refusal.DeniedElsewhere))
        {
            return 0;
        }

        var most = refusal.Action == "deleteUser" || refusal.Status == UcmStatus.OperateFailed ? 80 : 55;
        return refusal.HasWritten ? 15 : refusal.DeniedElsewhere ? most + 15 : most;
    }

    private static int Missing(UcmRefusal refusal)
    {
        if (!Adds(refusal))
        {
            return refusal.Status == UcmStatus.InvalidParameters ? 60 : 0;
        }

        var least = refusal.Status == UcmStatus.InvalidParameters ? 70 : 10;
        return Has(refusal, UcmExtensionFields.Email) ? least : refusal.Hosted ? 95 : Math.Max(least, 50);
    }

    private static int Number(UcmRefusal refusal)
    {
        if (!Adds(refusal) || refusal.Status == UcmStatus.InvalidParameters || refusal.Sent.GetValueOrDefault(UcmExtensionFields.Number) is not { } number)
        {
            return 0;
        }

        var weight = refusal.Status == UcmStatus.InvalidValue ? 70 : 30;
        if (refusal.Known.Count == 0)
        {
            return weight;
        }

        var alike = refusal.Known.Where(k => k.Length == number.Length).ToList();
        if (alike.Count == 0)
        {
            return weight + 55;
        }

        var inside = string.CompareOrdinal(number, alike.Min(StringComparer.Ordinal)) >= 0 && string.CompareOrdinal(number, alike.Max(StringComparer.Ordinal)) <= 0;
        return inside ? Mentioned - 1 : weight + 8;
    }

    // Where extensions could be made before, and this one is like them, the count is what is left.
    private static int Limit(UcmRefusal refusal) =>
        !Adds(refusal) || refusal.Status is UcmStatus.InvalidParameters or UcmStatus.InvalidValue ? 0 : refusal.HasWritten ? 40 : 18;

    private static int Value(UcmRefusal refusal)
    {
        string[] bounded = ["cidnumber", "ring_timeout", "cfu", "cfb", "cfn", "auto_record", "permission", "enable_webrtc"];
        var optional = refusal.Sent.Keys.Count(k => bounded.Contains(k) && !(Adds(refusal) && k is "permission" or "enable_webrtc"));
        if (refusal.Action == "deleteUser" || refusal.Status == UcmStatus.InvalidParameters)
        {
            return 0;
        }

        return refusal.Status == UcmStatus.InvalidValue ? 80 : optional > 0 ? Adds(refusal) ? 35 : 60 : Adds(refusal) ? 14 : 20;
    }

    private static int Characters(UcmRefusal refusal)
    {
        var texts = refusal.Sent.Where(f => f.Key is "fullname" or "first_name" or "last_name" or "email").Select(f => f.Value).ToList();
        return texts.Exists(t => t.Any(c => !char.IsLetterOrDigit(c) && !char.IsWhiteSpace(c) && c is not ('-' or '.' or '_' or '@' or '\0') && !IsMark(c)))
            ? 45
            : 0;
    }

    // Vowel signs and joiners of Arabic and Indic names are no special characters.
    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
        or System.Globalization.UnicodeCategory.SpacingCombiningMark or System.Globalization.UnicodeCategory.Format;
}
