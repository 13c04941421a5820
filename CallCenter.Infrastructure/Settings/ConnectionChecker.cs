using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Telephony.Probes;
using CallCenter.Infrastructure.Telephony.Ucm;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Settings;

/// <summary>The light check: one cheap request in the session that stands, which logs in only when there is none.</summary>
internal sealed class ConnectionChecker(
    IDbContextFactory<CallCenterDbContext> contexts,
    IPbxDirectory directory,
    ConnectionStatusStore statuses,
    IUcmGateway gateway,
    IOutboundPolicy policy,
    TcpProbe tcp,
    TimeProvider time)
{
    // Longer than a request may take: when this runs out, the session was busy with someone's long one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan TcpTimeout = TimeSpan.FromSeconds(10);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        Guid pbxId;
        int version;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await db.Set<PbxConnection>().Select(p => new { p.Id, p.Version }).SingleOrDefaultAsync(cancellationToken) is not { } pbx)
            {
                return;
            }

            (pbxId, version) = (pbx.Id, pbx.Version);
        }

        if (!await statuses.MayTryAsync(pbxId, version, cancellationToken))
        {
            return;
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var error = await TryAsync(either.Token);
            await statuses.NoteAsync(pbxId, version, error, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // In use is as good as connected, and what the other request meets will be known by the next check.
        }
    }

    private async Task<Error?> TryAsync(CancellationToken cancellationToken)
    {
        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error is { } unreadable)
        {
            return unreadable;
        }

        if (pbx.Value.Kind != PbxKind.Ucm)
        {
            return await TryTcpAsync(pbx.Value, cancellationToken);
        }

        var outcome = await gateway.TryAsync(pbx.Value, "getSystemStatus", null, cancellationToken);
        return outcome.Failure is { } failure && !MeansAlive(failure) ? failure.Error : null;
    }

    // It answered in a session of ours: whatever it thinks of the question, the connection stands.
    private static bool MeansAlive(UcmFailure failure) => failure.Kind == UcmFailureKind.Api
        && (failure.Error == TelephonyErrors.NotPermitted || failure.Error == TelephonyErrors.Unsupported
            || failure.Error == TelephonyErrors.Busy || failure.Error == TelephonyErrors.Refused);

    private async Task<Error?> TryTcpAsync(PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        var addresses = await policy.ResolveAsync(pbx.Host, cancellationToken);
        if (addresses.Error is { } error)
        {
            return error;
        }

        var result = await tcp.RunAsync(new ProbeTarget(pbx.Host, pbx.Port, addresses.Value), TcpTimeout, cancellationToken);
        return result.Outcome switch
        {
            TcpOutcome.Connected => null,
            TcpOutcome.TimedOut => TelephonyErrors.TimedOut,
            TcpOutcome.NameNotFound => TelephonyErrors.NameNotFound,
            _ => TelephonyErrors.Unreachable,
        };
    }
}
