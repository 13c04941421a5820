using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Settings;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Settings;

public sealed class PbxClockCardTests : PortalContext
{
    private readonly IPbxOffsets _offsets = Substitute.For<IPbxOffsets>();

    public PbxClockCardTests()
    {
        Services.AddSingleton(_offsets);
        EnterAs(TenantRole.Admin);
    }

    [Fact]
    public void Card_OffsetsOfAYear_ShowsEachWithWhenItWasSeen()
    {
        Answer((60, Now.AddDays(-300), Now.AddDays(-130)), (-210, Now.AddDays(-120), Now));

        var card = Render<PbxClockCard>();

        Assert.Equal(2, card.FindAll("dt").Count);
        Assert.Contains("+01:00", card.FindAll("dt")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("03:30", card.FindAll("dt")[1].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("+03:30", card.FindAll("dt")[1].TextContent, StringComparison.Ordinal);
        Assert.All(card.FindAll("dd"), seen => Assert.Contains("2025", seen.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Card_BeforeTheFirstSync_IsNotThere()
    {
        Answer();

        Assert.Empty(Render<PbxClockCard>().FindAll(".card"));
    }

    [Fact]
    public void Card_Failed_SaysSo()
    {
        _offsets.ListAsync(default).ReturnsForAnyArgs(AccessErrors.Denied);

        Assert.NotEmpty(Render<PbxClockCard>().FindAll("[role=alert]"));
    }

    private void Answer(params (int Minutes, DateTime First, DateTime Last)[] spans) => _offsets.ListAsync(default).ReturnsForAnyArgs(
        Ok([.. spans.Select(span => new PbxOffset { PbxId = Guid.NewGuid(), OffsetMinutes = span.Minutes, FirstSeenUtc = span.First, LastSeenUtc = span.Last })]));

    private static Result<IReadOnlyList<PbxOffset>> Ok(PbxOffset[] spans) => spans;
}
