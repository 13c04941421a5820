using System.Globalization;
using Bunit;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Recordings;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Recordings;

public sealed class RecordingPlayerTests : BunitContext
{
    private static readonly DateTime Now = new(2026, 11, 21, 15, 0, 0, DateTimeKind.Utc);

    private readonly ScopeContext _scope = new();
    private readonly TenantInfo _tenant = new(Guid.NewGuid(), "demo", "Demo", "Etc/UTC", "IE", "en");

    public RecordingPlayerTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddSingleton(_scope).AddSingleton<ITenantContext>(_scope);
        Services.AddSingleton<TimeProvider>(new ManualClock(new DateTimeOffset(Now)));
        Services.AddScoped<DisplayFormat>();
        Services.AddScoped<ErrorTexts>();
        Services.AddScoped<Pulse>();
        _scope.SignIn(Guid.NewGuid(), "Mona", false, null);
    }

    [Theory]
    [InlineData(TenantRole.Agent, false)]
    [InlineData(TenantRole.Manager, true)]
    public void Render_Stored_ShowsThePlayerAndTheDownloadOnlyToWhoMay(TenantRole role, bool download)
    {
        var player = Show(RecordingState.Stored, role);

        Assert.EndsWith("/audio", player.Find("audio").GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal("none", player.Find("audio").GetAttribute("preload"));
        Assert.Contains("3:07", player.Find(".player-time").TextContent, StringComparison.Ordinal);
        Assert.Equal("187", player.Find("[role=slider]").GetAttribute("aria-valuemax"));
        Assert.Equal("ltr", player.Find(".player").GetAttribute("dir"));
        Assert.Equal(download, player.FindAll("a[download]").Count == 1);
    }

    [Fact]
    public void Render_EveryOtherState_SaysItInWordsOfItsOwn()
    {
        var texts = Enum.GetValues<RecordingState>().Where(state => state != RecordingState.Stored)
            .Select(state => Show(state, TenantRole.Manager).Find(".notice").TextContent)
            .ToList();

        Assert.Equal(texts.Count, texts.Distinct().Count());
        Assert.All(texts, text => Assert.DoesNotContain("State", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("recordings.file_missing", "missing from the store")]
    [InlineData("recordings.file_corrupt", "damaged")]
    public void Render_Lost_TellsGoneFromDamaged(string failure, string words) =>
        Assert.Contains(words, Show(RecordingState.Lost, TenantRole.Manager, failure).Find(".notice").TextContent, StringComparison.Ordinal);

    [Theory]
    [InlineData(TenantRole.Agent, false)]
    [InlineData(TenantRole.Manager, true)]
    public void Render_Marked_ShadesTheStretchesAndSaysWhoAndWhy(TenantRole role, bool mayHear)
    {
        var start = Now.AddHours(-1);
        var player = Show(
            RecordingState.Stored, role,
            Mark(start.AddSeconds(18.7), start.AddSeconds(37.4), "Sam", "card"), Mark(start.AddSeconds(170), null, "", "") with { Honoured = true });

        Assert.Equal("[[18.7,37.4],[170,187]]", player.Find("[data-player]").GetAttribute("data-marked"));
        Assert.Equal(["100", "909.1"], player.FindAll(".player-marks rect").Select(rect => rect.GetAttribute("x")));
        var lines = player.FindAll(".recording-marks li").Select(line => line.TextContent).ToList();
        Assert.Contains("0:18–0:37", lines[0], StringComparison.Ordinal);
        Assert.Contains("Sam", lines[0], StringComparison.Ordinal);
        Assert.Contains("card", lines[0], StringComparison.Ordinal);
        Assert.Contains("the PBX kept recording", lines[0], StringComparison.Ordinal);
        Assert.Contains("Another system", lines[1], StringComparison.Ordinal);
        Assert.Contains("The PBX paused its recording", lines[1], StringComparison.Ordinal);
        Assert.Equal(mayHear, player.FindAll("[data-player-marked$='/whole']").Count == 1);
        Assert.EndsWith("/audio", player.Find("audio").GetAttribute("src"), StringComparison.Ordinal);
        Assert.Empty(player.FindAll(".recording-marks button"));
    }

    [Fact]
    public void Render_Unmarked_HasNothingOfIt()
    {
        var player = Show(RecordingState.Stored, TenantRole.Manager);

        Assert.Empty(player.FindAll(".player-marks, .recording-marks, [data-player-marked]"));
        Assert.Equal("[]", player.Find("[data-player]").GetAttribute("data-marked"));
    }

    [Theory]
    [InlineData("1:23", 83)]
    [InlineData(" 1:02:03 ", 3723)]
    [InlineData("90", 90)]
    [InlineData("١:٢٣", 83)]
    [InlineData("", null)]
    [InlineData("1:", null)]
    [InlineData("1:2:3:4", null)]
    [InlineData("-1", null)]
    public void SecondsOf_PlaceAsWritten_IsReadInAnyDigits(string text, int? seconds) => Assert.Equal(seconds, RecordingTexts.SecondsOf(text));

    [Fact]
    public void Outline_LoudAndQuietPlaces_AreHighAndLow()
    {
        var path = Outline.Path([.. Enumerable.Repeat((byte)0, 500), .. Enumerable.Repeat((byte)255, 500)]);

        var bars = path.Split('M', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Outline.Bars, bars.Length);
        Assert.All(bars[..80], bar => Assert.EndsWith("v2", bar, StringComparison.Ordinal));
        Assert.All(bars[80..], bar => Assert.EndsWith("v60", bar, StringComparison.Ordinal));
        Assert.Equal(Outline.Bars, Outline.Path([]).Count(c => c == 'M'));
    }

    private static PauseView Mark(DateTime from, DateTime? until, string by, string reason) =>
        new(Guid.NewGuid(), "1001", from, until, by.Length > 0 ? Guid.NewGuid() : null, by, reason, false);

    private IRenderedComponent<RecordingPlayer> Show(RecordingState state, TenantRole role, params PauseView[] marks) => Show(state, role, "", marks);

    private IRenderedComponent<RecordingPlayer> Show(RecordingState state, TenantRole role, string failure, params PauseView[] marks)
    {
        _scope.EnterTenant(_tenant, role);
        var row = new RecordingRow(Guid.NewGuid(), Guid.NewGuid(), state, Now.AddHours(-1), 187, 3_000_000, failure, null, [1, 200, 3]) { Pauses = marks };
        return Render<RecordingPlayer>(parameters => parameters.Add(player => player.Row, row));
    }
}
