using Bunit;
using CallCenter.Core.Extensions;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Extensions;

namespace CallCenter.Tests.Extensions;

public sealed class RegistrationHistoryTests : PortalContext
{
    private static readonly RegistrationRow Open = new(Now.AddMinutes(-90), Now.AddMinutes(-5), null, "192.0.2.10:5060", "GXP1625");
    private static readonly RegistrationRow Ended = new(Now.AddHours(-5), Now.AddHours(-4), Now.AddHours(-3), "192.0.2.11:5060", "");

    public RegistrationHistoryTests() => EnterAs(Core.Tenancy.TenantRole.Admin);

    [Fact]
    public void Render_Spans_ShowsHowLongAndWhere()
    {
        var history = Render<RegistrationHistory>(p => p.Add(x => x.Spans, [Open, Ended]));

        var items = history.FindAll("li");
        Assert.Contains("Registered now", items[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("1:30:00", items[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("GXP1625", items[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("2:00:00", items[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Certain until", items[1].TextContent, StringComparison.Ordinal);
        Assert.Empty(history.FindAll(".notice"));
    }

    [Fact]
    public void Render_PbxOutOfReach_DoesNotClaimThatItIsRegistered()
    {
        var history = Render<RegistrationHistory>(p => p.Add(x => x.Spans, [Open]).Add(x => x.Status, LineStatus.Unknown));

        Assert.DoesNotContain("Registered now", history.Markup, StringComparison.Ordinal);
        Assert.Contains("out of reach", history.Find("li").TextContent, StringComparison.Ordinal);
        Assert.Contains("1:25:00", history.Find("li").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Flapping_SaysWhatItMeans() =>
        Assert.Contains("4 times", Render<RegistrationHistory>(p => p.Add(x => x.Spans, [Open]).Add(x => x.Flapping, true)).Find(".notice").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Render_Never_SaysSo() => Assert.Contains("No phone", Render<RegistrationHistory>().Markup, StringComparison.Ordinal);
}
