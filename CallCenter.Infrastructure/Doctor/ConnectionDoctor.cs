using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CallCenter.Core.Doctor;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Settings;
using CallCenter.Infrastructure.Telephony.Probes;
using CallCenter.Infrastructure.Telephony.Ucm;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Doctor;

internal sealed class ConnectionDoctor(
    DoctorCaseReader cases,
    ConnectionStatusStore statuses,
    IUcmGateway gateway,
    IGdmsDirectory gdms,
    IOutboundPolicy policy,
    TcpProbe tcp,
    TlsProbe tls,
    SipWebSocketProbe webSocket,
    StunProbe stun,
    IOptions<DoctorOptions> options,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time,
    ILogger<ConnectionDoctor> logger) : IConnectionDoctor
{
    public async IAsyncEnumerable<Result<DoctorStep>> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.Edit))
        {
            yield return AccessErrors.Denied;
            yield break;
        }

        var patient = await cases.ReadAsync(cancellationToken);
        await cases.NoteRunAsync(cancellationToken);
        var channel = Channel.CreateUnbounded<DoctorStep>(new UnboundedChannelOptions { SingleReader = true });

        // Its own source: a reader that simply stops reading ends the run too.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = RunAsync(patient, channel.Writer, stop.Token);
        var login = default(DoctorStep);
        try
        {
            await foreach (var step in channel.Reader.ReadAllAsync(cancellationToken))
            {
                login = step.Id == DoctorSteps.Login ? step : login;
                yield return step;
            }
        }
        finally
        {
            await stop.CancelAsync();
        }

        await TeachAsync(patient, login, cancellationToken);
    }

    // Not awaited by the reader, who may leave at once: saying good-bye to the PBX can take seconds.
    private async Task RunAsync(DoctorCase patient, ChannelWriter<DoctorStep> writer, CancellationToken cancellationToken)
    {
        try
        {
            await using var conversation = patient.Pbx is { } pbx ? gateway.Open(pbx) : null;
            using var run = new DoctorRun(Plan(patient, conversation), time, step => writer.TryWrite(step));
            await run.RunAsync(cancellationToken);
            writer.TryComplete();
        }
        catch (OperationCanceledException exception)
        {
            writer.TryComplete(exception);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "A step of the connection doctor of tenant {TenantId} broke", tenant.TenantId);
            writer.TryComplete(exception);
        }
    }

    private List<StepDefinition> Plan(DoctorCase patient, UcmConversation? conversation)
    {
        var limits = options.Value;
        List<StepDefinition> plan = patient.Pbx is { } pbx && conversation is not null
            ? [.. DoctorPlan.Of(
                new NetworkSteps(pbx, policy, tcp, tls, webSocket, limits, time), new UcmSteps(patient, conversation, limits, time), limits)]
            : [.. DoctorPlan.WithoutPbx(limits)];
        plan.AddRange(DoctorPlan.Of(new GdmsSteps(patient, gdms, policy), new StunSteps(patient.Stun, policy, stun, limits), limits));
        return plan;
    }

    // A login that works ends the pause after a refused one; one that is refused begins it.
    private async Task TeachAsync(DoctorCase patient, DoctorStep? login, CancellationToken cancellationToken)
    {
        if (patient.Pbx is null || login is null)
        {
            return;
        }

        var (known, error) = login.Diagnosis?.Code switch
        {
            DiagnosisCodes.LoginOk => (true, (Error?)null),
            DiagnosisCodes.LoginWrong or DiagnosisCodes.LoginWrongCounted => (true, TelephonyErrors.WrongCredentials),
            DiagnosisCodes.LoginLockedOut => (true, TelephonyErrors.LockedOut),
            _ => (false, null),
        };
        if (known)
        {
            await statuses.NoteAsync(patient.Pbx.PbxId, patient.PbxVersion, error, cancellationToken);
        }
    }
}
