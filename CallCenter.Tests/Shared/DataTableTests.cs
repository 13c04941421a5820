using Bunit;
using CallCenter.Tests.Support;
using CallCenter.Web.Shared;

namespace CallCenter.Tests.Shared;

public sealed class DataTableTests : PortalContext
{
    private string? _opened;

    [Fact]
    public void Render_Columns_InOrderWithLabelsForCards()
    {
        var table = RenderTable();

        Assert.Equal(["Name", "Size"], table.FindAll("th[scope=col]").Select(th => th.TextContent));
        Assert.Equal("Size", table.Find("tbody td:nth-child(2)").GetAttribute("data-label"));
        Assert.Equal("Things", table.Find("caption").TextContent);
    }

    [Fact]
    public void Click_RowOrButton_OpensOnce()
    {
        var table = RenderTable();

        table.Find("tbody tr").Click();
        Assert.Equal("one", _opened);
        table.FindAll(".row-open")[1].Click();

        Assert.Equal("two", _opened);
    }

    [Fact]
    public void Pager_OnAPage_LinksBothWaysAndKeepsFilters()
    {
        Navigation.NavigateTo("/demo/calls?q=555&page=k1");

        var pager = Render<KeysetPager>(p => p.Add(x => x.Newer, "n").Add(x => x.Older, "o"));

        var links = pager.FindAll("a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Equal(3, links.Count);
        Assert.DoesNotContain("page=", links[0], StringComparison.Ordinal);
        Assert.EndsWith("?q=555&page=n", links[1], StringComparison.Ordinal);
        Assert.EndsWith("?q=555&page=o", links[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Filter_Chosen_WritesTheAddressAndLeavesThePage()
    {
        Navigation.NavigateTo("/demo/calls?q=555&page=k1");
        var filter = Render<FilterSelect>(p => p.Add(x => x.Name, "state").Add(x => x.Label, "State").Add(x => x.All, "All").Add(x => x.Options, [("active", "Active")]));

        filter.Find("select").Change("active");

        Assert.EndsWith("/demo/calls?q=555&state=active", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void FilterBar_Clear_TakesItsFiltersAway()
    {
        Navigation.NavigateTo("/demo/calls?q=555&state=active&other=1");
        var bar = Render<FilterBar>(p => p.Add(x => x.Names, ["q", "state"]).AddChildContent("filters"));

        bar.Find("button").Click();

        Assert.EndsWith("/demo/calls?other=1", Navigation.Uri, StringComparison.Ordinal);
    }

    private IRenderedComponent<TwoColumns> RenderTable() => Render<TwoColumns>(p => p.Add(t => t.OnOpen, item => _opened = item));
}
