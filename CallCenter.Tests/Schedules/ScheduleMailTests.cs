using CallCenter.Core.Exports;
using CallCenter.Core.Mail;
using CallCenter.Core.Schedules;
using CallCenter.Core.Tenancy;
using CallCenter.Simulators.Mail;
using CallCenter.Tests.Exports;
using CallCenter.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Schedules;

/// <summary>From a schedule that is due to a mail at a server that speaks the real protocol.</summary>
public sealed class ScheduleMailTests
{
    [Fact]
    public async Task Mail_OfASchedule_HasFiguresAndALinkAndNoFile()
    {
        await using var fixture = await DueAsync(ScheduleFixture.Form("boss@example.org, mona@example.com"));

        await fixture.RoundAsync();

        Assert.Equal(["boss@example.org", "mona@example.com"], fixture.Server.Received.Select(mail => Assert.Single(mail.Recipients)).Order());
        var mail = fixture.Server.Received[0];
        Assert.Equal("Each morning: 2026-03-02", MailText.Decode(mail.Header("Subject")!));
        var export = Assert.Single((await fixture.Exports.WithAsync(e => e.ListAsync())).Value);
        Assert.Contains($"https://portal.example.com/riyadh/exports?export={export.Id}", MailText.PlainOf(mail.Data), StringComparison.Ordinal);
        Assert.Contains("dir=\"ltr\"", MailText.PartOf(mail.Data, "text/html"), StringComparison.Ordinal);
        Assert.Null(MailText.BytesOf(mail.Data, "text/csv"));
        Assert.Equal(2, (await fixture.RowAsync()).LastRun!.MailsSent);
        Assert.All(await fixture.OutboxAsync(), row => Assert.Equal((MailState.Sent, "", ""), (row.State, row.Text, row.Html)));
    }

    [Fact]
    public async Task Mail_InArabicWithTheFile_IsFromRightToLeftAndTheFileIsTheExport()
    {
        var form = ScheduleFixture.Form("boss@example.org");
        (form.Language, form.AttachFile, form.Name) = ("ar", true, "تقرير الصباح");
        await using var fixture = await DueAsync(form);

        await fixture.RoundAsync();

        var mail = Assert.Single(fixture.Server.Received);
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", MailText.PartOf(mail.Data, "text/html"), StringComparison.Ordinal);
        Assert.Equal("تقرير الصباح: 2026-03-02", MailText.Decode(mail.Header("Subject")!));
        var export = Assert.Single((await fixture.Exports.WithAsync(e => e.ListAsync())).Value);
        Assert.Equal(await fixture.Exports.DownloadAsync(export.Id), MailText.BytesOf(mail.Data, "text/csv"));
    }

    [Fact]
    public async Task Mail_FileAboveTheLimit_GoesWithoutItAndSaysSo()
    {
        var form = ScheduleFixture.Form("boss@example.org");
        form.AttachFile = true;
        await using var fixture = await DueAsync(form, new Dictionary<string, string?> { ["Mail:AttachmentMaxBytes"] = "10" });

        await fixture.RoundAsync();

        var mail = Assert.Single(fixture.Server.Received);
        Assert.Null(MailText.BytesOf(mail.Data, "text/csv"));
        Assert.Contains("Mail.FootTooLarge", MailText.PlainOf(mail.Data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_ServerSaysLater_IsTriedAgainAfterLongerAndLongerPauses()
    {
        await using var fixture = await DueAsync(ScheduleFixture.Form("boss@example.org"));
        fixture.Server.Faults = new SmtpFaults { DeferNext = 2 };

        await fixture.RoundAsync();
        var waiting = Assert.Single(await fixture.OutboxAsync());
        Assert.Equal((MailState.Waiting, 1, MailErrors.Later.Code, "451 4.3.0 Try again later"), (waiting.State, waiting.Attempts, waiting.Failure, waiting.Reply));

        await fixture.SendAsync();
        Assert.Equal(1, Assert.Single(await fixture.OutboxAsync()).Attempts);

        fixture.Exports.Identity.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.SendAsync();
        fixture.Exports.Identity.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.SendAsync();
        Assert.Equal((MailState.Waiting, 2), (Assert.Single(await fixture.OutboxAsync()).State, Assert.Single(await fixture.OutboxAsync()).Attempts));

        fixture.Exports.Identity.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.SendAsync();
        Assert.Equal((MailState.Sent, 3), (Assert.Single(await fixture.OutboxAsync()).State, Assert.Single(await fixture.OutboxAsync()).Attempts));
        Assert.Single(fixture.Server.Received);
    }

    [Fact]
    public async Task Mail_RecipientUnknown_IsNotTriedAgainAndTheOthersGetTheirs()
    {
        await using var fixture = await DueAsync(ScheduleFixture.Form("boss@example.org, mona@example.com"));
        fixture.Server.Faults = new SmtpFaults { UnknownRecipients = "boss@example.org" };

        await fixture.RoundAsync();
        fixture.Exports.Identity.Clock.Advance(TimeSpan.FromDays(1));
        var connections = fixture.Server.Connections;
        await fixture.SendAsync();

        Assert.Equal(
            [("boss@example.org", MailState.Failed, MailErrors.RecipientRejected.Code), ("mona@example.com", MailState.Sent, "")],
            (await fixture.OutboxAsync()).Select(mail => (mail.Recipient, mail.State, mail.Failure)));
        Assert.Equal(connections, fixture.Server.Connections);
        var run = (await fixture.RowAsync()).LastRun!;
        Assert.Equal((1, 1, MailErrors.RecipientRejected.Code), (run.MailsSent, run.MailsFailed, run.MailFailure));
    }

    [Fact]
    public async Task Mail_ConnectionEndsBeforeTheServerSaysThatItHasIt_GoesAgainUnderTheSameMessageId()
    {
        await using var fixture = await DueAsync(ScheduleFixture.Form("boss@example.org"));
        fixture.Server.Faults = new SmtpFaults { DropAfterNext = 1 };

        await fixture.RoundAsync();
        Assert.Equal(MailErrors.Broken.Code, Assert.Single(await fixture.OutboxAsync()).Failure);
        fixture.Exports.Identity.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.SendAsync();

        Assert.Equal(2, fixture.Server.Received.Count);
        Assert.Single(fixture.Server.Received.Select(mail => mail.Header("Message-ID")).Distinct());
    }

    [Fact]
    public async Task Mail_ServerAwayForDays_IsGivenUp()
    {
        await using var fixture = await DueAsync(ScheduleFixture.Form("boss@example.org"));
        fixture.Server.Faults = new SmtpFaults { Greeting = 421 };
        await fixture.RoundAsync();

        for (var attempt = 2; attempt <= OutboxMail.MaxAttempts; attempt++)
        {
            fixture.Exports.Identity.Clock.Advance(TimeSpan.FromHours(6));
            await fixture.SendAsync();
        }

        Assert.Equal((MailState.Failed, MailErrors.GivenUp.Code), (Assert.Single(await fixture.OutboxAsync()).State, Assert.Single(await fixture.OutboxAsync()).Failure));
    }

    [Fact]
    public async Task SendAgain_WhatWasGivenUp_GoesAsItIsNowAndOnlyForItsOwnTenant()
    {
        var form = ScheduleFixture.Form("boss@example.org, mona@example.com");
        form.AttachFile = true;
        await using var fixture = await DueAsync(form);
        fixture.Server.Faults = new SmtpFaults { UnknownRecipients = "boss@example.org" };
        await fixture.RoundAsync();
        var failed = Assert.Single(await fixture.OutboxAsync(), mail => mail.State == MailState.Failed);
        fixture.Server.Faults = new SmtpFaults();
        var other = await fixture.Exports.Identity.Database.AddTenantAsync("other");

        Assert.Equal(AccessErrors.Denied, await AgainAsync(fixture, failed.Id, TenantRole.Manager));
        Assert.Equal(MailErrors.NotFound, await AgainAsync(fixture, failed.Id, TenantRole.Owner, other));
        Assert.Null(await AgainAsync(fixture, failed.Id));
        Assert.Equal(MailErrors.NotFound, await AgainAsync(fixture, failed.Id));
        await fixture.SendAsync();

        Assert.All(await fixture.OutboxAsync(), mail => Assert.Equal((MailState.Sent, "", 1), (mail.State, mail.Text, mail.Attempts)));
        Assert.Equal(["boss@example.org", "mona@example.com"], fixture.Server.Received.Select(mail => Assert.Single(mail.Recipients)).Order());
        var (first, again) = (fixture.Server.Received[0], fixture.Server.Received[1]);
        Assert.Equal(MailText.PlainOf(first.Data), MailText.PlainOf(again.Data));
        Assert.NotNull(MailText.BytesOf(again.Data, "text/csv"));
        Assert.Contains(MailAuditActions.SentAgain, await fixture.Exports.Identity.ActionsAsync(Core.Audit.AuditChain.Tenant, fixture.Tenant));
    }

    [Fact]
    public async Task SendAgain_ScheduleGoneOrRecipientNotAllowedAnyMore_SaysSo()
    {
        await using var fixture = await DueAsync(ScheduleFixture.Form("boss@example.org"));
        fixture.Server.Faults = new SmtpFaults { UnknownRecipients = "boss@example.org" };
        await fixture.RoundAsync();
        var failed = Assert.Single(await fixture.OutboxAsync());

        await fixture.WithAsync(async schedules => await schedules.DeleteAsync((await schedules.ListAsync()).Value[0].Id));
        Assert.Equal(MailErrors.NothingToSend, await AgainAsync(fixture, failed.Id));
        await using (var scope = fixture.Exports.Identity.As(fixture.Tenant, TenantRole.Admin))
        {
            var settings = scope.ServiceProvider.GetRequiredService<IMailSettings>();
            var card = (await settings.GetAsync()).Value;
            card.Values.AllowedRecipients = "";
            Assert.Empty((await settings.SaveAsync(card.Values, card.Version)).Errors);
        }

        Assert.Equal(MailErrors.RecipientNotAllowed, await AgainAsync(fixture, failed.Id));
    }

    [Fact]
    public async Task Mail_RecipientLeftTheTenant_IsLeftOutAndCounted()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        await fixture.SetUpMailAsync();
        var leaver = await fixture.Exports.Identity.AddPersonAsync(fixture.Tenant, "nora", TenantRole.Agent);
        fixture.GoTo(day: 3, hour: 7);
        await fixture.CreateScheduleAsync(ScheduleFixture.Form("boss@example.org, nora@example.com"));
        var person = await fixture.Exports.Identity.PersonAsync(fixture.Tenant, leaver);
        await using (var scope = fixture.Exports.Identity.As(fixture.Tenant, TenantRole.Owner))
        {
            Assert.Null((await IdentityFixture.People(scope).DisableAsync(leaver, person.Version)).Error);
        }

        fixture.GoTo(day: 3, hour: 8);
        await fixture.RoundAsync();

        Assert.Equal("boss@example.org", Assert.Single(Assert.Single(fixture.Server.Received).Recipients));
        Assert.Equal((1, 1), ((await fixture.RowAsync()).LastRun!.Refused, (await fixture.RowAsync()).LastRun!.MailsSent));
    }

    [Fact]
    public async Task Schedule_NoMailServer_MakesTheFileAndSaysWhyNoMailWent()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        fixture.GoTo(day: 3, hour: 7);
        await fixture.CreateScheduleAsync(ScheduleFixture.Form("mona@example.com"));
        fixture.GoTo(day: 3, hour: 8);

        await fixture.RoundAsync();

        var run = (await fixture.RowAsync()).LastRun!;
        Assert.Equal((ScheduleRunState.Done, MailErrors.NotConfigured.Code), (run.State, run.Failure));
        Assert.Equal(ExportState.Done, Assert.Single((await fixture.Exports.WithAsync(e => e.ListAsync())).Value).State);
    }

    [Fact]
    public async Task Mails_OfTwoTenants_GoThroughEachOwnServer()
    {
        await using var fixture = await DueAsync(ScheduleFixture.Form("boss@example.org"));
        await using var theirs = SmtpSimulator.Start(new SmtpSimulatorOptions { Accounts = new Dictionary<string, string> { ["portal"] = "secret-of-mail" } });
        var other = await fixture.Exports.Identity.Database.AddTenantAsync("other", "Asia/Riyadh");
        var eve = await fixture.Exports.Identity.AddPersonAsync(other, "eve", TenantRole.Manager);
        await fixture.SetUpMailAsync(other, form => (form.Port, form.PinnedCertificateSha256) = (theirs.EndPoint.Port, theirs.CertificateSha256));
        Assert.Null((await fixture.WithAsync(s => s.CreateAsync(ScheduleFixture.Form("eve@example.com")), userId: eve, tenant: other)).Error);

        fixture.GoTo(day: 4, hour: 8);
        await fixture.Exports.Identity.Services.GetRequiredService<Infrastructure.Schedules.ScheduleJob>().RunForAllAsync(CancellationToken.None);
        await fixture.Exports.Identity.Services.GetRequiredService<Infrastructure.Exports.ExportRunner>().RunDueAsync(other, CancellationToken.None);
        await fixture.RoundAsync();

        Assert.Equal(["boss@example.org"], fixture.Server.Received.SelectMany(mail => mail.Recipients));
        Assert.Equal(["eve@example.com"], theirs.Received.SelectMany(mail => mail.Recipients));
        Assert.Equal(["boss@example.org"], (await fixture.OutboxAsync()).Select(mail => mail.Recipient));
    }

    private static async Task<Core.Primitives.Error?> AgainAsync(ScheduleFixture fixture, Guid id, TenantRole role = TenantRole.Admin, TenantInfo? tenant = null)
    {
        await using var scope = fixture.Exports.Identity.As(tenant ?? fixture.Tenant, role);
        return (await scope.ServiceProvider.GetRequiredService<IMailSettings>().SendAgainAsync(id)).Error;
    }

    private static async Task<ScheduleFixture> DueAsync(ScheduleForm form, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var fixture = await ScheduleFixture.CreateAsync(settings);
        await fixture.SetUpMailAsync();
        await ExportFixture.AddCallsAsync(fixture.Exports.Identity.Database, fixture.Tenant.Id, 3, new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc));
        fixture.GoTo(day: 3, hour: 7);
        await fixture.CreateScheduleAsync(form);
        fixture.GoTo(day: 3, hour: 8);
        return fixture;
    }
}
