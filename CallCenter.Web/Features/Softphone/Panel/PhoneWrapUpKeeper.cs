using CallCenter.Core.Softphone;
using Microsoft.JSInterop;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>
/// Keeps in the tab which calls its reader is still writing about, so that a reload brings them back. The tab holds ids only; what was written
/// lies with the call on the server.
/// </summary>
internal sealed class PhoneWrapUpKeeper(PhoneState state, IPhoneCalls calls, IJSObjectReference script) : IDisposable
{
    private string[] _kept = [];

    /// <summary>Puts back what an earlier page of this tab had open, then follows.</summary>
    public async Task StartAsync()
    {
        _kept = await script.InvokeAsync<string[]?>("keptWrapUps") ?? [];
        foreach (var id in _kept)
        {
            if (await calls.FindAsync(id) is { Succeeded: true, Value: { IsLive: false, AnsweredAtUtc: not null } call })
            {
                state.Reopen(new PhoneWrapUpCall(id, call.Number, call.Name.Length > 0 ? call.Name : null));
            }
        }

        state.Changed += Follow;
        Follow();
    }

    /// <inheritdoc />
    public void Dispose() => state.Changed -= Follow;

    private void Follow()
    {
        var open = state.WrapUps.Select(call => call.Id).ToArray();
        if (!open.SequenceEqual(_kept))
        {
            _kept = open;
            _ = KeepAsync(open);
        }
    }

    private async Task KeepAsync(string[] open)
    {
        try
        {
            await script.InvokeVoidAsync("keepWrapUps", (object)open);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and with it the question.
        }
        catch (OperationCanceledException)
        {
            // The circuit's patience with the page; the next change keeps all.
        }
    }
}
