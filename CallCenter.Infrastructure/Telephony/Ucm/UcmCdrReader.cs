using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>One page of <c>cdrapi</c>, asked for again where that can help.</summary>
internal sealed class UcmCdrReader(IUcmGateway gateway, UcmOptions options, TimeProvider time, ILogger logger)
{
    private const int SmallestPage = 50;

    private static readonly HashSet<string> Transient = new(
    [
        TelephonyErrors.Unreachable.Code, TelephonyErrors.TimedOut.Code, TelephonyErrors.Dropped.Code, TelephonyErrors.Garbage.Code,
        TelephonyErrors.Busy.Code, TelephonyErrors.SessionLost.Code,
    ]);

    private readonly ResiliencePipeline<Result<UcmCdrBatch>> _again = new ResiliencePipelineBuilder<Result<UcmCdrBatch>> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<Result<UcmCdrBatch>>
        {
            ShouldHandle = attempt => ValueTask.FromResult(
                attempt.Outcome.Exception is null && attempt.Outcome.Result.Error is { } error && Transient.Contains(error.Code)),
            MaxRetryAttempts = options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(DelayOf(attempt.AttemptNumber, attempt.Outcome.Result.Error!, options)),
        })
        .Build();

    /// <summary>Rows, none for an empty page, or why not. A page that was too much for the PBX is asked for in smaller parts.</summary>
    public async Task<Result<UcmCdrBatch>> ReadAsync(PbxEndpoint pbx, UcmCdrQuery query, CancellationToken cancellationToken)
    {
        var count = query.Count;
        return await _again.ExecuteAsync(
            async token =>
            {
                var result = await ReadOnceAsync(pbx, query with { Count = count }, token);
                if (result.Error is { } error)
                {
                    logger.LogDebug("UCM {PbxId}: a page at {Offset} failed with {Error}", pbx.PbxId, query.Offset, error.Code);
                    count = error == TelephonyErrors.TimedOut || error == TelephonyErrors.Dropped
                        ? Math.Min(count, Math.Max(count / 2, SmallestPage))
                        : count;
                }

                return result;
            },
            cancellationToken);
    }

    private async Task<Result<UcmCdrBatch>> ReadOnceAsync(PbxEndpoint pbx, UcmCdrQuery query, CancellationToken cancellationToken)
    {
        var outcome = await gateway.TryAsync(pbx, "cdrapi", query.ToParameters(), cancellationToken);
        if (outcome.Failure is { } failure)
        {
            return failure.Status == UcmStatus.NoSuchItem ? new UcmCdrBatch([], 0, []) : failure.Error;
        }

        return UcmCdrParser.Parse(outcome.Reply!.Root) is { } batch ? batch : TelephonyErrors.Garbage;
    }

    private static TimeSpan DelayOf(int attempt, Error error, UcmOptions options)
    {
        // "Too often" means a quarter of a minute, whatever attempt it is.
        var delay = error == TelephonyErrors.Busy ? options.MaxRetryDelay : options.RetryDelay * Math.Pow(2, attempt);
        return delay < options.MaxRetryDelay ? delay : options.MaxRetryDelay;
    }
}
