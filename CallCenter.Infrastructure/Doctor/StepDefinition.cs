using CallCenter.Core.Doctor;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Doctor;

/// <summary>How a step ended.</summary>
internal sealed record StepOutcome(DoctorState State, Diagnosis Diagnosis)
{
    public CertificateFacts? Certificate { get; init; }

    public static StepOutcome Passed(string code, params object[] parameters) => new(DoctorState.Passed, new Diagnosis(code, parameters));

    public static StepOutcome Warning(string code, params object[] parameters) => new(DoctorState.Warning, new Diagnosis(code, parameters));

    public static StepOutcome Failed(string code, params object[] parameters) => new(DoctorState.Failed, new Diagnosis(code, parameters));

    public static StepOutcome Skipped(string code) => new(DoctorState.Skipped, new Diagnosis(code));
}

/// <summary>A step of the plan.</summary>
/// <param name="Id">See <see cref="DoctorSteps"/>.</param>
/// <param name="Needs">Steps that must not have failed; earlier in the plan.</param>
/// <param name="Timeout">Limit of the whole step.</param>
/// <param name="TimeoutCode">Diagnosis when the limit ends it.</param>
/// <param name="Run">Does it.</param>
/// <param name="OnPbxSession">Talks in the one session on the PBX, which takes one request at a time.</param>
internal sealed record StepDefinition(
    string Id,
    IReadOnlyList<string> Needs,
    TimeSpan Timeout,
    string TimeoutCode,
    Func<CancellationToken, Task<StepOutcome>> Run,
    bool OnPbxSession = false);
