using CallCenter.Simulators.Ucm.Actions;

namespace CallCenter.Simulators.Ucm;

/// <summary>The mishaps of one simulated UCM, switched while it runs and counted down as they happen. Safe for concurrent use.</summary>
public sealed class UcmMishapSwitch
{
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private UcmMishaps _current = new();
    private DateTimeOffset _refuseAppliesUntil;
    private long _writes;
    private long _arrivals;

    internal UcmMishapSwitch(TimeProvider time) => _time = time;

    /// <summary>What is left of what was switched on.</summary>
    public UcmMishaps Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>Writes that met a mishap since the start, ended sessions excepted.</summary>
    public int Happened { get; private set; }

    /// <summary>Changes what happens from now on, and begins to count anew.</summary>
    public void Update(Func<UcmMishaps, UcmMishaps> change)
    {
        lock (_gate)
        {
            var before = _current;
            _current = change(before);
            (_writes, _arrivals) = (0, 0);
            if (_current.RefuseAppliesFor != before.RefuseAppliesFor)
            {
                _refuseAppliesUntil = _time.GetUtcNow() + _current.RefuseAppliesFor;
            }
        }
    }

    /// <summary>Back to a PBX without mishaps.</summary>
    public void Reset() => Update(_ => new UcmMishaps());

    /// <summary>Whether the session of a write that has just arrived is to be ended first.</summary>
    internal bool EndsSession()
    {
        lock (_gate)
        {
            return _current.ExpireSessionEvery > 0 && ++_arrivals % _current.ExpireSessionEvery == 0;
        }
    }

    /// <summary>What befalls the request that is about to be executed.</summary>
    internal UcmMishap Next(UcmActionKind kind)
    {
        lock (_gate)
        {
            var mishap = kind switch
            {
                UcmActionKind.Write when ++_writes % Math.Max(1, _current.Every) == 0 => NextOfWrite(),
                UcmActionKind.Apply => NextOfApply(),
                UcmActionKind.File => NextOfFile(),
                _ => default,
            };
            Happened += mishap.Kind == UcmMishapKind.None ? 0 : 1;
            return mishap;
        }
    }

    private UcmMishap NextOfWrite()
    {
        var now = _current;
        if (now.LoseAnswers != 0)
        {
            _current = now with { LoseAnswers = Less(now.LoseAnswers) };
            return new UcmMishap(UcmMishapKind.LoseAnswer);
        }

        if (now.CutAnswers != 0)
        {
            _current = now with { CutAnswers = Less(now.CutAnswers) };
            return new UcmMishap(UcmMishapKind.CutAnswer);
        }

        if (now.GarbleAnswers != 0)
        {
            _current = now with { GarbleAnswers = Less(now.GarbleAnswers) };
            return new UcmMishap(UcmMishapKind.GarbleAnswer);
        }

        if (now.DelayAnswers != 0)
        {
            _current = now with { DelayAnswers = Less(now.DelayAnswers) };
            return new UcmMishap(UcmMishapKind.DelayAnswer, Delay: now.DelayBy);
        }

        if (now.MisreportAnswers != 0)
        {
            _current = now with { MisreportAnswers = Less(now.MisreportAnswers) };
            return new UcmMishap(UcmMishapKind.Misreport, now.MisreportWith);
        }

        if (now.DropRequests != 0)
        {
            _current = now with { DropRequests = Less(now.DropRequests) };
            return new UcmMishap(UcmMishapKind.DropRequest);
        }

        if (now.RefuseWrites != 0)
        {
            _current = now with { RefuseWrites = Less(now.RefuseWrites) };
            return new UcmMishap(UcmMishapKind.Refuse, now.RefuseWritesWith);
        }

        return default;
    }

    private UcmMishap NextOfFile()
    {
        var now = _current;
        if (now.CutRecordings != 0)
        {
            _current = now with { CutRecordings = Less(now.CutRecordings) };
            return new UcmMishap(UcmMishapKind.CutAnswer);
        }

        if (now.GarbleRecordings != 0)
        {
            _current = now with { GarbleRecordings = Less(now.GarbleRecordings) };
            return new UcmMishap(UcmMishapKind.GarbleAnswer);
        }

        return default;
    }

    private UcmMishap NextOfApply()
    {
        var now = _current;
        if (_time.GetUtcNow() < _refuseAppliesUntil)
        {
            return new UcmMishap(UcmMishapKind.Refuse, now.RefuseAppliesWith);
        }

        if (now.RefuseApplies != 0)
        {
            _current = now with { RefuseApplies = Less(now.RefuseApplies) };
            return new UcmMishap(UcmMishapKind.Refuse, now.RefuseAppliesWith);
        }

        if (now.LoseApplyAnswers != 0)
        {
            _current = now with { LoseApplyAnswers = Less(now.LoseApplyAnswers) };
            return new UcmMishap(UcmMishapKind.LoseAnswer);
        }

        return default;
    }

    private static int Less(int count) => count < 0 ? count : count - 1;
}
