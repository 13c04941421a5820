using Bunit;
using CallCenter.Core.Erasure;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Erasure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Erasure;

public sealed class ErasurePagesTests : PortalContext
{
    private readonly IErasures _erasures = Substitute.For<IErasures>();

    public ErasurePagesTests()
    {
        Services.AddSingleton(_erasures);
        EnterAs(TenantRole.Admin);
        _erasures.ListAsync(Arg.Any<CancellationToken>()).Returns(Result(Array.Empty<ErasureView>()));
    }

    [Fact]
    public void Look_NumberOfOurs_SaysSoAtTheField()
    {
        _erasures.PreviewAsync("1001", Arg.Any<CancellationToken>()).Returns(ErasureErrors.Internal);
        var page = Render<ErasePage>(p => p.Add(c => c.Slug, "riyadh"));

        page.Find("#erase-number").Input("1001");
        page.Find("form").Submit();

        Assert.Contains("internal number", page.Find("form").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#erase-digits"));
    }

    [Fact]
    public void Erase_AfterThePreview_AsksForDigitsAndReasonAndOpensTheCertificate()
    {
        var (id, held) = (Guid.NewGuid(), new ErasureHeldView(Guid.NewGuid(), Now, "Court case", "Sami", null));
        _erasures.PreviewAsync("0501234567", Arg.Any<CancellationToken>())
            .Returns(new ErasurePreview("+966501234567", Counts((ErasureKinds.Calls, 3)), [new ErasureExample(ErasureKinds.Notes, "Call 0501234567", Now)], [held]));
        _erasures.RequestAsync("+966501234567", "0000", "Letter", Arg.Any<CancellationToken>()).Returns(ErasureErrors.DigitsDiffer);
        _erasures.RequestAsync("+966501234567", "4567", "Letter", Arg.Any<CancellationToken>()).Returns(id);
        var page = Render<ErasePage>(p => p.Add(c => c.Slug, "riyadh"));
        page.Find("#erase-number").Input("0501234567");
        page.Find("form").Submit();

        Assert.Equal("3", page.Find("[data-kind=calls] dd").TextContent);
        Assert.Contains("Court case", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Call 0501234567", page.Markup, StringComparison.Ordinal);
        page.Find("#erase-digits").Input("0000");
        page.Find("#erase-reason").Input("Letter");
        page.FindAll("form")[1].Submit();
        Assert.Contains("not the last four digits", page.FindAll("form")[1].TextContent, StringComparison.Ordinal);
        page.Find("#erase-digits").Input("4567");
        page.FindAll("form")[1].Submit();

        Assert.EndsWith($"riyadh/recordings/erase/{id}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_ThatCannotRead_SaysSo()
    {
        _erasures.ListAsync(Arg.Any<CancellationToken>()).Returns(AccessErrors.Denied);

        Assert.NotEmpty(Render<ErasePage>(p => p.Add(c => c.Slug, "riyadh")).FindAll("[role=alert]"));
    }

    [Fact]
    public void Certificate_UnderWayAndDone_ShowsProgressOrFactsAndVerifies()
    {
        var id = Guid.NewGuid();
        var running = new ErasureView(
            id, new string('a', 64), "Letter", "Mona", Now, null, ErasureState.Running, ErasureStep.Calls, 10, Counts((ErasureKinds.Calls, 4)), "", "", null, []);
        _erasures.FindAsync(id, Arg.Any<CancellationToken>()).Returns(running);
        var page = Render<ErasureCertificatePage>(p => p.Add(c => c.Slug, "riyadh").Add(c => c.Id, id));
        Assert.Equal(("10", "4"), (page.Find("progress").GetAttribute("max"), page.Find("progress").GetAttribute("value")));
        Assert.Empty(page.FindAll("[data-print]"));

        _erasures.FindAsync(id, Arg.Any<CancellationToken>()).Returns(running with { State = ErasureState.Done, FinishedAtUtc = Now, Seal = new string('b', 64), AuditSequence = 17 });
        page = Render<ErasureCertificatePage>(p => p.Add(c => c.Slug, "riyadh").Add(c => c.Id, id));

        Assert.NotEmpty(page.FindAll("[data-print]"));
        Assert.Contains("17", page.Find(".erasure-facts").TextContent, StringComparison.Ordinal);
        _erasures.VerifyAsync(id, "", Arg.Any<CancellationToken>()).Returns(new ErasureCheck(false, true, null, null));
        page.Find("form").Submit();
        Assert.Contains("changed after it was sealed", page.Find(".erasure-checks").TextContent, StringComparison.Ordinal);
    }

    private static ErasureCounts Counts(params (string Kind, long Count)[] kinds)
    {
        var counts = new ErasureCounts();
        Array.ForEach(kinds, kind => counts.Add(kind.Kind, kind.Count));
        return counts;
    }

    private static Result<IReadOnlyList<ErasureView>> Result(ErasureView[] rows) => rows;
}
