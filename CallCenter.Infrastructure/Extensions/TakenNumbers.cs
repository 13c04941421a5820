using System.Collections.Concurrent;
using System.Collections.Frozen;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Extensions.Following;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>
/// The numbers that each PBX has, as last listed. Kept for a short while, since a form asks for a number at every opening;
/// and beyond that while the PBX is away, since an old list keeps us from most numbers that are taken there.
/// </summary>
internal sealed class TakenNumbers(IOptions<FollowOptions> options, TimeProvider time)
{
    private static readonly FrozenSet<string> Nothing = [];

    private readonly ConcurrentDictionary<(Guid TenantId, Guid PbxId), Entry> _entries = new();

    /// <summary>The PBX's numbers, not older than the options say; the last known ones while it does not answer.</summary>
    /// <param name="port">Who asks it.</param>
    /// <param name="pbx">The PBX.</param>
    /// <param name="fresh">True to ask it in any case.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public async Task<IReadOnlySet<string>> GetAsync(IPbxExtensions port, PbxEndpoint pbx, bool fresh, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd((pbx.TenantId, pbx.PbxId), _ => new Entry());
        var asked = time.GetTimestamp();
        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            // While we waited somebody may have asked for us too; a failure counts as well, so that a PBX that is away costs one time-out.
            var readAt = entry.ReadAt;
            if (readAt is { } read && (fresh ? read >= asked : time.GetElapsedTime(read) < options.Value.NumberListLife))
            {
                return entry.Numbers;
            }

            Result<IReadOnlySet<string>> listed = await port.ListTakenNumbersAsync(pbx, cancellationToken);
            entry.ReadAt = time.GetTimestamp();
            if (listed.Succeeded)
            {
                entry.Numbers = listed.Value;
            }

            return entry.Numbers;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <summary>Has the next asker ask the PBX.</summary>
    public void Forget(Guid tenantId, Guid pbxId)
    {
        if (_entries.TryGetValue((tenantId, pbxId), out var entry))
        {
            entry.ReadAt = null;
        }
    }

    private sealed class Entry
    {
        private long _readAt = long.MinValue;

        public SemaphoreSlim Gate { get; } = new(1);

        public IReadOnlySet<string> Numbers { get; set; } = Nothing;

        public long? ReadAt
        {
            get => Interlocked.Read(ref _readAt) is var at && at == long.MinValue ? null : at;
            set => Interlocked.Exchange(ref _readAt, value ?? long.MinValue);
        }
    }
}
