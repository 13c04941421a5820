using CallCenter.Core.Softphone;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>
/// The phone of one circuit: the last snapshot, what the panel shows, and the way to its commands. The call itself lives in the page's
/// script (docs/softphone.md); everything here may be lost with the circuit.
/// </summary>
public sealed class PhoneState
{
    private const int MostRemembered = 3;

    private readonly Dictionary<string, PhoneWrapUpCall> _wrapUps = [];
    private readonly Dictionary<string, PhoneDraft> _drafts = [];
    private Func<string, object, Task<CommandResult>>? _send;
    private IPhoneScript? _script;

    /// <summary>Something to draw has changed. Raised on the renderer's thread.</summary>
    public event Action? Changed;

    /// <summary>What pages know of the own phone; null until it was asked for, or without one.</summary>
    public PhoneInfo? Info { get; private set; }

    /// <summary>Whether the phone was looked for.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The last snapshot; null before the first.</summary>
    public PhoneSnapshot? Snapshot { get; private set; }

    /// <summary>Live calls, oldest first.</summary>
    public IReadOnlyList<CallSnapshot> Calls => Snapshot?.Calls ?? [];

    /// <summary>Whether the panel is unfolded.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>What is typed into the number field.</summary>
    public string Typed { get; set; } = "";

    /// <summary>Number that is about to be dialled: shown at once, before the page has answered.</summary>
    public string? Dialling { get; private set; }

    /// <summary>Code of what went wrong last; null when nothing did since the last act.</summary>
    public string? Failure { get; private set; }

    /// <summary>Status of the PBX beside it.</summary>
    public int? FailureSipCode { get; private set; }

    /// <summary>Answered calls that are over and whose wrap-up the reader has not closed, newest first.</summary>
    public IReadOnlyList<PhoneWrapUpCall> WrapUps => [.. _wrapUps.Values.Reverse()];

    /// <summary>The last call's end, to be told in the panel; null when there is nothing to tell.</summary>
    public EndedCall? LastEnd { get; private set; }

    /// <summary>Says whose phone it is; null for nobody's.</summary>
    public void Know(PhoneInfo? info) => (Info, IsKnown) = (info, true);

    /// <summary>Takes a page's snapshot unless a newer one of the same page load is here already.</summary>
    /// <returns>False when it was dropped.</returns>
    public bool Accept(PhoneSnapshot snapshot)
    {
        if (Snapshot is { } last && last.Epoch == snapshot.Epoch && snapshot.Rev <= last.Rev)
        {
            return false;
        }

        var (before, isFirst) = (Calls, Snapshot is null);
        Snapshot = snapshot;
        NoticeEnds(before);
        if (isFirst)
        {
            RememberUnstored(snapshot);
        }

        if (Calls.Any(call => before.All(old => old.Id != call.Id)))
        {
            (Dialling, LastEnd) = (null, null);
            IsOpen = true;
        }

        Raise();
        return true;
    }

    /// <summary>Carries a command out under a new id. A failure is kept for the panel.</summary>
    public async Task<CommandResult> CommandAsync(string name, object? args = null)
    {
        (Failure, FailureSipCode) = (null, null);
        var result = _send is null ? new CommandResult(false, Error: "phone.stopped") : await _send(name, args ?? new { });
        if (!result.Ok)
        {
            Fail(result.Error ?? "phone.internal", result.SipCode);
        }

        return result;
    }

    /// <summary>Calls a number in any spelling and unfolds the panel, which shows the attempt at once.</summary>
    public async Task DialAsync(string number)
    {
        IsOpen = true;
        if (DialText.Of(number) is not { Length: > 0 } dialled)
        {
            Fail("call.badNumber", null);
            return;
        }

        (Dialling, LastEnd) = (dialled, null);
        Raise();
        var result = await CommandAsync("dial", new { number = dialled });
        if (result.Ok)
        {
            Typed = "";
        }

        Dialling = null;
        Raise();
    }

    /// <summary>Unfolds or folds the panel.</summary>
    public void Open(bool open)
    {
        IsOpen = open;
        Raise();
    }

    /// <summary>Shows a failure in the panel.</summary>
    public void Fail(string code, int? sipCode)
    {
        (Failure, FailureSipCode, IsOpen) = (code, sipCode, true);
        Raise();
    }

    /// <summary>How many other devices with the same extension the reader has taken note of.</summary>
    public int OthersSeen { get; private set; }

    /// <summary>The reader knows of the other devices; more of them are news again.</summary>
    public void SeeOthers()
    {
        OthersSeen = Snapshot?.Line.Others ?? 0;
        Raise();
    }

    /// <summary>The reader has seen the last failure or end.</summary>
    public void Dismiss()
    {
        (Failure, FailureSipCode, LastEnd) = (null, null, null);
        Raise();
    }

    /// <summary>What is being written about a call; it outlives the parts of the panel that show it.</summary>
    internal PhoneDraft DraftOf(string id)
    {
        if (!_drafts.TryGetValue(id, out var draft))
        {
            _drafts[id] = draft = new PhoneDraft();
        }

        return draft;
    }

    /// <summary>Offers a call for wrap-up again that an earlier page of this tab had open.</summary>
    public void Reopen(PhoneWrapUpCall call)
    {
        if (_wrapUps.TryAdd(call.Id, call))
        {
            Raise();
        }
    }

    /// <summary>The reader is done with a call.</summary>
    public void CloseWrapUp(string id)
    {
        _wrapUps.Remove(id);
        _drafts.Remove(id);
        Raise();
    }

    /// <summary>Gives the way to the page's script; null when it is gone.</summary>
    internal void Connect(Func<string, object, Task<CommandResult>>? send, IPhoneScript? script = null) => (_send, _script) = (send, script);

    /// <summary>Has the browser look for ways to the sound, for the check.</summary>
    internal async Task<IceReport> GatherAsync(string sessionUrl) =>
        _script is null ? new IceReport(0, 0, 0, 0, false, false, "browser") : await _script.GatherAsync(sessionUrl);

    /// <summary>What the browser calls itself.</summary>
    internal async Task<string> BrowserAsync() => _script is null ? "" : await _script.BrowserAsync();

    private void NoticeEnds(IReadOnlyList<CallSnapshot> before)
    {
        foreach (var call in before.Where(old => Calls.All(one => one.Id != old.Id)))
        {
            // Only what was seen live here: another circuit's calls are not this reader's to wrap up.
            if (Snapshot!.LastEnd is { } end && end.Id == call.Id)
            {
                LastEnd = end;
            }

            if (call.AnsweredAt is not null)
            {
                _wrapUps[call.Id] = new PhoneWrapUpCall(call.Id, call.Number, call.Name);
            }
        }
    }

    /// <summary>Calls that ended while no circuit was there: what the reader wants to write about them is not written yet.</summary>
    private void RememberUnstored(PhoneSnapshot snapshot)
    {
        foreach (var call in snapshot.Ended.Where(call => call.AnsweredAt is not null).TakeLast(MostRemembered))
        {
            _wrapUps[call.Id] = new PhoneWrapUpCall(call.Id, call.Number, call.Name);
        }
    }

    private void Raise() => Changed?.Invoke();
}
