using CallCenter.Core.Doctor;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Settings;

/// <summary>Runs the connection doctor and shows each step as it goes.</summary>
public sealed partial class DoctorPanel : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly Dictionary<string, DoctorStep> _steps = new(StringComparer.Ordinal);
    private CancellationTokenSource? _run;
    private CertificateFacts? _offered;
    private Error? _error;
    private bool _running;
    private bool _stopped;
    private string _said = "";

    /// <summary>Fingerprint that is pinned; empty for none.</summary>
    [Parameter]
    public string PinnedSha256 { get; set; } = "";

    /// <summary>A certificate may be pinned now: not while the card is being edited.</summary>
    [Parameter]
    public bool CanPin { get; set; }

    /// <summary>The reader wants this fingerprint pinned.</summary>
    [Parameter]
    public EventCallback<string> OnPin { get; set; }

    /// <summary>A run came to its end.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    [Inject]
    public required IConnectionDoctor Doctor { get; init; }

    [Inject]
    public required IStringLocalizer<DoctorText> Words { get; init; }

    private string Summary
    {
        get
        {
            var failed = _steps.Values.Count(s => s.State == DoctorState.Failed);
            var warned = _steps.Values.Count(s => s.State == DoctorState.Warning);
            return _running ? Words["Running"]
                : _stopped ? Words["Cancelled"]
                : failed + warned == 0 ? Words["SummaryWell"]
                : Words["SummaryTrouble", failed, warned];
        }
    }

    private IEnumerable<(string Title, IReadOnlyList<DoctorStep> Steps)> Groups =>
    [
        ("GroupPbx", [.. Ordered(id => !IsGdms(id) && id != DoctorSteps.Stun)]),
        ("GroupGdms", [.. Ordered(IsGdms)]),
        ("GroupMedia", [.. Ordered(id => id == DoctorSteps.Stun)]),
    ];

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
        _run?.Dispose();
    }

    /// <summary>Begins a run, unless one is under way.</summary>
    public async Task RunAsync()
    {
        if (_running)
        {
            return;
        }

        _run?.Dispose();
        _run = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        _steps.Clear();
        (_running, _stopped, _error, _said) = (true, false, null, Words["Running"]);
        try
        {
            await foreach (var step in Doctor.RunAsync(_run.Token))
            {
                Take(step);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_run.IsCancellationRequested)
        {
            _stopped = true;
        }
        finally
        {
            _running = false;
        }

        if (!_disposed.IsCancellationRequested)
        {
            _said = Summary;
            StateHasChanged();
            await OnDone.InvokeAsync();
        }
    }

    private static bool IsGdms(string id) => id.StartsWith("gdms.", StringComparison.Ordinal);

    private static string IconOf(DoctorState state) => state switch
    {
        DoctorState.Running => "loader-circle",
        DoctorState.Passed => "circle-check",
        DoctorState.Warning => "triangle-alert",
        DoctorState.Failed => "circle-x",
        DoctorState.Skipped => "circle-minus",
        _ => "circle-dashed",
    };

    private IEnumerable<DoctorStep> Ordered(Func<string, bool> which) =>
        DoctorSteps.All.Where(id => which(id) && _steps.ContainsKey(id)).Select(id => _steps[id]);

    private void Take(Result<DoctorStep> item)
    {
        if (item.Error is { } error)
        {
            _error = error;
            return;
        }

        var step = item.Value;
        _steps[step.Id] = step;

        // Skipped steps follow from the one that was just announced; naming each would drown it.
        if (step.IsFinal && step.State != DoctorState.Skipped)
        {
            var outcome = step.Diagnosis is { } diagnosis ? Texts.Title(diagnosis) : Texts.State(step.State);
            _said = Words["Announce", Texts.Step(step.Id), outcome];
        }
    }

    private void Stop() => _run?.Cancel();

    private Task PinAsync(string sha256)
    {
        _offered = null;
        return OnPin.InvokeAsync(sha256);
    }
}
