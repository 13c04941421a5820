using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using CallCenter.Core.Telephony.Gdms;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace CallCenter.Infrastructure.Telephony.Gdms;

/// <summary>Signed calls. Reads are repeated when throttled or after a fault of network or server; writes never.</summary>
internal sealed class GdmsClient
{
    private const string Resources = "/oapi/v1.0.0/";

    // No official figure exists; asked to slow down without one, a minute is polite.
    private static readonly TimeSpan DefaultPause = TimeSpan.FromMinutes(1);

    private static readonly ResiliencePropertyKey<GdmsAccount> AccountKey = new("account");

    private readonly GdmsTransport _transport;
    private readonly GdmsTokens _tokens;
    private readonly GdmsAddresses _addresses;
    private readonly GdmsWaits _waits;
    private readonly TimeProvider _time;
    private readonly ILogger<GdmsClient> _logger;
    private readonly ResiliencePipeline<GdmsReply> _reads;

    public GdmsClient(
        GdmsTransport transport,
        GdmsTokens tokens,
        GdmsAddresses addresses,
        GdmsWaits waits,
        IOptions<GdmsOptions> options,
        TimeProvider time,
        ILogger<GdmsClient> logger)
    {
        _transport = transport;
        _tokens = tokens;
        _addresses = addresses;
        _waits = waits;
        _time = time;
        _logger = logger;
        _reads = BuildReads(options.Value, waits, time);
    }

    /// <summary>A read by GET. Every value should be plain ASCII: how encoded values are signed is not certain.</summary>
    public Task<GdmsReply> GetAsync(
        GdmsAccount account, string resource, IReadOnlyDictionary<string, string>? query = null, bool anew = false, CancellationToken cancellationToken = default) =>
        ReadAsync(new Call(account, HttpMethod.Get, resource, query ?? new Dictionary<string, string>(), []), anew, cancellationToken);

    /// <summary>A read by POST with a JSON body.</summary>
    public Task<GdmsReply> PostReadAsync(GdmsAccount account, string resource, object body, CancellationToken cancellationToken = default) =>
        ReadAsync(new Call(account, HttpMethod.Post, resource, new Dictionary<string, string>(), JsonSerializer.SerializeToUtf8Bytes(body)), anew: false, cancellationToken);

    /// <summary>A read by POST with everything in the URL.</summary>
    public Task<GdmsReply> PostReadAsync(
        GdmsAccount account, string resource, IReadOnlyDictionary<string, string> query, CancellationToken cancellationToken = default) =>
        ReadAsync(new Call(account, HttpMethod.Post, resource, query, []), anew: false, cancellationToken);

    /// <summary>A write. After a lost answer it is unknown whether it happened, unless <see cref="GdmsReply.NotSent"/> says so.</summary>
    public Task<GdmsReply> WriteAsync(GdmsAccount account, string resource, object body, CancellationToken cancellationToken = default) =>
        WriteAsync(new Call(account, HttpMethod.Post, resource, new Dictionary<string, string>(), JsonSerializer.SerializeToUtf8Bytes(body)), cancellationToken);

    private static ResiliencePipeline<GdmsReply> BuildReads(GdmsOptions options, GdmsWaits waits, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<GdmsReply> { TimeProvider = time };
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<GdmsReply>
            {
                MaxRetryAttempts = options.MaxRetries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                MaxDelay = options.LongestRetryAfter,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Result is { Kind: GdmsReplyKind.Throttled or GdmsReplyKind.ServerError or GdmsReplyKind.Unreachable } reply
                    && !(reply.RetryAfter > options.LongestRetryAfter)),
                DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result?.RetryAfter),
                OnRetry = attempt =>
                {
                    if (attempt.Outcome.Result is { Kind: GdmsReplyKind.Throttled }
                        && attempt.Context.Properties.TryGetValue(AccountKey, out var account))
                    {
                        waits.Note(account, attempt.RetryDelay);
                    }

                    return default;
                },
            });
        }

        return builder.Build();
    }

    private async Task<GdmsReply> ReadAsync(Call call, bool anew, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(AccountKey, call.Account);
        try
        {
            return NoteWait(call, await _reads.ExecuteAsync(async c => await CallAsync(call, anew, c.CancellationToken), context));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<GdmsReply> WriteAsync(Call call, CancellationToken cancellationToken) =>
        NoteWait(call, await CallAsync(call, anew: false, cancellationToken));

    private GdmsReply NoteWait(Call call, GdmsReply reply)
    {
        if (reply.Kind == GdmsReplyKind.Throttled)
        {
            _waits.Note(call.Account, reply.RetryAfter ?? DefaultPause);
        }

        return reply;
    }

    // A refused token means that the call was not carried out, so a second try with a fresh one is safe for writes too.
    private async Task<GdmsReply> CallAsync(Call call, bool anew, CancellationToken cancellationToken)
    {
        var (token, failure) = await _tokens.GetAsync(call.Account, rejected: null, anew, cancellationToken);
        if (token is null)
        {
            return Log(call, failure! with { NotSent = true });
        }

        var reply = await SendAsync(call, token, cancellationToken);
        if (reply.Kind != GdmsReplyKind.TokenRejected)
        {
            return Log(call, reply);
        }

        (token, failure) = await _tokens.GetAsync(call.Account, rejected: token, anew: false, cancellationToken);
        return Log(call, token is null ? failure! with { NotSent = true } : await SendAsync(call, token, cancellationToken));
    }

    private async Task<GdmsReply> SendAsync(Call call, string token, CancellationToken cancellationToken)
    {
        var sent = new Dictionary<string, string>(call.Query)
        {
            ["access_token"] = token,
            ["timestamp"] = _time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        };
        var signed = new Dictionary<string, string>(sent)
        {
            ["client_id"] = call.Account.ApiId,
            ["client_secret"] = call.Account.ApiSecret,
        };
        sent["signature"] = GdmsSigner.Sign(signed, call.Body);

        var query = string.Join('&', sent.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
        using var request = new HttpRequestMessage(call.Method, new Uri(_addresses.Of(call.Account), $"{Resources}{call.Resource}?{query}"));
        if (call.Body.Length > 0)
        {
            request.Content = new ByteArrayContent(call.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        return await _transport.SendAsync(request, call.Account.BaseAddress is not null, GdmsReplyReader.ReadCall, cancellationToken);
    }

    // The path and the codes only: addresses hold the token, bodies hold MAC addresses, messages repeat both.
    private GdmsReply Log(Call call, GdmsReply reply)
    {
        if (reply.Kind != GdmsReplyKind.Ok)
        {
            _logger.LogInformation(
                "GDMS {Method} {Resource} gave {Kind} (HTTP {HttpStatus}, retCode {RetCode})",
                call.Method, call.Resource, reply.Kind, reply.HttpStatus, reply.RetCode);
        }

        return reply;
    }

    private sealed record Call(
        GdmsAccount Account, HttpMethod Method, string Resource, IReadOnlyDictionary<string, string> Query, byte[] Body);
}
