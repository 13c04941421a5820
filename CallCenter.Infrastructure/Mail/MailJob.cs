using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Mail;

/// <summary>Sends the mails that are due.</summary>
internal sealed class MailJob(TenantJobTools tools) : TenantJob(tools)
{
    public const string JobName = "mail";

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override string LeaseFor(TenantInfo tenant) => $"mail:{tenant.Id:N}";

    protected override Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken) =>
        services.GetRequiredService<MailSender>().RunAsync(cancellationToken);
}
