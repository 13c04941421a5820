using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>
/// Stores what snapshots tell of calls and acknowledges what is stored. One store at a time, the newest snapshot next; what fails is tried
/// again, because the page repeats an ended call for ever but tells it only when something changes.
/// </summary>
internal sealed class PhoneBooks(
    IPhoneCalls calls, Func<string, object, Task<CommandResult>> send, TimeProvider clock, Func<Action, Task> dispatch, Action<Exception> failed) : IDisposable
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _disposed = new();
    private PhoneSnapshot? _next;
    private ITimer? _retry;
    private bool _busy;

    public void Take(PhoneSnapshot snapshot)
    {
        _next = snapshot;
        if (!_busy)
        {
            _ = StoreAsync();
        }
    }

    public void Dispose()
    {
        _retry?.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    internal static PhoneCallReport Live(CallSnapshot call) => new(
        call.Id, call.SipCallId, call.Direction, call.Number, call.Name, call.State, Utc(call.StartedAt), call.AnsweredAt is { } answered ? Utc(answered) : null);

    internal static PhoneCallEnd Ended(EndedCall call) => new(
        call.Id, call.SipCallId, call.Direction, call.Number, call.Name, Utc(call.StartedAt), call.AnsweredAt is { } answered ? Utc(answered) : null,
        Utc(call.EndedAt), call.EndedBy, call.SipCode, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(call.Cause.ToString()),
        call.Quality is { } q ? new PhoneQuality(q.MosAvg, q.MosMin, q.LossPctAvg, q.JitterMsAvg, q.RttMsAvg, q.Samples) : null);

    private static DateTime Utc(double unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)unixMilliseconds).UtcDateTime;

    private async Task StoreAsync()
    {
        _busy = true;
        try
        {
            while (_next is { } snapshot && !_disposed.IsCancellationRequested)
            {
                _next = null;
                if (!await StoreAsync(snapshot))
                {
                    TryLater(snapshot);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The circuit is over; the page tells the next one.
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<bool> StoreAsync(PhoneSnapshot snapshot)
    {
        try
        {
            // Followers show the leader's calls; one of the circuits telling them is enough.
            var told = snapshot.Leader ? await calls.ReportAsync([.. snapshot.Calls.Select(Live)], _disposed.Token) : Result.Success;
            if (snapshot.Ended.Count == 0)
            {
                return told.Succeeded;
            }

            var stored = await calls.EndAsync([.. snapshot.Ended.Select(Ended)], _disposed.Token);
            if (stored is { Succeeded: true, Value.Count: > 0 })
            {
                await send("acknowledge", new { ids = stored.Value });
            }

            return told.Succeeded && stored.Succeeded;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failed(exception);
            return false;
        }
    }

    private void TryLater(PhoneSnapshot snapshot)
    {
        _retry?.Dispose();
        _retry = clock.CreateTimer(
            _ => _ = dispatch(() =>
            {
                // Anything newer has been stored or is about to be.
                if (_next is null && !_disposed.IsCancellationRequested)
                {
                    Take(snapshot);
                }
            }),
            null,
            RetryAfter,
            Timeout.InfiniteTimeSpan);
    }
}
