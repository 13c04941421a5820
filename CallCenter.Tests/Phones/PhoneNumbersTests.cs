using CallCenter.Core.Phones;

namespace CallCenter.Tests.Phones;

public sealed class PhoneNumbersTests
{
    [Theory]
    [InlineData("SA", "+966 50 123 4567", "+966501234567")]
    [InlineData("SA", "00966-50-123-4567", "+966501234567")]
    [InlineData("SA", "0501234567", "+966501234567")]
    [InlineData("SA", "501234567", "+966501234567")]
    [InlineData("SA", "966501234567", "+966501234567")]
    [InlineData("SA", "٠٥٠ ١٢٣ ٤٥٦٧", "+966501234567")]
    [InlineData("SA", "۰۵۰۱۲۳۴۵۶۷", "+966501234567")]
    [InlineData("SA", "\u200E+966 50 123 4567\u200F", "+966501234567")]
    [InlineData("SA", "\u202A٠٠٩٦٦٥٠١٢٣٤٥٦٧\u202C", "+966501234567")]
    [InlineData("SA", "(011) 555 0123", "+966115550123")]
    [InlineData("SA", "80055501 23", "+9668005550123")]
    [InlineData("SA", "tel:+966-50-123-4567", "+966501234567")]
    [InlineData("SA", "sip:+966501234567@pbx.example;user=phone", "+966501234567")]
    [InlineData("SA", "447700900123", "+447700900123")]
    [InlineData("AE", "050 123 4567", "+971501234567")]
    [InlineData("AE", "04/123 4567", "+97141234567")]
    [InlineData("EG", "010 0123 4567", "+201001234567")]
    [InlineData("EG", "02 2345 6789", "+20223456789")]
    [InlineData("JO", "079 012 3456", "+962790123456")]
    [InlineData("JO", "06 200 1234", "+96262001234")]
    [InlineData("KW", "5001 2345", "+96550012345")]
    [InlineData("QA", "3312 3456", "+97433123456")]
    [InlineData("BH", "3600 1234", "+97336001234")]
    [InlineData("OM", "9212 3456", "+96892123456")]
    [InlineData("LB", "03 123 456", "+9613123456")]
    [InlineData("LB", "71 123 456", "+96171123456")]
    [InlineData("MA", "06 50 12 34 56", "+212650123456")]
    [InlineData("DZ", "0551 23 45 67", "+213551234567")]
    [InlineData("TN", "20 123 456", "+21620123456")]
    [InlineData("IQ", "0791 234 5678", "+9647912345678")]
    [InlineData("GB", "020 7946 0018", "+442079460018")]
    [InlineData("GB", "+44 (0)20 7946 0018", "+442079460018")]
    [InlineData("GB", "07400 123456", "+447400123456")]
    [InlineData("IE", "020 910 0123", "+353209100123")]
    [InlineData("US", "(202) 555-0123", "+12025550123")]
    [InlineData("US", "1-202-555-0123", "+12025550123")]
    [InlineData("US", "011 44 20 7946 0018", "+442079460018")]
    [InlineData("US", "00966501234567", "+966501234567")]
    [InlineData("CA", "506-234-5678", "+15062345678")]
    [InlineData("DE", "030 123456", "+4930123456")]
    [InlineData("DE", "0151 23456789", "+4915123456789")]
    [InlineData("FR", "01 23 45 67 89", "+33123456789")]
    [InlineData("FR", "+33 (0)6.12.34.56.78", "+33612345678")]
    [InlineData("IN", "081234 56789", "+918123456789")]
    [InlineData("PK", "0301 2345678", "+923012345678")]
    [InlineData("TR", "0501 234 56 78", "+905012345678")]
    [InlineData("IT", "06 1234 5678", "+390612345678")]
    [InlineData("IT", "+39 06 1234 5678", "+390612345678")]
    [InlineData("IT", "312 345 6789", "+393123456789")]
    [InlineData("XX", "+966501234567", "+966501234567")]
    public void Read_SubscribersNumber_IsE164(string country, string typed, string expected)
    {
        var read = PhoneNumbers.Read(typed, country);

        Assert.Equal(PhoneKind.Number, read.Kind);
        Assert.Equal(expected, read.Value);
        Assert.Equal(expected, PhoneNumbers.Text(read.E164));
        Assert.Equal("", read.Extension);
    }

    [Theory]
    [InlineData("+6400125084", "+6400125084", "+64 001 250 84")]
    [InlineData("+640125084", "+64125084", "+64 125 084")]
    [InlineData("+12843798", "+12843798", "+1 284 3798")]
    public void Read_TrunkPrefixAfterTheCallingCode_ReadsTheSameAgain(string typed, string expected, string shown)
    {
        var read = PhoneNumbers.Read(typed, "IQ");

        Assert.Equal((expected, shown), (read.Value, PhoneDisplay.International(read.E164)));
        Assert.Equal(read, PhoneNumbers.Read(shown, "IQ"));
    }

    [Theory]
    [InlineData("+44 20 7946 0018 ext. 12", "+442079460018", "12")]
    [InlineData("+44 20 7946 0018x12", "+442079460018", "12")]
    [InlineData("020 7946 0018 #12", "+442079460018", "12")]
    [InlineData("020 7946 0018,,12", "+442079460018", "12")]
    [InlineData("tel:+442079460018;ext=12", "+442079460018", "12")]
    [InlineData("+44 20 7946 0018 تحويلة ١٢", "+442079460018", "12")]
    public void Read_WithExtension_KeepsItApart(string typed, string number, string extension) =>
        Assert.Equal((PhoneKind.Number, number, extension), (PhoneNumbers.Read(typed, "GB").Kind, PhoneNumbers.Read(typed, "GB").Value, PhoneNumbers.Read(typed, "GB").Extension));

    [Theory]
    [InlineData("SA", null, PhoneKind.Withheld, "")]
    [InlineData("SA", "  ", PhoneKind.Withheld, "")]
    [InlineData("SA", "Anonymous", PhoneKind.Withheld, "")]
    [InlineData("SA", "sip:anonymous@anonymous.invalid", PhoneKind.Withheld, "")]
    [InlineData("SA", "---", PhoneKind.Withheld, "")]
    [InlineData("SA", "1001", PhoneKind.Internal, "1001")]
    [InlineData("SA", "٦٥٠٠", PhoneKind.Internal, "6500")]
    [InlineData("DE", "123456", PhoneKind.Internal, "123456")]
    [InlineData("SA", "*97", PhoneKind.Service, "*97")]
    [InlineData("SA", "*90*1001#", PhoneKind.Service, "*90*1001#")]
    [InlineData("SA", "997", PhoneKind.Emergency, "997")]
    [InlineData("SA", "112", PhoneKind.Emergency, "112")]
    [InlineData("US", "911", PhoneKind.Emergency, "911")]
    [InlineData("GB", "997", PhoneKind.Internal, "997")]
    [InlineData("SA", "Front desk", PhoneKind.Unknown, "Front desk")]
    [InlineData("SA", "+999 123 456 789", PhoneKind.Unknown, "+999123456789")]
    [InlineData("XX", "0501234567", PhoneKind.Unknown, "0501234567")]
    [InlineData("SA", "12345678901234567890123", PhoneKind.Unknown, "12345678901234567890123")]
    [InlineData("DE", "90924048666725", PhoneKind.Unknown, "90924048666725")]
    public void Read_WhatIsNoSubscriber_StaysWhatItIs(string country, string? typed, PhoneKind kind, string value)
    {
        var read = PhoneNumbers.Read(typed, country);

        Assert.Equal((kind, value, 0L), (read.Kind, read.Value, read.E164));
    }

    [Fact]
    public void Read_LongTextWhoseWordsAreCutOff_ReadsAsItsBeginning()
    {
        var read = PhoneNumbers.Read("8ext (00) 9(7)51 0, 51 5-(0)5#6 500 ext 0-000 723.#0651*00 /x (0) 0x (0) a06a", "TR");

        Assert.Equal(read, PhoneNumbers.Read(read.Value, "TR"));
        Assert.Equal((PhoneKind.Unknown, new string('x', 64)), (PhoneNumbers.Read(new string('x', 65), "TR").Kind, PhoneNumbers.Read(new string('x', 65), "TR").Value));
    }

    [Theory]
    [InlineData(966501234567, "SA", PhoneLine.Mobile)]
    [InlineData(966115550123, "SA", PhoneLine.Fixed)]
    [InlineData(9668005550123, "SA", PhoneLine.TollFree)]
    [InlineData(447400123456, "GB", PhoneLine.Mobile)]
    [InlineData(12015550123, "US", PhoneLine.FixedOrMobile)]
    [InlineData(15062345678, "CA", PhoneLine.FixedOrMobile)]
    [InlineData(393123456789, "IT", PhoneLine.Mobile)]
    [InlineData(87077312345, null, PhoneLine.Unknown)]
    public void CountryAndLine_OfNumber_FollowThePlan(long e164, string? country, PhoneLine line)
    {
        Assert.Equal(country, PhoneNumbers.CountryOf(e164));
        if (country is not null)
        {
            Assert.Equal(line, PhoneNumbers.LineOf(e164));
            Assert.True(PhoneNumbers.IsValid(e164));
        }
    }

    [Fact]
    public void CountryOf_SatelliteAndNobody_IsNull()
    {
        Assert.Null(PhoneNumbers.CountryOf(8816123456789));
        Assert.Null(PhoneNumbers.CountryOf(999123456789));
        Assert.False(PhoneNumbers.IsValid(999123456789));
        Assert.False(PhoneNumbers.IsValid(96650));
    }

    [Theory]
    [InlineData(966501234567, "SA", "050 123 4567", "+966 50 123 4567")]
    [InlineData(966501234567, "GB", "+966 50 123 4567", "+966 50 123 4567")]
    [InlineData(12025550123, "US", "202 555 0123", "+1 202 555 0123")]
    [InlineData(33123456789, "FR", "01 23 45 67 89", "+33 1 23 45 67 89")]
    [InlineData(96550012345, "KW", "500 12345", "+965 500 12345")]
    [InlineData(390612345678, "IT", "06 1234 5678", "+39 06 1234 5678")]
    [InlineData(39049516, "IT", "+39 049 516", "+39 049 516")]
    public void Display_HomeAndAbroad_GroupsAsTheCountryDoes(long e164, string country, string home, string abroad)
    {
        Assert.Equal(home, PhoneDisplay.National(e164, country));
        Assert.Equal(abroad, PhoneDisplay.International(e164));
    }
}
