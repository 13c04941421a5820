using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Finds out how a UCM wants times. It does not say: a form it does not understand gives a silently empty answer.</summary>
internal sealed class UcmTimeStyles(UcmCdrReader reader, ILogger logger)
{
    /// <summary>Which form of times the PBX takes; null when it has no rows to try on.</summary>
    public async Task<Result<UcmTimeStyle?>> LearnAsync(PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        var any = await reader.ReadAsync(pbx, new UcmCdrQuery(null, null, UcmTimeStyle.NotUnderstood, 0, 1), cancellationToken);
        if (any.Error is { } error)
        {
            return error;
        }

        if (any.Value.Rows.Select(r => r.StartLocal).FirstOrDefault(s => s is not null) is not { } start)
        {
            return (UcmTimeStyle?)null;
        }

        var style = await LearnAsync(pbx, start, cancellationToken);
        return style.Error is { } failed ? failed : style.Value;
    }

    /// <summary>As above, tried on a row that is known to have begun then.</summary>
    public async Task<Result<UcmTimeStyle>> LearnAsync(PbxEndpoint pbx, DateTime start, CancellationToken cancellationToken)
    {
        foreach (var style in new[] { UcmTimeStyle.WithT, UcmTimeStyle.WithSpace })
        {
            var query = new UcmCdrQuery(start.AddMinutes(-1), start.AddMinutes(1), style, 0, 10);
            var result = await reader.ReadAsync(pbx, query, cancellationToken);
            if (result.Error is { } failed && failed != TelephonyErrors.Refused)
            {
                return failed;
            }

            if (result.Succeeded && result.Value.RootItems > 0)
            {
                logger.LogDebug("UCM {PbxId} takes times in the form {Style}", pbx.PbxId, style);
                return style;
            }
        }

        logger.LogInformation("UCM {PbxId} understands no times; its call detail is read whole", pbx.PbxId);
        return UcmTimeStyle.NotUnderstood;
    }
}
