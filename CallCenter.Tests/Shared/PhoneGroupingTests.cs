using CallCenter.Web.Shared;

namespace CallCenter.Tests.Shared;

public sealed class PhoneGroupingTests
{
    [Theory]
    [InlineData("+353209100123", "+353 20 910 0123")]
    [InlineData("+966115550123", "+966 11 555 0123")]
    [InlineData("+14155550100", "+1 415 555 0100")]
    [InlineData("+442079460123", "+44 20 7946 0123")]
    [InlineData("+99912345678", "+999 123 456 78")]
    [InlineData("1001", "1001")]
    [InlineData("anonymous", "anonymous")]
    [InlineData("+12", "+12")]
    public void Group_Number_AddsOnlySpaces(string number, string expected)
    {
        var grouped = PhoneGrouping.Group(number);

        Assert.Equal(number, grouped.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(expected, grouped);
    }
}
