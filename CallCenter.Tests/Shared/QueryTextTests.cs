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

        protected override void NavigateToCore(string uri, NavigationOptions options) => Asked = ToAbsoluteUri(uri).ToString();
    }
}
