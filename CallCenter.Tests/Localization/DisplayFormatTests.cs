using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Localization;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Localization;

public sealed class DisplayFormatTests : PortalContext
{
    public DisplayFormatTests() => EnterAs(TenantRole.Agent);

    private DisplayFormat Display => Services.GetRequiredService<DisplayFormat>();

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(7, "0:07")]
    [InlineData(187, "3:07")]
    [InlineData(3765, "1:02:45")]
    [InlineData(90000, "25:00:00")]
    public void Duration_Seconds_ReadsAsClock(int seconds, string expected) => Assert.Equal(expected, Display.Duration(seconds));

    [Theory]
    [InlineData(10, "just now")]
    [InlineData(120, "2 min ago")]
    [InlineData(3 * 3600, "3 h ago")]
    [InlineData(20 * 3600, "yesterday, 22:00")]
    [InlineData(72 * 3600, "27 Feb, 18:00")]
    public void Relative_Age_ReadsInTheTenantsZone(int secondsAgo, string expected) =>
        Assert.Equal(expected, Display.Relative(Now.AddSeconds(-secondsAgo)));

    [Fact]
    public void Exact_Always_NamesTheOffset() => Assert.Equal("2 Mar 2026, 18:00:00 UTC+03:00", Display.Exact(Now));

    [Fact]
    public void Number_Arabic_LatinDigitsUnlessChosen()
    {
        Language("ar");

        Assert.Equal("12,345", Display.Number(12345));
        Display.ArabicDigits = true;
        Assert.Equal("١٢,٣٤٥", Display.Number(12345));
    }

    [Fact]
    public void Number_English_NeverArabicDigits()
    {
        Display.ArabicDigits = true;

        Assert.Equal("12,345", Display.Number(12345));
    }

    [Fact]
    public void Date_Arabic_GregorianWithArabicMonth()
    {
        Language("ar");

        Assert.Equal("2 مارس 2026", Display.Date(Now));
    }

    [Fact]
    public void StartOfDayUtc_SkippedByClockChange_IsTheMomentAfter()
    {
        // Beirut's clocks jumped from midnight to one on 27 March 2022.
        var scope = new ScopeContext();
        scope.EnterAsSystem(Riyadh with { TimeZoneId = "Asia/Beirut" }, "test");
        var display = ActivatorUtilities.CreateInstance<DisplayFormat>(Services, (ITenantContext)scope);

        Assert.Equal(new DateTime(2022, 3, 26, 22, 0, 0), display.StartOfDayUtc(new DateOnly(2022, 3, 27)));
    }
}
