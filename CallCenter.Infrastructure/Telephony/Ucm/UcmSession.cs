using CallCenter.Core.Telephony;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>The portal's session on one UCM: serial requests, one login at a time, renewed before it ends.</summary>
internal sealed class UcmSession : IAsyncDisposable
{
    private readonly UcmConversation _conversation;
    private readonly CredentialMemory _memory;
    private readonly UcmOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Guid _pbxId;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private DateTimeOffset _loggedInAt;
    private long _usedAtTicks;
    private bool _disposed;

    public UcmSession(
        Guid pbxId, UcmConversation conversation, CredentialMemory memory, UcmOptions options, TimeProvider time, ILogger logger)
    {
        _pbxId = pbxId;
        _conversation = conversation;
        _memory = memory;
        _options = options;
        _time = time;
        _logger = logger;
        _usedAtTicks = time.GetUtcNow().UtcTicks;
    }

    public TimeSpan IdleFor => TimeSpan.FromTicks(_time.GetUtcNow().UtcTicks - Interlocked.Read(ref _usedAtTicks));

    /// <summary>Null when the session was disposed meanwhile and the caller should take a new one.</summary>
    public async Task<UcmOutcome?> TryAsync(
        string action, IReadOnlyDictionary<string, string>? parameters, UcmTake? take, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_disposed)
            {
                return null;
            }

            Interlocked.Exchange(ref _usedAtTicks, _time.GetUtcNow().UtcTicks);
            return await RunAsync(action, parameters, take, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                await _conversation.DisposeAsync();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<UcmOutcome> RunAsync(
        string action, IReadOnlyDictionary<string, string>? parameters, UcmTake? take, CancellationToken cancellationToken)
    {
        if (_conversation.LoggedIn && _time.GetUtcNow() - _loggedInAt >= _options.SessionLifetime)
        {
            await _conversation.LogoutAsync(cancellationToken);
        }

        if (!_conversation.LoggedIn && await LogInAsync(cancellationToken) is { } refusal)
        {
            return refusal;
        }

        // A write that has begun is waited for, up to its time limit: hanging up does not stop the UCM, it only hides what it did.
        var running = UcmActions.Writes(action) ? CancellationToken.None : cancellationToken;
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = await ExecuteAsync(action, parameters, take, running);
        if (!MeansSessionLost(outcome, action))
        {
            return outcome;
        }

        _logger.LogDebug("UCM {PbxId} ended the session (status {Status}); logging in again", _pbxId, outcome.Failure!.Status);
        _conversation.Forget();
        if (await LogInAsync(cancellationToken) is { } second)
        {
            return second;
        }

        cancellationToken.ThrowIfCancellationRequested();
        outcome = await ExecuteAsync(action, parameters, take, running);
        if (MeansSessionLost(outcome, action))
        {
            // A session that dies at once, not a wrong password: the login has just succeeded.
            _conversation.Forget();
            return outcome.Failure! with { Error = TelephonyErrors.SessionLost };
        }

        return outcome;
    }

    private static bool MeansSessionLost(UcmOutcome outcome, string action) =>
        outcome.Failure is { Status: { } status } && UcmStatus.MeansSessionLost(status, UcmActions.Writes(action));

    private async Task<UcmOutcome> ExecuteAsync(
        string action, IReadOnlyDictionary<string, string>? parameters, UcmTake? take, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var outcome = take is null
            ? await _conversation.ExecuteAsync(action, parameters, cancellationToken)
            : await _conversation.DownloadAsync(action, parameters, take, cancellationToken);
        if (outcome.Failure is { } failure)
        {
            _logger.LogDebug(
                "UCM {PbxId} {Action}: {Kind}, status {Status}, HTTP {HttpStatus}, after {Elapsed}",
                _pbxId, action, failure.Kind, failure.Status, failure.HttpStatus, _time.GetElapsedTime(started));
        }
        else
        {
            _logger.LogTrace("UCM {PbxId} {Action}: done after {Elapsed}", _pbxId, action, _time.GetElapsedTime(started));
        }

        return outcome;
    }

    private async Task<UcmFailure?> LogInAsync(CancellationToken cancellationToken)
    {
        if (_memory.Binding is { } binding)
        {
            return binding;
        }

        var challenge = await _conversation.ChallengeAsync(cancellationToken);
        if (challenge.Failure is { } failure)
        {
            return failure;
        }

        var login = await _conversation.LoginAsync(UcmConversation.ChallengeOf(challenge.Reply!), cancellationToken);
        if (login.Failure is { } refusal)
        {
            _logger.LogWarning("UCM {PbxId} refused the login: {Kind}, status {Status}", _pbxId, refusal.Kind, refusal.Status);
            return refusal;
        }

        _loggedInAt = _time.GetUtcNow();
        return null;
    }
}
