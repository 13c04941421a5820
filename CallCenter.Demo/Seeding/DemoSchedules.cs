using CallCenter.Core.Calls;
using CallCenter.Core.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Demo.Seeding;

/// <summary>The report that the owner gets by mail at the beginning of each week.</summary>
internal sealed class DemoSchedules(IServiceProvider services)
{
    /// <summary>Makes it in the entered tenant, for the person who is signed in.</summary>
    public async Task AddAsync(DemoTenant tenant, DemoPerson owner, CancellationToken cancellationToken)
    {
        var form = new ScheduleForm
        {
            Name = tenant.Language == "ar" ? "قوائم الانتظار في الأسبوع الماضي" : "Queues of last week",
            Report = "queues",
            Range = CallRange.LastWeek,
            Language = tenant.Language,
            Rhythm = ScheduleRhythm.Weekly,
            Weekday = tenant == DemoPlan.Riyadh ? DayOfWeek.Sunday : DayOfWeek.Monday,
            Time = "07:00",
            Recipients = owner.Email,
            AttachFile = true,
        };
        DemoSeed.Check((await services.GetRequiredService<IReportSchedules>().CreateAsync(form, cancellationToken)).Error, $"schedule a report of {tenant.Slug}");
    }
}
