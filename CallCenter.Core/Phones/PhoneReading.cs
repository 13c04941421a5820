namespace CallCenter.Core.Phones;

/// <summary>A number, normalised. Reading the <see cref="Value"/> again in the same country gives the same.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">E.164 with its plus for <see cref="PhoneKind.Number"/>; digits, stars or the text as they were otherwise; empty when withheld.</param>
/// <param name="E164">The digits of E.164 as one integer, which is what is stored, compared and indexed; 0 unless <see cref="PhoneKind.Number"/>.</param>
/// <param name="Extension">Digits after an extension sign, such as <c>12</c> of <c>+44 20 7946 0018 ext. 12</c>; empty without.</param>
public readonly record struct PhoneReading(PhoneKind Kind, string Value, long E164, string Extension)
{
    /// <summary>Nobody's number.</summary>
    public static readonly PhoneReading Withheld = new(PhoneKind.Withheld, "", 0, "");

    internal static PhoneReading Of(PhoneKind kind, string value, string extension = "") => new(kind, value, 0, extension);
}
