using CallCenter.Core.Phones;
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

    [Fact]
    public void Read_ItsOwnAnswer_GivesTheSame() => Prop.ForAll(Texts.ToArbitrary(), Gen.Elements(Countries).ToArbitrary(), (text, country) =>
    {
        var once = PhoneNumbers.Read(text, country);
        var twice = PhoneNumbers.Read(once.Value, country);

        return (twice.Kind == once.Kind && twice.Value == once.Value && twice.E164 == once.E164)
            .Label($"{country} '{text}': {once} then {twice}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_Decoration_ChangesNothing() => Prop.ForAll(Digits.ToArbitrary(), Gen.Elements(Countries).ToArbitrary(), (digits, country) =>
    {
        var plain = PhoneNumbers.Read(digits, country);
        var arabic = string.Concat(digits.Select(c => (char)('٠' + c - '0')));
        var spaced = "\u202A" + string.Join(' ', digits.Chunk(3).Select(chunk => new string(chunk))) + "\u202C";

        return (PhoneNumbers.Read(arabic, country) == plain && PhoneNumbers.Read(spaced, country) == plain && PhoneNumbers.Read($"({digits[..3]}) {digits[3..]}", country) == plain)
            .Label($"{country} {digits}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_National_KeepsTheSubscribersDigitsAtTheEnd() => Prop.ForAll(Digits.ToArbitrary(), Gen.Elements(Countries).ToArbitrary(), (digits, country) =>
    {
        var read = PhoneNumbers.Read(digits, country);

        // None of these plans rewrites digits: only a prefix goes, only a calling code comes.
        return (read.Kind != PhoneKind.Number || read.Value.EndsWith(digits.TrimStart('0')[^Math.Min(5, digits.TrimStart('0').Length)..], StringComparison.Ordinal))
            .Label($"{country} {digits}: {read}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Display_OfAnyNumber_AddsOnlySpacesAndReadsBack() => Prop.ForAll(Digits.ToArbitrary(), Gen.Elements(Countries).ToArbitrary(), (digits, country) =>
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
    }).QuickCheckThrowOnFailure();
}
