using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.EndToEnd;

/// <summary>A call that has all a call's page can show: a stored recording, with a stretch of it marked as sensitive.</summary>
internal static class ShownCall
{
    /// <summary>Waits for the portal's own job to store a recording, and marks it unless it is marked.</summary>
    /// <returns>The call's key.</returns>
    public static async Task<Guid> EnsureAsync(RunningPortal portal, string slug)
    {
        for (var tries = 0; tries < 240; tries++)
        {
            var found = await FindAsync(portal, slug);
            if (found is not null)
            {
                return found.Value;
            }

            await Task.Delay(500);
        }

        throw new TimeoutException($"No recording of {slug} was stored.");
    }

    private static async Task<Guid?> FindAsync(RunningPortal portal, string slug)
    {
        Guid? callId = null;
        await portal.WorkAsync(slug, async services =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync();
            if (await db.Set<RecordingPause>().Where(mark => mark.ByName == "test").Select(mark => mark.CallId).FirstOrDefaultAsync() is { } marked)
            {
                callId = marked;
            }
            else if (await db.Set<Recording>().Where(row => row.State == RecordingState.Stored && row.DurationSeconds >= 10).OrderBy(row => row.Id).FirstOrDefaultAsync() is { } stored)
            {
                callId = stored.CallId;
                db.Add(new RecordingPause
                {
                    PbxId = stored.PbxId,
                    CallId = stored.CallId,
                    Extension = "",
                    FromUtc = stored.StartedAtUtc.AddSeconds(2),
                    UntilUtc = stored.StartedAtUtc.AddSeconds(5),
                    ByName = "test",
                    Reason = slug == "riyadh" ? "رقم بطاقة" : "Card number",
                });
                await db.SaveChangesAsync();
            }
        });
        return callId;
    }
}
