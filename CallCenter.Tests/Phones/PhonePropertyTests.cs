using CallCenter.Core.Phones;
using CallCenter.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenter.Tests.Phones;

public sealed class PhonePropertyTests
{
    private static readonly string[] Countries =
        ["SA", "AE", "EG", "JO", "KW", "QA", "BH", "OM", "LB", "MA", "DZ", "TN", "IQ", "GB", "IE", "US", "CA", "DE", "FR", "IN", "PK", "TR", "IT"];

    private static readonly string[] Signs =
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "٠", "٥", "٩", "۰", "۷", "00", "+", " ", "-", "(", ")", "(0)", "/", ".", "\u200E", "\u202B", "*", "#", "x", "ext", "a", "م"];

    private static Gen<string> Texts => Gen.Elements(Signs).ListOf().Select(string.Concat);

    private static Gen<string> Digits => Gen.Choose(0, 9).ListOf(12).SelectMany(digits => Gen.Choose(7, 12).Select(count => string.Concat(digits.Take(count))));

    // A calling code, prefixes people leave in, digits: what digits alone rarely make.
    private static Gen<string> Abroad =>
        from code in Gen.Frequency((2, Gen.Elements("1", "7", "20", "39", "44", "49", "64", "33", "52", "54", "55", "90", "91", "92", "212", "358", "590", "599", "964", "966", "971")), (1, Gen.Choose(1, 999).Select(c => $"{c}")))
        from prefix in Gen.Elements("", "", "0", "00", "000", "8", "1", "15", "06", "9")
        from digits in Digits
        from count in Gen.Choose(2, 12)
        select code + prefix + digits[..Math.Min(count, digits.Length)];

    private static Gen<string> Typed => Gen.OneOf(Texts, Digits, Abroad, Abroad.Select(digits => "+" + digits), Abroad.Select(digits => "00" + digits));

    [Fact]
    public void Read_ItsOwnAnswer_GivesTheSame() => Prop.ForAll(Typed.ToArbitrary(), Gen.Elements(Countries).ToArbitrary(), (text, country) =>
    {
        var once = PhoneNumbers.Read(text, country);
        var twice = PhoneNumbers.Read(once.Value, country);

        return (twice.Kind == once.Kind && twice.Value == once.Value && twice.E164 == once.E164)
            .Label($"{country} '{text}': {once} then {twice}");
    }).Holds();

    [Fact]
    public void Read_Decoration_ChangesNothing() => Prop.ForAll(Digits.ToArbitrary(), Gen.Elements(Countries).ToArbitrary(), (digits, country) =>
    {
        var plain = PhoneNumbers.Read(digits, country);
        var arabic = string.Concat(digits.Select(c => (char)('٠' + c - '0')));
        var spaced = "\u202A" + string.Join(' ', digits.Chunk(3).Select(chunk => new string(chunk))) + "\u202C";

        return (PhoneNumbers.Read(arabic, country) == plain && PhoneNumbers.Read(spaced, country) == plain && PhoneNumbers.Read($"({digits[..3]}) {digits[3..]}", country) == plain)
            .Label($"{country} {digits}");
    }).Holds();

    [Fact]
    public void Read_National_KeepsTheSubscribersDigitsAtTheEnd() => Prop.ForAll(Digits.ToArbitrary(), Gen.Elements(Countries).ToArbitrary(), (digits, country) =>
    {
        var read = PhoneNumbers.Read(digits, country);

        // None of these plans rewrites digits: only a prefix goes, only a calling code of up to three digits comes.
        return (read.Kind != PhoneKind.Number
                || (read.Value.EndsWith(digits[^4..], StringComparison.Ordinal) && digits.EndsWith(read.Value[4..], StringComparison.Ordinal)))
            .Label($"{country} {digits}: {read}");
    }).Holds();

    [Fact]
    public void Display_OfAnyNumber_AddsOnlySpacesAndReadsBack() => Prop.ForAll(Gen.OneOf(Digits, Abroad).ToArbitrary(), Gen.Elements(Countries).ToArbitrary(), (digits, country) =>
    {
        var read = PhoneNumbers.Read("+" + digits, country);
        if (read.Kind != PhoneKind.Number)
        {
            return true.ToProperty();
        }

        var shown = PhoneDisplay.International(read.E164);
        return (shown.Replace(" ", "", StringComparison.Ordinal) == read.Value
            && PhoneNumbers.Read(shown, country) == read
            && (!PhoneNumbers.IsValid(read.E164) || PhoneNumbers.Read(PhoneDisplay.National(read.E164, country), country).E164 == read.E164))
            .Label($"{country} {digits}: {read}, {shown}, {PhoneDisplay.National(read.E164, country)}");
    }).Holds();
}
