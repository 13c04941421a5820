using CallCenter.Core.Softphone;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The phone in the portal's pages: real browsers, real audio, the simulated PBX, and a portal that dies in a call.</summary>
[Collection(PhonePortalCollection.Name)]
public sealed class PhonePanelJourneyTests(PhonePortal phones)
{
    private const string Overlapping = """
        () => {
          const rows = [...document.querySelectorAll('.phone-transfer .phone-hits > li')].map(row => [row.getBoundingClientRect().top, row.getBoundingClientRect().top + row.scrollHeight]);
          return rows.length < 2 ? -1 : rows.filter(([top], i) => i > 0 && rows[i - 1][1] > top + 1).length;
        }
        """;

    private const string Notice = "#components-reconnect-modal";

    private readonly RunningPortal _portal = phones.Portal;
    private readonly Chromium _chromium = phones.Chromium;

    [Fact]
    public async Task DayOfAnAgent_FromRegistrationToAPortalThatDiesInACall()
    {
        var begun = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
        var numbers = await PhoneOwners.GiveAsync(_portal, "demo", "agent", "owner", "supervisor");
        await using var agent = await ArriveAsync("agent", numbers[0], "/demo/calls");
        await using var owner = await ArriveAsync("owner", numbers[1], "/demo/calls");
        await using var third = await ArriveAsync("supervisor", numbers[2], "/demo/calls");
        await Task.WhenAll(agent.PillSaysAsync("Ready"), owner.PillSaysAsync("Ready"), third.PillSaysAsync("Ready"));

        // In: who it is, answered by a key, heard on both sides.
        await owner.DialAsync(agent.Number);
        await agent.Page.Locator(".phone-call.is-ringing").WaitForAsync(new() { Timeout = PhoneVisitor.Patience });
        await agent.Visitor.TakeScreenshotAsync("phone-incoming");
        await agent.AnswerAsync();
        await owner.InCallAsync();
        await Task.WhenAll(agent.HearsAsync(), owner.HearsAsync());
        await agent.Visitor.TakeScreenshotAsync("phone-call");
        await agent.Visitor.CheckPageAsync("phone in a call");

        // Hold and mute, by key and by button.
        await agent.Page.Keyboard.PressAsync("F9");
        await agent.SeesAsync(".phone-call-kind", "On hold");
        await owner.SeesAsync(".phone-call-kind", "Held by the other side");
        await Expect(agent.Page.Locator(".phone-panel [data-phone-act=hold]")).ToBeEnabledAsync();
        await agent.Page.Keyboard.PressAsync("F9");
        await owner.SeesAsync(".phone-call-kind", "In a call");
        await agent.Page.ClickAsync("[data-phone-act=mute]");
        await agent.SeesAsync(".phone-call", "Nobody hears you");
        await agent.Page.ClickAsync("[data-phone-act=mute]");

        // Another page, and a dialog that makes the rest inert: the call goes on and can be ended.
        await agent.Page.ClickAsync(".nav a[href='demo/clients']");
        await agent.Page.Locator("h1", new() { HasText = "Clients" }).WaitForAsync();
        await agent.InCallAsync();
        await agent.HearsAsync();
        await agent.Page.Locator("h1").First.ClickAsync();
        await agent.Page.Keyboard.PressAsync("?");
        await Expect(agent.Page.Locator("dialog#shortcuts .phone-bar [data-phone-act=hangUp]")).ToBeVisibleAsync();
        await agent.Page.ClickAsync("dialog#shortcuts [data-close]");
        await Expect(agent.Page.Locator(".phone-bar")).ToBeHiddenAsync();

        // A second call, then both others are connected with each other.
        await agent.DialAsync(third.Number);
        await third.AnswerAsync();
        await agent.SeesAsync(".phone-call.is-held", "On hold");
        await agent.Page.Locator(".phone-call:not(.is-held)", new() { HasText = "In a call" }).WaitForAsync(new() { Timeout = PhoneVisitor.Patience });
        await agent.Visitor.TakeScreenshotAsync("phone-two-calls");
        await agent.Page.Locator(".phone-call button", new() { HasText = "Connect" }).First.ClickAsync();
        await agent.NoCallAsync();
        await Task.WhenAll(owner.InCallAsync(), third.InCallAsync());
        await Task.WhenAll(owner.HearsAsync(), third.HearsAsync());
        await agent.Page.Locator(".phone-call.is-over textarea").First.FillAsync("Wants a call on Monday");
        await agent.Page.Locator(".phone-call.is-over [type=submit]").First.ClickAsync();
        await agent.SeesAsync(".phone-call.is-over", "Saved");

        // Given away at once.
        await third.Page.Locator(".phone-call button", new() { HasText = "Transfer" }).ClickAsync();
        await third.Page.FillAsync(".phone-transfer input", agent.Number);
        // Colleagues are listed from the beginning: the first may be another one until the list has followed.
        await third.Page.Locator(".phone-transfer .phone-hit", new() { HasText = agent.Number }).Locator(".btn", new() { HasText = "Transfer" }).First.ClickAsync();
        await agent.AnswerAsync();
        await third.NoCallAsync();
        await Task.WhenAll(owner.HearsAsync(), agent.HearsAsync());

        await PortalDiesInTheCallAsync(agent, owner, begun);
    }

    [Fact]
    public async Task Troubles_AreSaidInWords_AndTabsShareOnePhone()
    {
        var numbers = await PhoneOwners.GiveAsync(_portal, "demo", "agent", "owner", "supervisor");
        await PhoneOwners.SpoilSecretAsync(_portal, "demo", numbers[2]);
        await using var wrong = await ArriveAsync("supervisor", numbers[2], "/demo/calls", new VisitorOptions("en", "dark", 390));
        await using var agent = await ArriveAsync("agent", numbers[0], "/demo/calls");
        await using var owner = await ArriveAsync("owner", numbers[1], "/demo/calls", script: """
            navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
            """);

        // Wrong password: said, with what to do.
        await wrong.PillSaysAsync("Refused by the PBX");
        await wrong.Page.ClickAsync(".phone-pill");
        await wrong.SeesAsync(".phone-body .notice", "password of your extension has probably changed");
        await wrong.Visitor.TakeScreenshotAsync("phone-refused");
        await wrong.Visitor.CheckPageAsync("phone refused");

        // A second tab dials through the first; the microphone that the other side may not use ends its own call only.
        await agent.PillSaysAsync("Ready");
        await owner.PillSaysAsync("Ready");
        var second = await agent.Page.Context.NewPageAsync();
        await second.GotoAsync("/demo/phone/window");
        await Expect(second.Locator(".phone-body")).ToContainTextAsync("Another tab or window");
        await second.FillAsync("#phone-number", owner.Number);
        await second.PressAsync("#phone-number", "Enter");
        await owner.Page.Locator(".phone-call.is-ringing").WaitForAsync(new() { Timeout = PhoneVisitor.Patience });
        await Expect(second.Locator(".phone-call [data-phone-act=hangUp]")).ToBeVisibleAsync();
        await owner.Page.Keyboard.PressAsync("F2");
        await owner.SeesAsync(".phone-body .notice", "microphone");
        await agent.NoCallAsync();
        await Expect(second.Locator(".phone-body")).ToContainTextAsync("Cannot be reached");

        // The check finds its way to the last line that can be tried.
        await agent.Page.GotoAsync("/demo/phone/check");
        await agent.Page.ClickAsync(".page-actions .btn-primary");
        await Expect(agent.Page.Locator(".phone-check-report")).ToContainTextAsync("CallCenter phone check", new() { Timeout = PhoneVisitor.Patience });
        await agent.Visitor.TakeScreenshotAsync("phone-check");
        await Expect(agent.Page.Locator("[data-step=Registration]")).ToHaveAttributeAsync("data-state", "Good");
        await Expect(agent.Page.Locator("[data-step=Network]")).ToHaveAttributeAsync("data-state", "Good");
        await agent.Visitor.CheckPageAsync("phone check");
    }

    [Theory]
    [InlineData("light", 390)]
    [InlineData("dark", 1440)]
    public async Task Arabic_PanelMirrored_DialsArabicDigits(string theme, int width)
    {
        var numbers = await PhoneOwners.GiveAsync(_portal, "riyadh", "agent", "owner");
        await using var agent = await PhoneVisitor.ArriveAsync(_chromium, _portal, "agent@riyadh.example", numbers[0], "/riyadh/clients", new VisitorOptions("ar", theme, width));
        await agent.PillSaysAsync("جاهز");
        await agent.Page.ClickAsync(".phone-pill");
        await agent.Page.ClickAsync(".phone-menu summary");
        await agent.Page.Locator(".phone-menu .menu-item").Nth(1).ClickAsync();
        await agent.Visitor.TakeScreenshotAsync("phone-panel");
        await agent.Visitor.CheckPageAsync("phone panel");
        var panel = await agent.Page.Locator(".phone-panel").BoundingBoxAsync();
        Assert.InRange(panel!.X + (panel.Width / 2), 0, (width / 2) + 1);

        await agent.DialAsync("٤٨٦");
        await agent.SeesAsync(".phone-body", "الخط مشغول");
        await agent.DialAsync("٤٠٣");
        await agent.SeesAsync(".phone-body", "لا يُسمح بالاتصال بهذا الرقم");
        await agent.Visitor.TakeScreenshotAsync("phone-refused-call");

        // A key that can do nothing says why.
        await agent.Page.Keyboard.PressAsync("F9");
        await agent.SeesAsync(".phone-say[role=status]", "لا توجد مكالمة");

        // A number in a list is a button that dials.
        await agent.Page.Locator(".phone-head > .btn-icon").Last.ClickAsync();
        await agent.Page.Locator("main .dial-button").First.ClickAsync();
        await agent.SeesAsync(".phone-call-kind", "في مكالمة");
        await agent.HearsAsync();
        await agent.Visitor.TakeScreenshotAsync("phone-dialled");
        if (width < 640)
        {
            await agent.Page.Keyboard.PressAsync("F4");
            await agent.NoCallAsync();
            await ComesInAsync(agent, numbers[1]);
        }
    }

    /// <summary>A call on a phone's screen in Arabic: who it is, the running call, whom it can be given to.</summary>
    private async Task ComesInAsync(PhoneVisitor agent, string number)
    {
        await using var owner = await PhoneVisitor.ArriveAsync(_chromium, _portal, "owner@riyadh.example", number, "/riyadh/calls");
        await owner.PillSaysAsync("جاهز");
        await owner.DialAsync(agent.Number);
        await agent.Page.Locator(".phone-call.is-ringing").WaitForAsync();
        await agent.Visitor.TakeScreenshotAsync("phone-incoming");
        await agent.Visitor.CheckPageAsync("phone rings");
        await agent.Page.Keyboard.PressAsync("F2");
        await agent.SeesAsync(".phone-call-kind", "في مكالمة");
        await agent.Page.Locator(".phone-call [aria-expanded]").Last.ClickAsync();
        await agent.Page.Locator(".phone-transfer .phone-hit").First.WaitForAsync();
        await agent.Visitor.TakeScreenshotAsync("phone-transfer");
        Assert.Equal(0, await agent.Page.EvaluateAsync<int>(Overlapping));
        await agent.Visitor.CheckPageAsync("phone gives away");
        await agent.Page.Keyboard.PressAsync("F4");
        await agent.NoCallAsync();
        await owner.NoCallAsync();
    }

    private async Task PortalDiesInTheCallAsync(PhoneVisitor agent, PhoneVisitor owner, DateTime begun)
    {
        await _portal.KillAsync();
        await Expect(agent.Page.Locator($"{Notice}.components-reconnect-show")).ToContainTextAsync("Your call goes on");
        await Expect(agent.Page.Locator(".phone-bar time")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\d+:\d\d$"));
        await agent.Page.ClickAsync(".phone-bar [data-phone-act=hold]");
        await agent.SeesAsync(".phone-bar", "On hold");
        await agent.Page.ClickAsync(".phone-bar [data-phone-act=hold]");
        await agent.HearsAsync();
        await agent.Visitor.TakeScreenshotAsync("phone-circuit-lost");

        await _portal.StartProcessAsync();
        await agent.Page.Locator($"{Notice}.components-reconnect-rejected").WaitForAsync();
        await Expect(agent.Page.Locator(Notice)).ToContainTextAsync("loaded again when the call is over");
        await Expect(agent.Page.Locator($"{Notice} [data-reload]")).ToBeHiddenAsync();
        await Task.WhenAll(owner.HearsAsync(), agent.HearsAsync());

        // The last call is over: the page comes anew by itself, and what happened meanwhile is stored.
        await agent.Page.ClickAsync(".phone-bar [data-phone-act=hangUp]");
        await agent.PillSaysAsync("Ready");
        await using var db = _portal.Database.Global().CreateDbContext();
        for (var tries = 0; tries < 450; tries++)
        {
            if (await db.Set<PhoneCall>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter]).CountAsync(call => call.Extension == agent.Number && call.EndedAtUtc != null && call.FirstSeenAtUtc >= begun) == 3)
            {
                return;
            }

            await Task.Delay(200);
        }

        Assert.Fail("The agent's three calls are not all stored as ended.");
    }

    private Task<PhoneVisitor> ArriveAsync(string mailbox, string number, string path, VisitorOptions? options = null, string? script = null) =>
        PhoneVisitor.ArriveAsync(_chromium, _portal, $"{mailbox}@demo.example", number, path, options, script);
}
