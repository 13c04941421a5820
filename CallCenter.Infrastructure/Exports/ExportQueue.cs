using System.Threading.Channels;
using CallCenter.Core.Tenancy;

namespace CallCenter.Infrastructure.Exports;

/// <summary>Tenants for whom something is due, as this node heard; the job of every node asks again, so that nothing depends on being heard.</summary>
internal sealed class ExportQueue
{
    private readonly Channel<TenantInfo> _due =
        Channel.CreateBounded<TenantInfo>(new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _waiting = [];
    private readonly Dictionary<Guid, int> _running = [];

    /// <summary>What <see cref="ExportWorker"/> works on.</summary>
    public IAsyncEnumerable<TenantInfo> ReadAsync(CancellationToken cancellationToken) => _due.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Says that something is due. Returns at once.</summary>
    public void Wake(TenantInfo tenant)
    {
        lock (_gate)
        {
            if (_waiting.Add(tenant.Id) && !_due.Writer.TryWrite(tenant))
            {
                _waiting.Remove(tenant.Id);
            }
        }
    }

    /// <summary>Takes one of the tenant's places; false when it has as many at work as it may.</summary>
    public bool TryBegin(TenantInfo tenant, int places)
    {
        lock (_gate)
        {
            _waiting.Remove(tenant.Id);
            var running = _running.GetValueOrDefault(tenant.Id);
            if (running >= places)
            {
                return false;
            }

            _running[tenant.Id] = running + 1;
            return true;
        }
    }

    public void End(TenantInfo tenant)
    {
        lock (_gate)
        {
            if (--_running[tenant.Id] == 0)
            {
                _running.Remove(tenant.Id);
            }
        }
    }
}
