using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;

namespace CallCenter.Infrastructure.Figures;

/// <summary>By what a slice tells calls apart.</summary>
internal enum SliceKind
{
    /// <summary>Direction, queue and ring group; every call is in exactly one.</summary>
    Flow = 1,

    /// <summary>Trunk.</summary>
    Trunk = 2,

    /// <summary>Number dialled from outside.</summary>
    Did = 3,

    /// <summary>Country of the outside party.</summary>
    Country = 4,

    /// <summary>Extension with a part, and the queue that offered the call.</summary>
    Agent = 5,
}

/// <summary>What the sums of one row are about. The key is a fingerprint of the rest, so that writers need not look it up.</summary>
internal sealed record FigureSlice : ITenantOwned
{
    public Guid TenantId { get; init; }

    public required long Id { get; init; }

    public required Guid PbxId { get; init; }

    public required SliceKind Kind { get; init; }

    public required CallDirection Direction { get; init; }

    /// <summary>Whether its calls are offered ones, those that the PBX refused apart.</summary>
    public required bool Offered { get; init; }

    public required string Queue { get; init; }

    public required string RingGroup { get; init; }

    /// <summary>Trunk, number, country or extension.</summary>
    public required string Value { get; init; }

    public static FigureSlice Of(in SliceKey key, Guid tenantId, Guid pbxId, CopyBuffer scratch)
    {
        scratch.Clear();
        scratch.Uuid(pbxId);
        scratch.Int32((int)key.Kind);
        scratch.Int32((int)key.Direction);
        scratch.Flag(key.Offered);
        scratch.Text(key.Queue);
        scratch.Text(key.RingGroup);
        scratch.Text(key.Value);
        return new FigureSlice
        {
            TenantId = tenantId,
            Id = ContentHash.Of(scratch.Written.Span),
            PbxId = pbxId,
            Kind = key.Kind,
            Direction = key.Direction,
            Offered = key.Offered,
            Queue = key.Queue,
            RingGroup = key.RingGroup,
            Value = key.Value,
        };
    }
}

/// <summary>A slice within one PBX.</summary>
internal readonly record struct SliceKey(SliceKind Kind, CallDirection Direction, bool Offered, string Queue, string RingGroup, string Value);
