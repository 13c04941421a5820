using CallCenter.Core.Calls;

namespace CallCenter.Tests.Calls;

public sealed class NumberTailTests
{
    [Theory]
    [InlineData("+353 20 910 0123", "0123", true)]
    [InlineData("+353 20 910 0123", "020 910 0123", true)]
    [InlineData("0209100123", "+353 20 910 0123", true)]
    [InlineData("0209100123", "00353209100123", true)]
    [InlineData("1001", "1001", true)]
    [InlineData("1001", "01", true)]
    [InlineData("1001", "11001", false)]
    [InlineData("1001", "100", false)]
    [InlineData("+966112000999", "٩٩٩", true)]
    [InlineData("999", "999", true)]
    [InlineData("998", "999", false)]
    [InlineData("", "0", false)]
    [InlineData("anonymous", "0", false)]
    [InlineData("*98", "98", true)]
    public void EndingWith_Digits_HoldsExactlyTheNumbersThatEndSo(string number, string typed, bool expected)
    {
        var range = NumberTail.EndingWith(typed);

        var tail = NumberTail.Of(number);
        Assert.NotNull(range);
        Assert.Equal(expected, tail >= range.Value.First && tail <= range.Value.Last);
    }

    [Fact]
    public void EndingWith_NoDigit_IsNull() => Assert.Null(NumberTail.EndingWith("abc +"));
}
