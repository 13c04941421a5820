using CallCenter.Core.Telephony;

namespace CallCenter.Core.Doctor;

/// <summary>State of a step.</summary>
public enum DoctorState
{
    /// <summary>Its turn has not come.</summary>
    Waiting = 0,

    /// <summary>Under way.</summary>
    Running = 1,

    /// <summary>All is well.</summary>
    Passed = 2,

    /// <summary>It works, but something deserves attention.</summary>
    Warning = 3,

    /// <summary>It does not work.</summary>
    Failed = 4,

    /// <summary>Not tried, because a step that it needs failed or because nothing is set up.</summary>
    Skipped = 5,
}

/// <summary>One step at one moment.</summary>
/// <param name="Id">See <see cref="DoctorSteps"/>; the key of its translated title.</param>
/// <param name="State">The state.</param>
public sealed record DoctorStep(string Id, DoctorState State)
{
    /// <summary>From start to end; null while waiting, running or skipped.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What was found; null while waiting and running, and when skipped for another step's sake.</summary>
    public Diagnosis? Diagnosis { get; init; }

    /// <summary>The step whose failure is the reason; null unless skipped for it.</summary>
    public string? SkippedBecause { get; init; }

    /// <summary>The certificate that the peer shows, from the TLS step; null when it shows none.</summary>
    public CertificateFacts? Certificate { get; init; }

    /// <summary>True once it will not change any more.</summary>
    public bool IsFinal => State is not (DoctorState.Waiting or DoctorState.Running);
}

/// <summary>What a step found, in words that resources translate: title, explanation and remedy by <see cref="Code"/>.</summary>
/// <param name="Code">See <see cref="DiagnosisCodes"/>; permanent.</param>
/// <param name="Parameters">Values for the text's places, formatted in the reader's culture; never secrets.</param>
public sealed record Diagnosis(string Code, params IReadOnlyList<object> Parameters);
