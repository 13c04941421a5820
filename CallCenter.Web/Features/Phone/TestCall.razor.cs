using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Phone;

/// <summary>Has the own phone rung, and says where the call stands as far as the line's state tells.</summary>
public sealed partial class TestCall : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private Stage _stage;
    private Error? _error;

    private enum Stage
    {
        None,
        Asking,
        Ringing,
        Talking,
        Over,
    }

    [Parameter, EditorRequired]
    public required MyPhone Phone { get; set; }

    [Inject]
    public required IMyPhone Own { get; init; }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override void OnParametersSet() => _stage = (_stage, Phone.Row.Status) switch
    {
        (Stage.Ringing, LineStatus.InUse or LineStatus.Busy) => Stage.Talking,
        (Stage.Talking, LineStatus.Idle or LineStatus.Offline) => Stage.Over,
        _ => _stage,
    };

    private async Task CallAsync()
    {
        (_stage, _error) = (Stage.Asking, null);
        _error = (await Own.CallEchoAsync(_disposed.Token)).Error;
        _stage = _error is null ? Stage.Ringing : Stage.None;
    }

    private string Css(Stage stage) => _stage > stage ? "is-done" : _stage == stage ? "is-now" : "";

    private string IconOf(Stage stage) => _stage > stage ? "circle-check" : _stage == stage ? "circle-dot" : "circle-dashed";
}
