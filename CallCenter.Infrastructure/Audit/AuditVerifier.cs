using CallCenter.Core.Audit;

namespace CallCenter.Infrastructure.Audit;

/// <summary>Walks a chain from its beginning and stops at the first break.</summary>
internal sealed class AuditVerifier(AuditHead? head)
{
    private byte[] _hash = AuditHash.Zero;
    private AuditBreak? _break;

    public long Checked { get; private set; }

    /// <summary>Takes the next entry by sequence; false when the chain is broken there.</summary>
    public bool Add(AuditEntry entry)
    {
        var expected = Checked + 1;
        if (entry.Sequence != expected)
        {
            _break = new AuditBreak(expected, AuditBreakKind.Missing, null);
        }
        else if (AuditHash.Compute(entry) is not { } hash || !hash.AsSpan().SequenceEqual(entry.Hash))
        {
            _break = new AuditBreak(expected, AuditBreakKind.Changed, RowOf(entry));
        }
        else if (!entry.PreviousHash.AsSpan().SequenceEqual(_hash))
        {
            _break = new AuditBreak(expected, AuditBreakKind.Replaced, RowOf(entry));
        }
        else
        {
            _hash = entry.Hash;
            Checked++;
        }

        return _break is null;
    }

    public AuditVerification Finish()
    {
        if (_break is null && head is null)
        {
            _break = new AuditBreak(0, AuditBreakKind.HeadWrong, null);
        }
        else if (_break is null && Checked < head!.Sequence)
        {
            _break = new AuditBreak(Checked + 1, AuditBreakKind.Truncated, null);
        }
        else if (_break is null && !head!.Hash.AsSpan().SequenceEqual(_hash))
        {
            _break = new AuditBreak(0, AuditBreakKind.HeadWrong, null);
        }

        return new AuditVerification(Checked, _break);
    }

    public static AuditRow RowOf(AuditEntry e) =>
        new(e.Sequence, e.AtUtc, e.ActorName, e.Action, e.SubjectType, e.SubjectName, e.RemoteAddress);
}
