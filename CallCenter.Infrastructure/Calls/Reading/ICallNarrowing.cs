using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Persistence;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>
/// Narrows calls by what another feature keeps beside them, such as notes and tags. Each registers its own
/// (<c>TryAddEnumerable</c>); the history applies all of them.
/// </summary>
internal interface ICallNarrowing
{
    IQueryable<Call> Narrow(CallCenterDbContext db, IQueryable<Call> calls, CallFilter filter);
}
