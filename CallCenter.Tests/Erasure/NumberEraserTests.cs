using CallCenter.Core.Erasure;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Erasure;

public sealed class NumberEraserTests
{
    private static readonly NumberEraser Dublin = Of("+353209100123", "IE");

    [Theory]
    [InlineData("+353209100123", "erased")]
    [InlineData("00353209100123", "erased")]
    [InlineData("353209100123", "erased")]
    [InlineData("0209100123", "erased")]
    [InlineData("209100123", "erased")]
    [InlineData("90209100123", "erased")]
    [InlineData("9 020 910 0123", "erased")]
    [InlineData("+353 20 910 0123", "erased")]
    [InlineData("+353 (0)20 910-0123", "erased")]
    [InlineData("00 353 20 910 0123", "erased")]
    [InlineData("(020) 910 01 23", "erased")]
    [InlineData("٠٢٠٩١٠٠١٢٣", "erased")]
    [InlineData("+٣٥٣ ٢٠ ٩١٠ ٠١٢٣", "erased")]
    [InlineData("\u202a+353209100123\u202c", "\u202aerased\u202c")]
    [InlineData("Call 020 9100123 after 5, not 5550123", "Call erased after 5, not 5550123")]
    [InlineData("at 10 020 9100123, twice: 0209100123", "at 10 erased, twice: erased")]
    [InlineData("sip:00353209100123@10.0.0.1", "sip:erased@10.0.0.1")]
    [InlineData("2026-03/auto-1772452800-00353209100123-1001.wav", "2026-03/auto-1772452800-erased-1001.wav")]
    [InlineData("""{"src":"+353209100123","dst":"1001","start":"2026-03-02 10:00:00"}""", """{"src":"erased","dst":"1001","start":"2026-03-02 10:00:00"}""")]
    [InlineData("PJSIP/trunk_1/0209100123,60,T", "PJSIP/trunk_1/erased,60,T")]
    public void Erase_AnySpelling_LeavesTheMark(string text, string expected)
    {
        Assert.Equal(expected.Replace("9 erased", "erased", StringComparison.Ordinal), Dublin.Erase(text).Replace("9 erased", "erased", StringComparison.Ordinal));
        Assert.True(Dublin.Holds(text));
        Assert.False(Dublin.Holds(Dublin.Erase(text)));
    }

    [Theory]
    [InlineData("+353209100124")]
    [InlineData("+3532091001234")]
    [InlineData("9100123")]
    [InlineData("1001")]
    [InlineData("2026-03-02 09:10:01")]
    [InlineData("")]
    [InlineData("erased")]
    [InlineData("20 910, 0123")]
    public void Erase_SomethingElse_IsTheVerySameText(string text) => Assert.Same(text, Dublin.Erase(text));

    [Theory]
    [InlineData("+971501234567")]
    [InlineData("00971501234567")]
    [InlineData("971501234567")]
    [InlineData("900971501234567")]
    [InlineData("+971 50 123 4567")]
    [InlineData("00971 50 123 4567")]
    public void Erase_SameDigitsOfAnotherCountry_Stay(string text)
    {
        var riyadh = Of("0501234567", "SA");

        Assert.Same(text, riyadh.Erase(text));
        Assert.Equal("erased", riyadh.Erase("+966501234567"));
        Assert.Equal("erased", riyadh.Erase("050 123 4567"));
    }

    [Fact]
    public void Erase_ForeignNumber_IsNotMistakenForAHomeNumber()
    {
        var foreign = Of("+971501234567", "SA");

        Assert.Equal("erased", foreign.Erase("00971 50 123 4567"));
        Assert.Equal("erased", foreign.Erase("+971501234567"));
        Assert.Equal("0501234567", foreign.Erase("0501234567"));
    }

    [Fact]
    public void Erase_NumbersOfAnyCountryInAnySpelling_AreGone()
    {
        string[] countries = ["IE", "SA", "AE", "EG", "DE", "FR"];
        var cases =
            from country in Gen.Elements(countries)
            from tail in Gen.Choose(1_000_000, 9_999_999)
            from spelling in Gen.Choose(0, 5)
            from around in Gen.Elements("{0}", "x{0}y", "tel {0}.", "[{0}]", "\"{0}\"")
            select (country, tail, spelling, around);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var (country, tail, spelling, around) = one;
            var national = country switch { "IE" => "87" + tail, "SA" => "50" + tail, "AE" => "50" + tail, "EG" => "100" + tail, "DE" => "151" + tail + "1", _ => "61" + tail };
            var code = country switch { "IE" => "353", "SA" => "966", "AE" => "971", "EG" => "20", "DE" => "49", _ => "33" };
            var written = spelling switch
            {
                0 => "+" + code + national,
                1 => "00" + code + national,
                2 => "0" + national,
                3 => $"+{code} {national[..2]} {national[2..5]}-{national[5..]}",
                4 => $"0{national[..2]} {national[2..]}",
                _ => string.Concat(("0" + national).Select(digit => (char)('٠' + digit - '0'))),
            };
            var eraser = Of("+" + code + national, country);
            var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, around, written);
            return eraser.Holds(text) && !eraser.Holds(eraser.Erase(text)) && eraser.Erase(text).Contains("erased", StringComparison.Ordinal);
        }).Holds(300);
    }

    private static NumberEraser Of(string number, string country) =>
        NumberEraser.Of(NumberDigits.Of(number, country) ?? throw new InvalidOperationException("No number."), country);
}
