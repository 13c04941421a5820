using CallCenter.Core.Clients;
using CallCenter.Core.Phones;
using CallCenter.Core.Softphone;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>What was typed, and how well something fits it: the number itself, its beginning, the beginning of a name, anything else.</summary>
internal sealed class PhoneAsked
{
    private readonly string _folded;

    public PhoneAsked(string text, string country)
    {
        Text = text.Trim().Length > 80 ? text.Trim()[..80] : text.Trim();
        _folded = SearchText.Fold(Text);
        (Digits, _) = PhoneNumbers.Typed(Text);
        HasLetters = Text.Any(char.IsLetter);
        E164 = HasLetters ? 0 : PhoneNumbers.ToE164(Text, country);
    }

    public string Text { get; }

    public string Digits { get; }

    public bool HasLetters { get; }

    public long E164 { get; }

    public bool Fits(PhoneHit hit) =>
        (Digits.Length > 0 && !HasLetters && (AsciiOf(hit.Number).Contains(Digits, StringComparison.Ordinal) || (E164 > 0 && hit.E164 == E164)))
        || (HasLetters && SearchText.Words(Text).All(word => SearchText.Fold(hit.Name).Contains(word, StringComparison.Ordinal)));

    public int Rank(PhoneHit hit) =>
        !HasLetters && Digits.Length > 0 && (hit.Number == Digits || (E164 > 0 && hit.E164 == E164)) ? 0
        : !HasLetters && Digits.Length > 0 && hit.Kind == PhoneHitKind.Extension && hit.Number.StartsWith(Digits, StringComparison.Ordinal) ? 1
        : SearchText.Fold(hit.Name).StartsWith(_folded, StringComparison.Ordinal) ? 2
        : hit.Kind == PhoneHitKind.Recent ? 4 : 3;

    private static string AsciiOf(string number) => PhoneNumbers.Typed(number).Digits;
}
