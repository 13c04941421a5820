namespace CallCenter.Web.Shared;

/// <summary>What a confirmation asks. Everything is text for people, already translated.</summary>
/// <param name="Title">The question, naming the thing: "Disable Nora Quinn?"</param>
/// <param name="Confirm">The act, as the button says it: "Disable".</param>
public sealed record ConfirmRequest(string Title, string Confirm)
{
    /// <summary>What it means.</summary>
    public string? Body { get; init; }

    /// <summary>What will be lost, one line each.</summary>
    public IReadOnlyList<string> Losses { get; init; } = [];

    /// <summary>The act does damage: red button.</summary>
    public bool Danger { get; init; }
}

/// <summary>Asks before damage, once, from anywhere in a circuit; <see cref="DialogHost"/> in the layout shows it.</summary>
public sealed class Dialogs
{
    private TaskCompletionSource<bool>? _answer;

    internal event Action? Changed;

    internal ConfirmRequest? Current { get; private set; }

    /// <summary>True when the reader confirmed; false when they closed it. A second question closes the first.</summary>
    public Task<bool> ConfirmAsync(ConfirmRequest request)
    {
        _answer?.TrySetResult(false);
        _answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Current = request;
        Changed?.Invoke();
        return _answer.Task;
    }

    internal void Answer(bool confirmed)
    {
        Current = null;
        Changed?.Invoke();
        _answer?.TrySetResult(confirmed);
        _answer = null;
    }
}
