using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Features.Calls;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Calls;

/// <summary>One call, in the drawer and on its own page, with the rows of the PBX behind it.</summary>
public sealed class CallDetailPageTests : CallsPageBench
{
    [Fact]
    public void CallPage_OwnAddress_ShowsPathAxisAndOtherCalls()
    {
        Scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en"), TenantRole.Owner);
        var detail = Detail();
        detail = detail with
        {
            Call = detail.Call with { Path = "I7000 Q6500 R1002 A1001", OutsideE164 = 353209100123, HungUpBy = CallEnd.Caller },
            Parts = [new AssembledParticipant("1002", CallPart.Rang, "6500", 1, 12, 0)],
        };
        Log.FindAsync(Shown.Id, Arg.Any<CancellationToken>()).Returns(detail);
        Show(Shown, Shown with { Id = Guid.NewGuid() });

        var page = Render<CallPage>(parameters => parameters.Add(p => p.Slug, "demo").Add(p => p.CallId, Shown.Id));

        Assert.Equal(["Menu", "Queue", "Rang", "Answered"], page.FindAll(".call-path li > span:not(.muted)").Select(step => step.TextContent));
        Assert.Equal("0:12", page.Find(".call-path .muted").TextContent);
        Assert.Equal("inset-inline-start: 0%; inline-size: 6.03%", page.Find(".leg-ring").GetAttribute("style"));
        Assert.Single(page.FindAll(".calls-before li"));
        Assert.Equal("tel:+353209100123", page.Find(".call-acts a").GetAttribute("href"));
        Assert.Contains("the caller", page.Find(".facts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void CallPage_FailedCall_SaysWhyAndThePbxsWord()
    {
        Scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en"), TenantRole.Agent);
        var detail = Detail();
        Log.FindAsync(Shown.Id, Arg.Any<CancellationToken>()).Returns(
            detail with { Call = detail.Call with { Outcome = CallOutcome.Failed }, FailureReason = "wrong-number" });

        var page = Render<CallPage>(parameters => parameters.Add(p => p.Slug, "demo").Add(p => p.CallId, Shown.Id));

        var facts = page.Find(".facts").TextContent;
        Assert.Contains("The number is wrong or incomplete", facts, StringComparison.Ordinal);
        Assert.Contains("wrong-number", facts, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#raw-show"));
    }

    [Fact]
    public void RawRows_OnRequest_ShowEveryFieldAsItWasSent()
    {
        Scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en"), TenantRole.Admin);
        const string Raw = """{"AcctId":"7","clid":"\"Ana\" <1001>","userfield":"","nested":{"a":1}}""";
        Log.FindAsync(Shown.Id, Arg.Any<CancellationToken>()).Returns(Detail());
        RawRows.ReadAsync(Shown.Id, Arg.Any<CancellationToken>()).Returns((Result<IReadOnlyList<RawLeg>>)new[]
        {
            new RawLeg("7", "1772463480.1", "", new DateTime(2026, 3, 2, 18, 0, 0), new DateTime(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc), Raw),
            new RawLeg("x1", "1772463480.1", "", new DateTime(2026, 3, 2, 18, 0, 9), new DateTime(2026, 3, 2, 15, 0, 9, DateTimeKind.Utc), "\"1001\",\"1002\""),
        });
        var page = Render<CallPage>(parameters => parameters.Add(p => p.Slug, "demo").Add(p => p.CallId, Shown.Id));
        RawRows.DidNotReceiveWithAnyArgs().ReadAsync(default);

        page.Find("#raw-show").Click();

        Assert.Equal(["AcctId", "clid", "userfield", "nested"], page.FindAll(".raw-fields dt").Select(name => name.TextContent));
        Assert.Equal(["7", "\"Ana\" <1001>", "–", "{\"a\":1}"], page.FindAll(".raw-fields dd").Select(value => value.TextContent.Trim()));
        Assert.Equal("ltr", page.Find(".raw-fields").GetAttribute("dir"));
        Assert.Equal("\"1001\",\"1002\"", page.Find("pre.raw-line").TextContent);
        Assert.Equal(Raw, page.Find(".raw-acts [data-copy]").GetAttribute("data-copy"));
        Assert.Equal("UTC+03:00", page.Find(".raw-acts .num").TextContent);
    }

    [Fact]
    public void RawRows_Fail_SaysSoAndRetries()
    {
        Scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en"), TenantRole.Admin);
        Log.FindAsync(Shown.Id, Arg.Any<CancellationToken>()).Returns(Detail());
        RawRows.ReadAsync(default).ReturnsForAnyArgs((Result<IReadOnlyList<RawLeg>>)CallErrors.NotFound);
        var page = Render<CallPage>(parameters => parameters.Add(p => p.Slug, "demo").Add(p => p.CallId, Shown.Id));
        page.Find("#raw-show").Click();
        Assert.Contains("not found", page.Find(".call-raw [role=alert]").TextContent, StringComparison.Ordinal);

        RawRows.ReadAsync(default).ReturnsForAnyArgs((Result<IReadOnlyList<RawLeg>>)Array.Empty<RawLeg>());
        page.Find(".call-raw .failed button").Click();

        Assert.Contains("no longer kept", page.Find(".call-raw").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void CallPage_CallOfOthers_IsNotFound()
    {
        Scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Asia/Riyadh", "SA", "en"), TenantRole.Owner);
        Log.FindAsync(default).ReturnsForAnyArgs(CallErrors.NotFound);

        var page = Render<CallPage>(parameters => parameters.Add(p => p.Slug, "demo").Add(p => p.CallId, Shown.Id));

        Assert.Contains("not found", page.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button"));
    }

    [Fact]
    public void Open_Row_ShowsItsLegsAndHasAnAddress()
    {
        Log.FindAsync(Shown.Id, Arg.Any<CancellationToken>()).Returns(Detail());
        var page = RenderPage();

        page.Find(".row-open").Click();

        Assert.EndsWith($"/demo/calls?call={Shown.Id}", Navigation.Uri, StringComparison.Ordinal);
        var legs = page.FindAll(".timeline li");
        Assert.Equal(2, legs.Count);
        Assert.Contains("Queue \u20666500\u2069", legs[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("1772463480.1", page.Find("dialog.drawer[data-open]").TextContent, StringComparison.Ordinal);

        page.Find("[data-close]").Click();
        Assert.EndsWith("/demo/calls", Navigation.Uri, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".timeline"));
    }

    [Fact]
    public void Render_AddressOfOthersCall_SaysNotFoundInTheDrawer()
    {
        Log.FindAsync(default).ReturnsForAnyArgs(CallErrors.NotFound);

        var page = RenderPage($"?call={Guid.NewGuid()}");

        Assert.Contains("not found", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("tbody tr"));
    }
}
