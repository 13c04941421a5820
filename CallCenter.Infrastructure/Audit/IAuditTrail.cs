using CallCenter.Core.Audit;
using CallCenter.Infrastructure.Persistence;

namespace CallCenter.Infrastructure.Audit;

/// <summary>
/// Write side of the audit log. An appended note is written by the context's next <c>SaveChangesAsync</c>, in its
/// transaction: the change and its audit entry are kept together or not at all.
/// </summary>
internal interface IAuditTrail
{
    /// <summary>Notes an act of the caller in the entered tenant's chain.</summary>
    void Append(CallCenterDbContext db, AuditNote note);

    /// <summary>Notes an act in the installation's chain.</summary>
    /// <param name="db">The context that saves the change.</param>
    /// <param name="note">What was done.</param>
    /// <param name="actor">Who did it, where that is not the scope's caller: nobody is signed in during a sign-in.</param>
    void AppendPlatform(CallCenterDbContext db, AuditNote note, AuditActor? actor = null);
}

/// <summary>Who did something, and from where.</summary>
internal sealed record AuditActor(Guid? Id, string Name, string? RemoteAddress);
