using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Work;
using CallCenter.Infrastructure.Persistence;

namespace CallCenter.Infrastructure.Work;

internal static class CallWorkQuery
{
    /// <summary>Only calls with the notes, the tag and the disposition that the filter asks for.</summary>
    public static IQueryable<Call> Narrow(CallCenterDbContext db, IQueryable<Call> calls, CallFilter filter)
    {
        if (filter.Noted is { } noted)
        {
            calls = calls.Where(call => db.Set<CallNote>().Any(note => note.CallId == call.Id) == noted);
        }

        if (!string.IsNullOrWhiteSpace(filter.Tag))
        {
            var key = SearchText.Fold(filter.Tag);
            calls = calls.Where(call => db.Set<CallTag>().Any(tag => tag.CallId == call.Id && tag.Key == key));
        }

        if (filter.Disposition is { } disposition)
        {
            calls = calls.Where(call => db.Set<CallDisposition>().Any(row => row.CallId == call.Id && row.DispositionId == disposition && row.IsLast));
        }

        return calls;
    }
}
