using CallCenter.Core.Mail;
using CallCenter.Infrastructure.Exports;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Mail;

public static class MailServiceCollectionExtensions
{
    /// <summary>The tenant's mail server and the outbox.</summary>
    public static IServiceCollection AddCallCenterMail(this IServiceCollection services)
    {
        services.AddCallCenterExports();
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailOptions>, MailOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoredSecrets, MailStoredSecrets>());
        services.TryAddSingleton<SmtpMailer>();
        services.TryAddScoped<MailCardStore>();
        services.TryAddScoped<MailRecipients>();
        services.TryAddScoped<MailSender>();
        services.TryAddScoped<IMailSettings, MailSettings>();
        return services.AddTenantJob<MailJob>(MailJob.JobName, MailJob.Interval);
    }
}
