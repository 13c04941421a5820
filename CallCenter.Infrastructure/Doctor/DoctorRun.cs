using CallCenter.Core.Doctor;

namespace CallCenter.Infrastructure.Doctor;

/// <summary>Runs a plan: each step as soon as those it needs are done, so that nothing waits for a stranger.</summary>
internal sealed class DoctorRun(IReadOnlyList<StepDefinition> plan, TimeProvider time, Action<DoctorStep> publish) : IDisposable
{
    private readonly SemaphoreSlim _pbxSession = new(1, 1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var step in plan)
        {
            publish(new DoctorStep(step.Id, DoctorState.Waiting));
        }

        var results = new Dictionary<string, Task<DoctorStep>>(StringComparer.Ordinal);
        foreach (var step in plan)
        {
            results[step.Id] = RunAsync(step, [.. step.Needs.Select(id => results[id])], cancellationToken);
        }

        await Task.WhenAll(results.Values);
    }

    public void Dispose() => _pbxSession.Dispose();

    private async Task<DoctorStep> RunAsync(StepDefinition step, Task<DoctorStep>[] needs, CancellationToken cancellationToken)
    {
        var before = await Task.WhenAll(needs);
        var result = Array.Find(before, b => b.State is DoctorState.Failed or DoctorState.Skipped) is { } blocking
            ? Skip(step, blocking)
            : step.OnPbxSession ? await RunOnSessionAsync(step, cancellationToken) : await RunNowAsync(step, cancellationToken);
        publish(result);
        return result;
    }

    // The root of a chain is what the reader must mend; "not set up" is passed on as it is.
    private static DoctorStep Skip(StepDefinition step, DoctorStep blocking) => new(step.Id, DoctorState.Skipped)
    {
        SkippedBecause = blocking.SkippedBecause ?? (blocking.State == DoctorState.Failed ? blocking.Id : null),
        Diagnosis = blocking is { State: DoctorState.Skipped, SkippedBecause: null } ? blocking.Diagnosis : null,
    };

    private async Task<DoctorStep> RunOnSessionAsync(StepDefinition step, CancellationToken cancellationToken)
    {
        await _pbxSession.WaitAsync(cancellationToken);
        try
        {
            return await RunNowAsync(step, cancellationToken);
        }
        finally
        {
            _pbxSession.Release();
        }
    }

    private async Task<DoctorStep> RunNowAsync(StepDefinition step, CancellationToken cancellationToken)
    {
        publish(new DoctorStep(step.Id, DoctorState.Running));
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(step.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        StepOutcome outcome;
        try
        {
            outcome = await step.Run(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            outcome = StepOutcome.Failed(step.TimeoutCode);
        }

        return new DoctorStep(step.Id, outcome.State)
        {
            Duration = outcome.State == DoctorState.Skipped ? null : time.GetElapsedTime(started),
            Diagnosis = outcome.Diagnosis,
            Certificate = outcome.Certificate,
        };
    }
}
