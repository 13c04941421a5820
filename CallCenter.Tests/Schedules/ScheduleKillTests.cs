using CallCenter.Core.Mail;
using CallCenter.Core.Schedules;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Simulators.Mail;
using CallCenter.Tests.Exports;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Schedules;

/// <summary>A portal that is killed while a schedule runs and while its mails go out, without a chance to tidy up.</summary>
public sealed class ScheduleKillTests
{
    private static readonly string[] Recipients = [.. Enumerable.Range(1, 6).Select(i => $"p{i}@example.org")];

    [Fact]
    public async Task Schedule_ProcessKilledAgainAndAgain_RunsOnceAndLosesNoMail()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        await fixture.SetUpMailAsync(change: form => form.AllowedRecipients = "@example.org");
        await fixture.CreateScheduleAsync(ScheduleFixture.Form(string.Join(',', Recipients)));
        await SqlAsync(fixture, """UPDATE "ReportSchedules" SET "NextRunUtc" = now() - interval '1 minute'""");

        // The server takes its time, so that there is a middle to be killed in: first as soon as the run is there, then twice among the mails.
        fixture.Server.Faults = new SmtpFaults { Delay = TimeSpan.FromMilliseconds(20) };
        await KillWhenAsync(fixture, () => HasRun(fixture));
        await KillWhenAsync(fixture, () => fixture.Server.Received.Count >= 1);
        await KillWhenAsync(fixture, () => fixture.Server.Received.Count >= 3);
        fixture.Server.Faults = new SmtpFaults();
        await KilledProcess.CompleteAsync(Arguments(fixture));

        Assert.Equal(ScheduleRunState.Done, Assert.Single(await fixture.RunsAsync()).State);
        Assert.Single((await fixture.Exports.WithAsync(e => e.ListAsync())).Value);
        Assert.Equal(Recipients.Select(recipient => (recipient, MailState.Sent)), (await fixture.OutboxAsync()).Select(mail => (mail.Recipient, mail.State)));

        // At least once, and what came twice is known to be the same.
        var received = fixture.Server.Received.ToLookup(mail => Assert.Single(mail.Recipients), mail => mail.Header("Message-ID"));
        Assert.Equal(Recipients, received.Select(group => group.Key).Order());
        Assert.All(received, group => Assert.Single(group.Distinct()));
    }

    private static async Task KillWhenAsync(ScheduleFixture fixture, Func<bool> isTime)
    {
        await KilledProcess.RunAsync(Arguments(fixture), isTime);

        // A killed process gives no lease back, and what it was at waits for its pause; a test need not wait for either.
        await using (var db = fixture.Exports.Identity.Database.Global().CreateDbContext())
        {
            await db.Set<JobLease>().ExecuteDeleteAsync();
        }

        await SqlAsync(fixture, """UPDATE "OutboxMails" SET "NextAttemptUtc" = now() - interval '1 minute' WHERE "State" = 1""");
    }

    private static Task SqlAsync(ScheduleFixture fixture, string sql) => ExportFixture.ExecuteAsync(fixture.Exports.Identity.Database, sql);

    private static string[] Arguments(ScheduleFixture fixture) =>
        [ScheduleHost.Verb, fixture.Exports.Identity.Database.ConnectionString, fixture.Tenant.Id.ToString(), fixture.Exports.Folder];

    private static bool HasRun(ScheduleFixture fixture)
    {
        using var db = fixture.Exports.Identity.Database.As(fixture.Tenant).CreateDbContext();
        return db.Set<ScheduleRun>().Any();
    }
}
