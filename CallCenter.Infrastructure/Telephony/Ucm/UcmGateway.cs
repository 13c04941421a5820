using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <inheritdoc cref="IUcmGateway" />
internal sealed class UcmGateway(
    IOutboundPolicy policy, IOptions<UcmOptions> options, TimeProvider time, ILogger<UcmGateway> logger) : IUcmGateway, IAsyncDisposable
{
    private static readonly TimeSpan DropWhenIdleFor = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<(Guid TenantId, Guid PbxId), Slot> _slots = new();

    // Apart from the sessions: the doctor tries settings that are not saved, which must not end the session of those that are.
    private readonly ConcurrentDictionary<(Guid TenantId, Guid PbxId, string Fingerprint), CredentialMemory> _memories = new();
    private readonly ConcurrentDictionary<Slot, Task> _closing = new();

    public async Task<Result<UcmReply>> ExecuteAsync(
        PbxEndpoint pbx, string action, IReadOnlyDictionary<string, string>? parameters = null, CancellationToken cancellationToken = default) =>
        (await TryAsync(pbx, action, parameters, cancellationToken)).ToResult();

    public Task<UcmOutcome> TryAsync(
        PbxEndpoint pbx, string action, IReadOnlyDictionary<string, string>? parameters = null, CancellationToken cancellationToken = default) =>
        TryAsync(pbx, action, parameters, null, cancellationToken);

    public Task<UcmOutcome> DownloadAsync(
        PbxEndpoint pbx, string action, IReadOnlyDictionary<string, string> parameters, UcmTake take, CancellationToken cancellationToken = default) =>
        TryAsync(pbx, action, parameters, take, cancellationToken);

    private async Task<UcmOutcome> TryAsync(
        PbxEndpoint pbx, string action, IReadOnlyDictionary<string, string>? parameters, UcmTake? take, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await SessionFor(pbx).TryAsync(action, parameters, take, cancellationToken) is { } outcome)
            {
                return outcome;
            }
        }
    }

    public UcmConversation Open(PbxEndpoint pbx) => new(
        new UcmTransport(pbx, policy, options.Value, time), pbx.ApiUser, pbx.ApiPassword, MemoryOf(pbx, Fingerprint(pbx)));

    public async ValueTask DisposeAsync()
    {
        foreach (var key in _slots.Keys)
        {
            if (_slots.TryRemove(key, out var slot))
            {
                Close(slot);
            }
        }

        await Task.WhenAll(_closing.Values);
    }

    private UcmSession SessionFor(PbxEndpoint pbx)
    {
        var slot = SlotFor(pbx, out var replaced);
        if (replaced is not null)
        {
            _memories.TryRemove((pbx.TenantId, pbx.PbxId, replaced.Fingerprint), out _);
            Close(replaced);
        }

        foreach (var other in _slots.Values)
        {
            if (other != slot && other.IdleFor > DropWhenIdleFor)
            {
                Close(other);
            }
        }

        return slot.Open(() => new UcmSession(pbx.PbxId, Open(pbx), MemoryOf(pbx, slot.Fingerprint), options.Value, time, logger));
    }

    // Beside the caller: an old session may be in the middle of a long request, or its PBX gone, and nobody should wait for that.
    private void Close(Slot slot)
    {
        var closing = _closing.GetOrAdd(slot, s => s.CloseAsync().AsTask());
        _ = closing.ContinueWith(
            done => _closing.TryRemove(new KeyValuePair<Slot, Task>(slot, done)),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private CredentialMemory MemoryOf(PbxEndpoint pbx, string fingerprint) => _memories.GetOrAdd(
        (pbx.TenantId, pbx.PbxId, fingerprint), _ => new CredentialMemory(time, options.Value.CredentialCooldown));

    private Slot SlotFor(PbxEndpoint pbx, out Slot? replaced)
    {
        var fingerprint = Fingerprint(pbx);
        Slot? old = null;
        var slot = _slots.AddOrUpdate(
            (pbx.TenantId, pbx.PbxId),
            _ => new Slot(fingerprint),
            (_, current) =>
            {
                if (current.Fingerprint == fingerprint)
                {
                    old = null;
                    return current;
                }

                old = current;
                return new Slot(fingerprint);
            });
        replaced = old;
        return slot;
    }

    // Settings that, once changed, make a session and a remembered refusal void. A hash, so that no password lies around.
    private static string Fingerprint(PbxEndpoint pbx) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', pbx.Host, pbx.Port, pbx.ApiUser, pbx.ApiPassword.Reveal(), pbx.PinnedCertificateSha256))));

    /// <summary>The session under one endpoint's settings.</summary>
    private sealed class Slot(string fingerprint)
    {
        private readonly Lock _gate = new();
        private UcmSession? _session;

        public string Fingerprint { get; } = fingerprint;

        public TimeSpan IdleFor
        {
            get
            {
                lock (_gate)
                {
                    return _session?.IdleFor ?? TimeSpan.Zero;
                }
            }
        }

        public UcmSession Open(Func<UcmSession> create)
        {
            lock (_gate)
            {
                return _session ??= create();
            }
        }

        public async ValueTask CloseAsync()
        {
            UcmSession? session;
            lock (_gate)
            {
                (session, _session) = (_session, null);
            }

            if (session is not null)
            {
                await session.DisposeAsync();
            }
        }
    }
}
