using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>Goes through the own phone part by part, as support would, and words what it found.</summary>
public sealed partial class PhoneCheckPage
{
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);
    // Figures come every four seconds, later on a busy machine; two are a measurement.
    private const int EnoughSamples = 2;
    private static readonly TimeSpan EchoTime = TimeSpan.FromSeconds(30);

    private readonly List<PhoneCheckResult> _results = [];
    private PhoneCheckStep? _now;
    private string _text = "";
    private bool _running;

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>The reader's phone; null without one.</summary>
    [CascadingParameter]
    public PhoneState? Phone { get; set; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private static Tone ToneOf(PhoneCheckState state) => state switch
    {
        PhoneCheckState.Good => Tone.Good,
        PhoneCheckState.Weak => Tone.Warn,
        PhoneCheckState.Bad => Tone.Bad,
        PhoneCheckState.Running => Tone.Note,
        _ => Tone.Quiet,
    };

    private PhoneCheckResult ResultOf(PhoneCheckStep step) =>
        _results.Find(result => result.Step == step) ?? new(step, _now == step ? PhoneCheckState.Running : PhoneCheckState.Waiting, "", null);

    private async Task RunAsync()
    {
        _results.Clear();
        (_running, _text) = (true, "");
        try
        {
            await StepAsync(PhoneCheckStep.Microphone, MicrophoneAsync);
            await StepAsync(PhoneCheckStep.Socket, () => LineAsync(PhoneCheckStep.Socket, PhoneCheck.Socket));
            await StepAsync(PhoneCheckStep.Registration, () => LineAsync(PhoneCheckStep.Registration, PhoneCheck.Registration));
            await StepAsync(PhoneCheckStep.Network, async () => PhoneCheck.Network(await State.GatherAsync(Navigation.ToAbsoluteUri(PhoneAddresses.Session(Scope.Tenant.Slug)).AbsoluteUri)));
            await StepAsync(PhoneCheckStep.Echo, EchoAsync);
            _text = PhoneCheck.Text(_results, State.Info?.Extension ?? "", Clock.GetUtcNow().UtcDateTime, await State.BrowserAsync());
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        finally
        {
            (_running, _now) = (false, null);
        }
    }

    private async Task StepAsync(PhoneCheckStep step, Func<Task<PhoneCheckResult>> run)
    {
        _now = step;
        StateHasChanged();
        _results.Add(await run());
    }

    private async Task<PhoneCheckResult> MicrophoneAsync()
    {
        // The phone of a page that was just loaded is not there at once.
        await WatchAsync(_ => true, Patience);
        if (State.Snapshot is null)
        {
            return new(PhoneCheckStep.Microphone, PhoneCheckState.Bad, "", "phone.stopped");
        }

        var loudest = 0d;
        var started = await State.CommandAsync("microphoneTest", new { on = true });
        if (started.Ok)
        {
            try
            {
                await WatchAsync(
                    phone =>
                    {
                        loudest = Math.Max(loudest, phone.Devices.Level ?? 0);
                        return false;
                    },
                    Listening);
            }
            finally
            {
                // Also when the page was left.
                await State.CommandAsync("microphoneTest", new { on = false });
            }
        }

        var devices = State.Snapshot.Devices;
        return started.Ok ? PhoneCheck.Microphone(devices, loudest) : PhoneCheck.Microphone(devices, 0) with { State = PhoneCheckState.Bad, Code = started.Error };
    }

    private async Task<PhoneCheckResult> LineAsync(PhoneCheckStep step, Func<LineSnapshot, PhoneCheckResult> read)
    {
        if (State.Snapshot is null)
        {
            return new(step, PhoneCheckState.Skipped, "phone not started", null);
        }

        await WatchAsync(phone => read(phone.Line).State == PhoneCheckState.Good || phone.Line.State == LineState.AuthFailed, Patience);
        return read(State.Snapshot.Line);
    }

    private async Task<PhoneCheckResult> EchoAsync()
    {
        var echo = State.Info?.EchoNumber ?? "";
        if (echo.Length == 0 || State.Snapshot?.Line.State != LineState.Registered)
        {
            return new(PhoneCheckStep.Echo, PhoneCheckState.Skipped, echo.Length == 0 ? "no echo number" : "not registered", null);
        }

        var wasOpen = State.IsOpen;
        var dialled = await State.CommandAsync("dial", new { number = echo });
        if (!dialled.Ok)
        {
            return new(PhoneCheckStep.Echo, PhoneCheckState.Bad, "", dialled.Error);
        }

        var samples = new List<QualitySnapshot>();
        CallSnapshot? Call(PhoneSnapshot phone) => phone.Calls.FirstOrDefault(call => call.Id == dialled.CallId);
        await WatchAsync(phone => Call(phone) is null or { State: PhoneCallState.Active }, Patience);
        await WatchAsync(
            phone =>
            {
                if (Call(phone) is { Quality: { Mos: not null } quality })
                {
                    samples.Add(quality);
                }

                return Call(phone) is null || samples.Count >= EnoughSamples;
            },
            EchoTime);
        var end = State.Snapshot!.LastEnd is { } last && last.Id == dialled.CallId ? last : null;
        if (Call(State.Snapshot) is not null)
        {
            await State.CommandAsync("hangUp", new { callId = dialled.CallId });
            await WatchAsync(phone => Call(phone) is null, Patience);
        }

        // A call of the check is nobody's to write about, and its panel stands in front of the result.
        State.CloseWrapUp(dialled.CallId ?? "");
        State.Dismiss();
        State.Open(wasOpen);
        return PhoneCheck.Echo(samples, end);
    }

    /// <summary>Looks at each snapshot until one will do or the time is over.</summary>
    private async Task WatchAsync(Func<PhoneSnapshot, bool> enough, TimeSpan time)
    {
        if (State.Snapshot is { } now && enough(now))
        {
            return;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (State.Snapshot is { } phone && enough(phone))
            {
                done.TrySetResult();
            }
        }

        State.Changed += Look;
        try
        {
            await done.Task.WaitAsync(time, Clock, Gone);
        }
        catch (TimeoutException)
        {
            // Then what was seen must do.
        }
        finally
        {
            State.Changed -= Look;
        }
    }
}
