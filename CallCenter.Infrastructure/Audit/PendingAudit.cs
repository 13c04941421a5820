using System.Text;
using CallCenter.Core.Audit;

namespace CallCenter.Infrastructure.Audit;

/// <summary>A note that waits for its place in the chain.</summary>
internal sealed record PendingAudit(Guid Chain, DateTime AtUtc, AuditActor Actor, AuditNote Note)
{
    public AuditEntry ToEntry(long sequence, byte[] previousHash)
    {
        var at = AuditHash.Round(AtUtc);
        var actor = Clean(Actor.Name, AuditEntry.NameMaxLength);
        var address = Actor.RemoteAddress is { } given ? Clean(given, AuditEntry.KeyMaxLength) : null;
        var subjectName = Clean(Note.SubjectName, AuditEntry.NameMaxLength);
        var before = Note.Before?.ToJson();
        var after = Note.After?.ToJson(Note.Before);
        return new AuditEntry
        {
            TenantId = Chain,
            Sequence = sequence,
            AtUtc = at,
            ActorId = Actor.Id,
            ActorName = actor,
            RemoteAddress = address,
            Action = Note.Action,
            SubjectType = Note.SubjectType,
            SubjectId = Note.SubjectId,
            SubjectName = subjectName,
            Before = before,
            After = after,
            HashVersion = AuditHash.CurrentVersion,
            PreviousHash = previousHash,
            Hash = AuditHash.Compute(
                previousHash, Chain, sequence, at, Actor.Id, actor, address,
                Note.Action, Note.SubjectType, Note.SubjectId, subjectName, before, after),
        };
    }

    // What a database would refuse or alter must not reach the hash: PostgreSQL keeps no NUL, and neither keeps half a surrogate.
    private static string Clean(string text, int maxLength)
    {
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > maxLength)
            {
                break;
            }

            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return clean.ToString();
    }
}
