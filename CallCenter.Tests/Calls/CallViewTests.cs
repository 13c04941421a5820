using CallCenter.Core.Calls;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Calls;

public sealed class CallViewTests
{
    [Fact]
    public void Tidy_Address_KeepsFilterAndColumnsOnly() => Assert.Equal(
        "queue=6500&range=last-7-days&cols=outcome%2Cstart",
        CallView.Tidy("page=o123&range=Last-7-Days&call=0197f3aa-0000-7000-8000-000000000001&cols=start,outcome,nonsense&queue=6500&view=x&junk=1"));

    [Theory]
    [InlineData("", "")]
    [InlineData("outcome=Nonsense&q=", "")]
    [InlineData("cols=nonsense", "")]
    [InlineData("cols=none", "cols=none")]
    [InlineData("tag=a%26b%3Dc", "tag=a%26b%3Dc")]
    [InlineData("q=00%20353%20(20)%20910-0123", "q=00353209100123")]
    [InlineData("q=%2B%D9%A9%D9%A6%D9%A6%20%D9%A5", "q=%2B9665")]
    [InlineData("q=abc%20%D9%A5", "q=abc%20%D9%A5")]
    [InlineData("queue=1&queue=2", "queue=2")]
    public void Tidy_OddQueries_KeepWhatIsUnderstood(string query, string expected) => Assert.Equal(expected, CallView.Tidy(query));

    [Fact]
    public void Tidy_Again_ChangesNothing() => Prop.ForAll<string?, int>((text, name) =>
    {
        var names = CallFilterText.Names;
        var tidy = CallView.Tidy($"{names[Math.Abs(name % names.Count)]}={text}&cols={text}");
        return CallView.Tidy(tidy) == tidy && tidy.Length <= CallView.QueryMaxLength;
    }).Holds();

    [Fact]
    public void Tidy_EveryTextAtItsLongest_FitsTheColumn()
    {
        var query = string.Join('&', CallFilterText.Names.Select(name => $"{name}={new string('語', CallFilterText.ValueMaxLength)}"));

        Assert.InRange(CallView.Tidy(query).Length, 8_000, CallView.QueryMaxLength);
    }

    [Fact]
    public void Columns_Names_AreOneOfEachAndFitTheColumn()
    {
        Assert.Equal(Enum.GetValues<CallColumn>().Order(), CallColumns.All.Select(known => known.Column).Order());
        Assert.Equal(CallColumns.All.Count, CallColumns.All.Select(known => known.Name).Distinct().Count());
        Assert.InRange(CallColumns.Write(CallColumns.All.Select(known => known.Column)).Length, 1, CallListChoice.ColumnsMaxLength);
        Assert.Equal(CallColumns.Default.Order(), CallColumns.Read(CallColumns.Write(CallColumns.Default))!.Order());
        Assert.Empty(CallColumns.Read(CallColumns.Write([]))!);
        Assert.Null(CallColumns.Read(""));
    }
}
