namespace CallCenter.Simulators.Ucm;

/// <summary>
/// What goes wrong with writes at this moment, one by one: the counts say how many more writes meet it, a negative one all.
/// The default is none. Unlike <see cref="Faults.FaultSettings"/> these spare reads, so that a client can find out what became
/// of its write.
/// </summary>
public sealed record UcmMishaps
{
    /// <summary>Only every so-many-eth write meets a mishap; 1 for each.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Writes that are executed, and whose connection is reset without an answer.</summary>
    public int LoseAnswers { get; init; }

    /// <summary>Writes that are executed, and whose answer breaks off in the middle.</summary>
    public int CutAnswers { get; init; }

    /// <summary>Writes that are executed, and whose answer is HTTP 200 with nonsense.</summary>
    public int GarbleAnswers { get; init; }

    /// <summary>Writes that are executed, and whose answer comes <see cref="DelayBy"/> later.</summary>
    public int DelayAnswers { get; init; }

    /// <summary>In real time, not by the simulator's clock.</summary>
    public TimeSpan DelayBy { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Writes that are executed, and answered <see cref="MisreportWith"/> all the same.</summary>
    public int MisreportAnswers { get; init; }

    public int MisreportWith { get; init; } = UcmStatus.SystemTimeout;

    /// <summary>Writes that are not executed, and whose connection is reset: to the client the same as <see cref="LoseAnswers"/>.</summary>
    public int DropRequests { get; init; }

    /// <summary>Writes that are not executed, and answered <see cref="RefuseWritesWith"/>.</summary>
    public int RefuseWrites { get; init; }

    public int RefuseWritesWith { get; init; } = UcmStatus.AbnormalError;

    /// <summary>Every so-many-eth write finds its session ended; 0 for none.</summary>
    public int ExpireSessionEvery { get; init; }

    /// <summary>Recordings whose transfer breaks off in the middle.</summary>
    public int CutRecordings { get; init; }

    /// <summary>Recordings in whose place HTTP 200 with nonsense comes.</summary>
    public int GarbleRecordings { get; init; }

    /// <summary>Calls of applyChanges that are executed, and whose connection is reset without an answer.</summary>
    public int LoseApplyAnswers { get; init; }

    /// <summary>Calls of applyChanges that are answered <see cref="RefuseAppliesWith"/>.</summary>
    public int RefuseApplies { get; init; }

    /// <summary>So long, from being switched on, applyChanges is answered <see cref="RefuseAppliesWith"/>; by the simulator's clock.</summary>
    public TimeSpan RefuseAppliesFor { get; init; }

    /// <summary>-45, -51, -57, -69, -90 and -98 have a meaning.</summary>
    public int RefuseAppliesWith { get; init; } = UcmStatus.TaskRunning;
}

internal enum UcmMishapKind
{
    None,
    LoseAnswer,
    CutAnswer,
    GarbleAnswer,
    DelayAnswer,
    Misreport,
    DropRequest,
    Refuse,
}

/// <summary>What befalls one request.</summary>
internal readonly record struct UcmMishap(UcmMishapKind Kind, int Status = 0, TimeSpan Delay = default);
