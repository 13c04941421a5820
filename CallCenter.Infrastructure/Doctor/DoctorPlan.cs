using CallCenter.Core.Doctor;

namespace CallCenter.Infrastructure.Doctor;

/// <summary>Which step needs which.</summary>
internal static class DoctorPlan
{
    // The probes know their own limits; these end a step whose probe does not come back by itself.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<StepDefinition> Of(NetworkSteps network, UcmSteps ucm, DoctorOptions options)
    {
        StepDefinition Api(string id, string need, Func<CancellationToken, Task<StepOutcome>> run, int requests = 1) =>
            new(id, [need], options.ApiTimeout * requests, DiagnosisCodes.AnswerTimedOut, run, OnPbxSession: true);

        return
        [
            new(DoctorSteps.Name, [], options.NameTimeout, DiagnosisCodes.NameTimedOut, network.NameAsync),
            new(DoctorSteps.Tcp, [DoctorSteps.Name], options.TcpTimeout + Slack, DiagnosisCodes.TcpTimedOut, network.TcpAsync),
            new(DoctorSteps.Tls, [DoctorSteps.Tcp], options.TlsTimeout + Slack, DiagnosisCodes.TlsTimedOut, network.TlsAsync),
            Api(DoctorSteps.Api, DoctorSteps.Tls, ucm.ApiAsync),
            Api(DoctorSteps.Login, DoctorSteps.Api, ucm.LoginAsync),
            Api(DoctorSteps.PermissionCdr, DoctorSteps.Login, ucm.CdrAsync),
            Api(DoctorSteps.PermissionRecordings, DoctorSteps.Login, ucm.RecordingsAsync),
            Api(DoctorSteps.PermissionExtensions, DoctorSteps.Login, ucm.ExtensionsAsync, 2),
            Api(DoctorSteps.PermissionExtensionsWrite, DoctorSteps.Login, ucm.ExtensionsWriteAsync, 2),
            Api(DoctorSteps.PermissionQueues, DoctorSteps.Login, ucm.QueuesAsync),
            Api(DoctorSteps.PermissionChannels, DoctorSteps.Login, ucm.ChannelsAsync, 2),
            Api(DoctorSteps.PermissionSystem, DoctorSteps.Login, ucm.SystemAsync, 2),
            Api(DoctorSteps.Clock, DoctorSteps.PermissionSystem, ucm.ClockAsync),
            Api(DoctorSteps.Offset, DoctorSteps.PermissionSystem, ucm.OffsetAsync),
            new(DoctorSteps.WebSocket, [DoctorSteps.Tls], options.WebSocketTimeout + Slack, DiagnosisCodes.WebSocketTimedOut, network.WebSocketAsync),
            new(DoctorSteps.Sip, [DoctorSteps.WebSocket], options.WebSocketTimeout, DiagnosisCodes.SipNoAnswer, network.SipAsync),
        ];
    }

    /// <summary>The same steps when no PBX is saved.</summary>
    public static IEnumerable<StepDefinition> WithoutPbx(DoctorOptions options) => DoctorSteps.All
        .Where(id => !id.StartsWith("gdms.", StringComparison.Ordinal) && id != DoctorSteps.Stun)
        .Select(id => new StepDefinition(
            id, [], options.NameTimeout, DiagnosisCodes.NotConfigured, _ => Task.FromResult(StepOutcome.Skipped(DiagnosisCodes.NotConfigured))));

    public static IReadOnlyList<StepDefinition> Of(GdmsSteps gdms, StunSteps stun, DoctorOptions options) =>
    [
        new(DoctorSteps.GdmsToken, [], options.GdmsTimeout, DiagnosisCodes.GdmsUnreachable, gdms.TokenAsync),
        new(DoctorSteps.GdmsDevice, [DoctorSteps.GdmsToken], options.GdmsTimeout, DiagnosisCodes.GdmsUnreachable, gdms.DeviceAsync),
        new(DoctorSteps.GdmsOnline, [DoctorSteps.GdmsDevice], options.GdmsTimeout, DiagnosisCodes.GdmsUnreachable, gdms.OnlineAsync),
        new(DoctorSteps.Stun, [], options.StunTimeout + Slack, DiagnosisCodes.StunNoAnswer, stun.BindingAsync),
    ];
}
