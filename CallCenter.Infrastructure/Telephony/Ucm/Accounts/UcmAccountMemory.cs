using System.Collections.Concurrent;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm.Accounts;

/// <summary>What dealing with a PBX has taught about it and the API user; helps to tell why a write was refused. Lost with the process.</summary>
internal sealed class UcmAccountMemory
{
    private readonly ConcurrentDictionary<(Guid TenantId, Guid PbxId, string Host, int Port, string ApiUser), Entry> _entries = new();

    public void NoteWritten(PbxEndpoint pbx) => Of(pbx).HasWritten = true;

    public void NoteDenied(PbxEndpoint pbx) => Of(pbx).Denied = true;

    public void NoteNumbers(PbxEndpoint pbx, IReadOnlyCollection<string> numbers) => Of(pbx).Numbers = numbers;

    public UcmRefusal Complete(PbxEndpoint pbx, UcmRefusal refusal)
    {
        var entry = Of(pbx);
        return refusal with
        {
            HasWritten = entry.HasWritten,
            DeniedElsewhere = entry.Denied,
            Known = entry.Numbers,
            Hosted = pbx.Port == 8443 || pbx.Host.EndsWith(".myucm.cloud", StringComparison.OrdinalIgnoreCase),
        };
    }

    private Entry Of(PbxEndpoint pbx) => _entries.GetOrAdd((pbx.TenantId, pbx.PbxId, pbx.Host, pbx.Port, pbx.ApiUser), _ => new Entry());

    private sealed class Entry
    {
        private volatile bool _hasWritten;
        private volatile bool _denied;
        private volatile IReadOnlyCollection<string> _numbers = [];

        public bool HasWritten
        {
            get => _hasWritten;
            set => _hasWritten = value;
        }

        public bool Denied
        {
            get => _denied;
            set => _denied = value;
        }

        public IReadOnlyCollection<string> Numbers
        {
            get => _numbers;
            set => _numbers = value;
        }
    }
}
