using CallCenter.Core.Mail;
using CallCenter.Core.Schedules;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Mail;
using CallCenter.Infrastructure.Schedules;
using CallCenter.Simulators.Mail;
using CallCenter.Tests.Exports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Schedules;

/// <summary>Exports, schedules and mail by the real services, with a mail server beside them.</summary>
internal sealed class ScheduleFixture : IAsyncDisposable
{
    private ScheduleFixture(ExportFixture exports, SmtpSimulator server) => (Exports, Server) = (exports, server);

    public ExportFixture Exports { get; }

    public SmtpSimulator Server { get; }

    public TenantInfo Tenant => Exports.Tenant;

    public static async Task<ScheduleFixture> CreateAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var server = SmtpSimulator.Start(new SmtpSimulatorOptions { Accounts = new Dictionary<string, string> { ["portal"] = "secret-of-mail" } });
        var values = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["Outbound:Allow:0"] = "127.0.0.0/8", ["Mail:PortalAddress"] = "https://portal.example.com/" };
        return new ScheduleFixture(await ExportFixture.CreateAsync(settings: values), server);
    }

    public MailForm MailForm() => new()
    {
        Host = "127.0.0.1",
        Port = Server.EndPoint.Port,
        Tls = MailTls.StartTls,
        UserName = "portal",
        Password = "secret-of-mail",
        PinnedCertificateSha256 = Server.CertificateSha256,
        FromAddress = "reports@example.com",
        FromName = "Reports",
        AllowedRecipients = "boss@example.org",
    };

    public async Task SetUpMailAsync(TenantInfo? tenant = null, Action<MailForm>? change = null)
    {
        var form = MailForm();
        change?.Invoke(form);
        await using var scope = Exports.Identity.As(tenant ?? Tenant, TenantRole.Admin);
        Assert.Empty((await scope.ServiceProvider.GetRequiredService<IMailSettings>().SaveAsync(form, 0)).Errors);
    }

    public static ScheduleForm Form(string recipients = "") => new() { Name = "Each morning", Report = "queues", Format = Core.Exports.ExportFormat.Csv, Language = "en", Time = "08:00", Recipients = recipients };

    public async Task<T> WithAsync<T>(Func<IReportSchedules, Task<T>> act, TenantRole role = TenantRole.Manager, Guid? userId = null, TenantInfo? tenant = null)
    {
        await using var scope = Exports.Identity.As(tenant ?? Tenant, role, userId ?? Exports.Manager);
        return await act(scope.ServiceProvider.GetRequiredService<IReportSchedules>());
    }

    public async Task<Guid> CreateScheduleAsync(ScheduleForm? form = null)
    {
        var made = await WithAsync(schedules => schedules.CreateAsync(form ?? Form()));
        Assert.Null(made.Error);
        return made.Value;
    }

    public async Task<ScheduleRow> RowAsync() => Assert.Single((await WithAsync(schedules => schedules.ListAsync())).Value);

    /// <summary>The clock of the portal, to a time of the tenant's (Riyadh, UTC+3).</summary>
    public void GoTo(int day, int hour, int minute = 0)
    {
        var clock = Exports.Identity.Clock;
        clock.Advance(new DateTimeOffset(2026, 3, day, hour, minute, 0, TimeSpan.FromHours(3)) - clock.GetUtcNow());
    }

    /// <summary>One round of each job, in the order in which they would follow each other.</summary>
    public async Task RoundAsync(IServiceProvider? node = null)
    {
        node ??= Exports.Identity.Services;
        await node.GetRequiredService<ScheduleJob>().RunForAllAsync(CancellationToken.None);
        await Exports.RunAsync();
        await node.GetRequiredService<ScheduleJob>().RunForAllAsync(CancellationToken.None);
        await node.GetRequiredService<MailJob>().RunForAllAsync(CancellationToken.None);
    }

    public Task SendAsync() => Exports.Identity.Services.GetRequiredService<MailJob>().RunForAllAsync(CancellationToken.None);

    public async Task<List<OutboxMail>> OutboxAsync()
    {
        await using var db = Exports.Identity.Database.As(Tenant).CreateDbContext();
        return await db.Set<OutboxMail>().AsNoTracking().OrderBy(mail => mail.Recipient).ToListAsync();
    }

    public async Task<List<ScheduleRun>> RunsAsync()
    {
        await using var db = Exports.Identity.Database.As(Tenant).CreateDbContext();
        return await db.Set<ScheduleRun>().AsNoTracking().OrderBy(run => run.DueAtUtc).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Exports.DisposeAsync();
        await Server.DisposeAsync();
    }
}
