using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Clients;
using CallCenter.Infrastructure.Devices;
using CallCenter.Infrastructure.Doctor;
using CallCenter.Infrastructure.Erasure;
using CallCenter.Infrastructure.Exports;
using CallCenter.Infrastructure.Extensions;
using CallCenter.Infrastructure.Extensions.Truth;
using CallCenter.Infrastructure.Figures;
using CallCenter.Infrastructure.Groups;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Mail;
using CallCenter.Infrastructure.Operations;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Recordings;
using CallCenter.Infrastructure.Recordings.Retention;
using CallCenter.Infrastructure.Reports;
using CallCenter.Infrastructure.Schedules;
using CallCenter.Infrastructure.Security;
using CallCenter.Infrastructure.Settings;
using CallCenter.Infrastructure.Softphone;
using CallCenter.Infrastructure.Teams;
using CallCenter.Infrastructure.Telephony.Gdms;
using CallCenter.Infrastructure.Telephony.Probes;
using CallCenter.Infrastructure.Telephony.Ucm;
using CallCenter.Infrastructure.Tenancy;
using CallCenter.Infrastructure.Work;
using CallCenter.Infrastructure.Worklist;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure;

public static class InfrastructureServiceCollectionExtensions
{
    /// <summary>Everything of Infrastructure, one line per feature.</summary>
    public static IServiceCollection AddCallCenterInfrastructure(this IServiceCollection services) => services
        .AddCallCenterPersistence()
        .AddCallCenterOperations()
        .AddCallCenterSecurity()
        .AddCallCenterDataProtection()
        .AddCallCenterSettings()
        .AddCallCenterDoctor()
        .AddCallCenterAudit()
        .AddCallCenterIdentity()
        .AddCallCenterTenancy()
        .AddCallCenterJobs()
        .AddCallCenterCalls()
        .AddCallCenterFigures()
        .AddCallCenterGroups()
        .AddCallCenterRecordings()
        .AddCallCenterRetention()
        .AddCallCenterErasure()
        .AddCallCenterWork()
        .AddCallCenterTeams()
        .AddCallCenterWorklist()
        .AddCallCenterClients()
        .AddCallCenterDevices()
        .AddGdms()
        .AddProbes()
        .AddUcm()
        .AddCallCenterExtensions()
        .AddCallCenterExtensionTruth()
        .AddCallCenterSoftphone()
        .AddCallCenterReports()
        .AddCallCenterExports()
        .AddCallCenterMail()
        .AddCallCenterSchedules();
}
