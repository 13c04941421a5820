using System.Globalization;

namespace CallCenter.Benchmarks;

/// <summary>A measured value against its goal.</summary>
/// <param name="Name">Permanent; scripts compare it between runs.</param>
/// <param name="Value">Median of the rounds.</param>
/// <param name="Unit">One word, e.g. <c>ratio</c> or <c>s</c>.</param>
/// <param name="Goal">What it should be.</param>
/// <param name="HigherIsBetter">Whether the goal is a floor or a ceiling.</param>
internal sealed record Bar(string Name, double Value, string Unit, double Goal, bool HigherIsBetter)
{
    public bool IsMet => HigherIsBetter ? Value >= Goal : Value <= Goal;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"bar {Name} {Value:0.###} {Unit} goal {(HigherIsBetter ? ">=" : "<=")} {Goal:0.###} {(IsMet ? "met" : "short")}");
}

/// <summary>One program of measurements.</summary>
internal interface IBenchmark
{
    string Name { get; }

    /// <summary>One line for <c>--list</c>.</summary>
    string Summary { get; }

    Task<IReadOnlyList<Bar>> RunAsync(BenchmarkConsole console, CancellationToken cancellationToken);
}

/// <summary>What a benchmark says while it works.</summary>
internal sealed class BenchmarkConsole(TextWriter output)
{
    public void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>The middle value; between two, their mean.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
