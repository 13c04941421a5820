using Bunit;
using CallCenter.Tests.Support;
using CallCenter.Web.Shared;

namespace CallCenter.Tests.Shared;

public sealed class DataTableTests : PortalContext
{
    private string? _opened;
    private string? _sorted;

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
    public void Select_OneThenAnotherWithShift_SelectsAllBetween()
    {
        var table = RenderTable(selects: true);

        table.FindAll("tbody input[data-select]")[0].Click();
        Assert.Equal(["one"], table.Instance.Selected);
        table.FindAll("tbody input[data-select]")[2].Click(new Microsoft.AspNetCore.Components.Web.MouseEventArgs { ShiftKey = true });

        Assert.Equal(["one", "three", "two"], table.Instance.Selected);
        Assert.Equal("Select two", table.FindAll("tbody input[data-select]")[1].GetAttribute("aria-label"));
        Assert.Null(_opened);
    }

    [Fact]
    public void SelectAll_TakesAllAndThenNone()
    {
        var table = RenderTable(selects: true);

        table.Find("thead input").Click();
        Assert.Equal(3, table.Instance.Selected.Count);
        Assert.Equal(3, table.FindAll("tr.checked").Count);
        table.Find("thead input").Click();

        Assert.Empty(table.Instance.Selected);
    }

    [Fact]
    public void Sort_HeadPressed_GivesItsName()
    {
        var table = RenderTable();
        Assert.Equal("descending", table.Find("th[aria-sort]").GetAttribute("aria-sort"));
        Assert.Empty(table.FindAll("input"));

        table.Find("th .sort").Click();

        Assert.Equal("size", _sorted);
    }

    [Theory]
    [InlineData(1, "1–50 of 120", null, 2)]
    [InlineData(2, "51–100 of 120", 1, 3)]
    [InlineData(3, "101–120 of 120", 2, null)]
    public void PagePager_EachPage_LinksToItsNeighbours(int at, string range, int? previous, int? next)
    {
        Navigation.NavigateTo("/demo/extensions?q=5");

        var pager = Render<PagePager>(p => p.Add(x => x.Page, at).Add(x => x.PageSize, 50).Add(x => x.Total, 120));

        Assert.Equal(range, pager.Find(".pager > span").TextContent);
        Assert.Equal(previous switch { null => null, 1 => "q=5", _ => $"q=5&page={previous}" }, QueryOf(pager, "prev"));
        Assert.Equal(next is null ? null : $"q=5&page={next}", QueryOf(pager, "next"));
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

    private static string? QueryOf(IRenderedComponent<PagePager> pager, string rel) =>
        pager.FindAll($"a[rel={rel}]") is [var link] ? link.GetAttribute("href")!.Split('?')[1] : null;

    private IRenderedComponent<TwoColumns> RenderTable(bool selects = false) => Render<TwoColumns>(p => p
        .Add(t => t.OnOpen, item => _opened = item)
        .Add(t => t.OnSort, by => _sorted = by)
        .Add(t => t.Selects, selects));
}
