using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>A part of the panel: draws itself anew when the phone's state changes.</summary>
public abstract class PhonePart : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();

    /// <summary>The phone.</summary>
    [Inject]
    public required PhoneState State { get; init; }

    /// <summary>Words of its states.</summary>
    [Inject]
    public required PhoneWords Words { get; init; }

    /// <summary>Ends with the part.</summary>
    protected CancellationToken Gone => _disposed.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void OnInitialized() => State.Changed += Redraw;

    /// <summary>Lets go of what the part holds.</summary>
    /// <param name="disposing">Always true: there is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        State.Changed -= Redraw;
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private void Redraw() => _ = InvokeAsync(StateHasChanged);
}
