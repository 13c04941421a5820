using CallCenter.Tests.Calls;

namespace CallCenter.Tests.Support;

/// <summary>Entry point in place of the test SDK's, which does nothing: lets a test run a part of itself as a process that it can kill.</summary>
internal static class TestProgram
{
    public static Task<int> Main(string[] args) => args is [SyncHost.Verb, .. var rest] ? SyncHost.RunAsync(rest) : Task.FromResult(0);
}
