using System.Globalization;
using CallCenter.Core.Phones;

namespace CallCenter.Tests.Phones;

/// <summary>What libphonenumber-js makes of thousands of valid numbers of every country, written by tools/phone-countries.</summary>
public sealed class PhoneVectorTests
{
    // Our own rules, on purpose: up to six bare digits are an extension, and nothing is longer than E.164 allows.
    private const int LongestInternal = 6;

    [Fact]
    public void Vectors_OfEveryCountry_AgreeOnNumberCountryAndLine()
    {
        var vectors = ReadVectors();

        var wrong = vectors.Where(vector => Ours(vector) != (vector.E164, vector.Country, vector.Line)).ToList();

        Assert.True(vectors.Count > 5000 && vectors.Select(vector => vector.Country).Distinct().Count() >= 235, $"{vectors.Count} vectors");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {vectors.Count} differ:\n" + string.Join('\n', wrong.Take(25).Select(vector => $"{vector} but {Ours(vector)}")));
    }

    private static (string E164, string Country, string Line) Ours(Vector vector)
    {
        var read = PhoneNumbers.Read(vector.Typed, vector.From);
        return (read.Value, PhoneNumbers.CountryOf(read.E164) ?? "001", PhoneNumbers.LineOf(read.E164) switch
        {
            PhoneLine.Fixed => "FIXED_LINE",
            PhoneLine.Mobile => "MOBILE",
            PhoneLine.FixedOrMobile => "FIXED_LINE_OR_MOBILE",
            PhoneLine.TollFree => "TOLL_FREE",
            PhoneLine.Premium => "PREMIUM_RATE",
            PhoneLine.Personal => "PERSONAL_NUMBER",
            PhoneLine.Voicemail => "VOICEMAIL",
            PhoneLine.Company => "UAN",
            PhoneLine.Pager => "PAGER",
            PhoneLine.Voip => "VOIP",
            PhoneLine.SharedCost => "SHARED_COST",
            _ => "",
        });
    }

    private static List<Vector> ReadVectors()
    {
        using var stream = typeof(PhoneVectorTests).Assembly.GetManifestResourceStream("phone-vectors.tsv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Select(parts => new Vector(parts[0], parts[1], parts[2], parts[3], parts[4]))
            .Where(vector => vector.E164.Length <= 1 + PhoneNumbers.MaxDigits)
            .Where(vector => vector.Typed.Any(c => c is '+') || vector.Typed.Count(char.IsAsciiDigit) > LongestInternal)];
    }

    private sealed record Vector(string Typed, string From, string E164, string Country, string Line)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From}: {Typed} -> {E164} {Country} {Line}");
    }
}
