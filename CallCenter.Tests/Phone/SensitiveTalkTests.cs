using System.Globalization;
using Bunit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Phone;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Phone;

public sealed class SensitiveTalkTests : BunitContext
{
    private static readonly DateTime Now = new(2026, 11, 21, 15, 0, 0, DateTimeKind.Utc);

    private readonly IRecordingPauses _pauses = Substitute.For<IRecordingPauses>();

    public SensitiveTalkTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var scope = new ScopeContext();
        scope.SignIn(Guid.NewGuid(), "Mona", false, null);
        scope.EnterTenant(new TenantInfo(Guid.NewGuid(), "demo", "Demo", "Etc/UTC", "IE", "en"), TenantRole.Agent);
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddSingleton(scope).AddSingleton<ITenantContext>(scope);
        Services.AddSingleton(_pauses);
        Services.AddSingleton<TimeProvider>(new ManualClock(new DateTimeOffset(Now)));
        Services.AddScoped<DisplayFormat>();
        Services.AddScoped<ErrorTexts>();
        Services.AddScoped<Pulse>();
    }

    [Fact]
    public void Pause_ThenResume_SaysThatThePbxKeepsRecording()
    {
        _pauses.BeginAsync("", Arg.Any<CancellationToken>()).Returns(Open());
        _pauses.EndAsync(Arg.Any<CancellationToken>()).Returns(Open() with { UntilUtc = Now });
        var card = Render<SensitiveTalk>();

        card.Find("[data-sensitive-begin]").Click();
        Assert.Contains("Marked only: the PBX keeps recording.", card.Find("[role=status]").TextContent, StringComparison.Ordinal);
        card.Find("[data-sensitive-end]").Click();

        Assert.Empty(card.FindAll(".notice"));
        Assert.Single(card.FindAll("[data-sensitive-begin]"));
    }

    [Fact]
    public void Render_OpenMark_OffersToResume()
    {
        _pauses.FindOwnAsync(Arg.Any<CancellationToken>()).Returns((Result<PauseView?>)Open());

        Assert.Single(Render<SensitiveTalk>().FindAll("[data-sensitive-end]"));
    }

    [Fact]
    public void Pause_ThatFails_SaysWhyAndStaysOff()
    {
        _pauses.BeginAsync("", Arg.Any<CancellationToken>()).Returns((Result<PauseView>)CallCenter.Core.Telephony.TelephonyErrors.NotConfigured);
        var card = Render<SensitiveTalk>();

        card.Find("[data-sensitive-begin]").Click();

        Assert.NotEmpty(card.Find(".notice").TextContent);
        Assert.Single(card.FindAll("[data-sensitive-begin]"));
    }

    private static PauseView Open() => new(Guid.NewGuid(), "1001", Now.AddSeconds(-5), null, Guid.NewGuid(), "Mona", "", false);
}
