namespace CallCenter.Core.Figures;

/// <summary>
/// How many agents a load needs, when nobody hangs up (Erlang C). By recursion, without factorials, so that thousands of agents are
/// no trouble; docs/metrics.md has the formulas.
/// </summary>
/// <param name="Calls">Calls in the interval.</param>
/// <param name="HandleSeconds">Average handling time, seconds, greater than 0.</param>
/// <param name="IntervalSeconds">Length of the interval, seconds, greater than 0.</param>
public readonly record struct ErlangC(double Calls, double HandleSeconds, double IntervalSeconds)
{
    /// <summary>The search for a number of agents ends here.</summary>
    public const int MostAgents = 20_000;

    /// <summary>Load, erlang: agents that would be busy all the time.</summary>
    public double Load => Calls * HandleSeconds / IntervalSeconds;

    /// <summary>What so many agents make of it; null when they cannot keep up.</summary>
    public ErlangCResult? With(int agents)
    {
        var load = Load;
        if (agents <= load || load < 0 || HandleSeconds <= 0)
        {
            return null;
        }

        var blocking = 1d;
        for (var k = 1; k <= agents; k++)
        {
            blocking = load * blocking / (k + (load * blocking));
        }

        return Of(agents, blocking);
    }

    /// <summary>The fewest agents with whom the service level reaches the goal; null when not even <see cref="MostAgents"/> do.</summary>
    /// <param name="targetSeconds">T.</param>
    /// <param name="targetPercent">Goal, percent.</param>
    public ErlangCResult? AgentsFor(double targetSeconds, double targetPercent)
    {
        var load = Load;
        if (load < 0 || HandleSeconds <= 0)
        {
            return null;
        }

        var blocking = 1d;
        for (var k = 1; k <= MostAgents; k++)
        {
            blocking = load * blocking / (k + (load * blocking));
            if (k > load && Of(k, blocking) is var result && result.ServiceLevelPercent(targetSeconds) >= targetPercent)
            {
                return result;
            }
        }

        return null;
    }

    private ErlangCResult Of(int agents, double blocking)
    {
        var load = Load;
        return new ErlangCResult(agents, load, HandleSeconds, blocking / (1 - (load / agents * (1 - blocking))));
    }
}

/// <summary>A load with a number of agents.</summary>
/// <param name="Agents">N.</param>
/// <param name="Load">a, erlang.</param>
/// <param name="HandleSeconds">Average handling time, seconds.</param>
/// <param name="WaitProbability">Pw, the share of calls that wait at all, 0 to 1.</param>
public readonly record struct ErlangCResult(int Agents, double Load, double HandleSeconds, double WaitProbability)
{
    /// <summary>Average speed of answer, seconds.</summary>
    public double SpeedOfAnswerSeconds => WaitProbability * HandleSeconds / (Agents - Load);

    /// <summary>Share of the time in which an agent is busy, percent.</summary>
    public double OccupancyPercent => 100 * Load / Agents;

    /// <summary>Share of the calls taken within so many seconds, percent.</summary>
    public double ServiceLevelPercent(double targetSeconds) => 100 * (1 - (WaitProbability * Math.Exp(-(Agents - Load) * targetSeconds / HandleSeconds)));

    /// <summary>Agents to schedule when a share of their time goes elsewhere.</summary>
    /// <param name="shrinkagePercent">Breaks, training and absence, percent, 0 to 99.</param>
    public int Scheduled(double shrinkagePercent) => (int)Math.Ceiling(Agents / (1 - (Math.Clamp(shrinkagePercent, 0, 99) / 100)));
}
