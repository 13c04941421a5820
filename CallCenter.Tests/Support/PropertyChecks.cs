using FsCheck;

namespace CallCenter.Tests.Support;

/// <summary>
/// Runs properties. <c>CALLCENTER_PROPERTY_FACTOR=200 ./test Phones</c> tries so many times as many cases, to find what sleeps;
/// the seeds are new each time and a failure names its own.
/// </summary>
internal static class PropertyChecks
{
    private static readonly int Factor = int.TryParse(Environment.GetEnvironmentVariable("CALLCENTER_PROPERTY_FACTOR"), out var factor) ? Math.Max(1, factor) : 1;

    public static void Holds(this Property property, int runs = 100, int largest = 100) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(runs * Factor).WithEndSize(largest));
}
