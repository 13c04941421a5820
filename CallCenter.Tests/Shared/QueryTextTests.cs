using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Tests.Shared;

public sealed class QueryTextTests
{
    [Fact]
    public void SetFilter_BeforeTheBrowserHasAnswered_KeepsTheFilterBefore()
    {
        var slow = new SlowBrowser("http://portal/demo/calls?page=o1");

        slow.SetFilter("outcome", "Answered");
        slow.SetFilter("range", "today");

        Assert.Equal("http://portal/demo/calls?outcome=Answered&range=today", slow.Asked);
    }

    [Fact]
    public void SetFilter_AfterTheAddressChanged_BuildsOnWhatItIsNow()
    {
        var slow = new SlowBrowser("http://portal/demo/calls");
        slow.SetFilter("outcome", "Answered");

        // The person went elsewhere meanwhile.
        slow.Arrive("http://portal/demo/clients");
        slow.SetFilter("tag", "vip");

        Assert.Equal("http://portal/demo/clients?tag=vip", slow.Asked);
    }

    [Fact]
    public void SetFilter_AfterBack_BringsNothingOfWhatWasLeft()
    {
        var slow = new SlowBrowser("http://portal/demo/calls");
        slow.SetFilter("outcome", "Answered");
        slow.Arrive(slow.Asked);
        slow.Arrive("http://portal/demo/calls");

        slow.SetFilter("range", "today");

        Assert.Equal("http://portal/demo/calls?range=today", slow.Asked);
    }

    [Fact]
    public void SetFilter_WhileADetailIsOpening_KeepsItOpen()
    {
        var slow = new SlowBrowser("http://portal/demo/devices?site=2");

        slow.SetPath("demo/devices/00005E005310");
        slow.SetFilter("q", "5310");

        Assert.Equal("http://portal/demo/devices/00005E005310?site=2&q=5310", slow.Asked);
    }

    [Fact]
    public void SetPath_WhileAFilterIsOnItsWay_KeepsTheFilter()
    {
        var slow = new SlowBrowser("http://portal/demo/devices");

        slow.SetFilter("q", "5310");
        slow.SetFilter("site", "2");
        slow.Arrive("http://portal/demo/devices?q=5310");
        slow.SetPath("demo/devices/00005E005310");

        Assert.Equal("http://portal/demo/devices/00005E005310?q=5310&site=2", slow.Asked);
    }

    [Fact]
    public void SetFilter_WordsOnTheirWay_AreKnownWhenTheyArrive()
    {
        var slow = new SlowBrowser("http://portal/demo/devices?q=%D9%85%D8%AD%D9%85%D8%AF%20a");

        slow.SetPath("demo/devices/00005E005310");
        var first = slow.Asked;
        slow.SetFilter("site", "2");
        slow.Arrive(first);
        slow.SetFilter("model", "GRP2614");

        Assert.Equal("http://portal/demo/devices/00005E005310?q=%D9%85%D8%AD%D9%85%D8%AF%20a&site=2&model=GRP2614", slow.Asked);
    }

    [Fact]
    public void SetFilter_AfterStaying_ForgetsWhereItWasToGo()
    {
        var slow = new SlowBrowser("http://portal/demo/extensions/1");

        slow.SetPath("demo/extensions");
        slow.Stay();
        slow.SetFilter("q", "10");

        Assert.Equal("http://portal/demo/extensions/1?q=10", slow.Asked);
    }

    [Fact]
    public void SetParameter_KeepsThePageAndTheFilters()
    {
        var slow = new SlowBrowser("http://portal/demo/calls?page=o1&q=12&call=1");

        slow.SetParameter("call", "2");
        Assert.Equal("http://portal/demo/calls?page=o1&q=12&call=2", slow.Asked);
        slow.Arrive(slow.Asked);

        slow.SetParameter("call", null);
        Assert.Equal("http://portal/demo/calls?page=o1&q=12", slow.Asked);
    }

    [Fact]
    public void SetFilter_Emptied_TakesItAway()
    {
        var slow = new SlowBrowser("http://portal/demo/calls");
        slow.SetFilter("outcome", "Answered");
        slow.Arrive(slow.Asked);

        slow.SetFilter("outcome", " ");

        Assert.Equal("http://portal/demo/calls", slow.Asked);
    }

    /// <summary>As the one of a circuit: asked to go somewhere, it is there only when the browser says so.</summary>
    private sealed class SlowBrowser : NavigationManager
    {
        public SlowBrowser(string address) => Initialize("http://portal/", address);

        public string Asked { get; private set; } = "";

        public void Arrive(string address)
        {
            Uri = address;
            NotifyLocationChanged(isInterceptedLink: false);
        }

        protected override void NavigateToCore(string uri, NavigationOptions options) => Asked = ToAbsoluteUri(uri).AbsoluteUri;
    }
}
