using CallCenter.Tests.Calls;
using CallCenter.Tests.Erasure;
using CallCenter.Tests.Exports;
using CallCenter.Tests.Extensions;
using CallCenter.Tests.Recordings;
using CallCenter.Tests.Recordings.Retention;
using CallCenter.Tests.Schedules;

namespace CallCenter.Tests.Support;

/// <summary>Entry point in place of the test SDK's, which does nothing: lets a test run a part of itself as a process that it can kill.</summary>
internal static class TestProgram
{
    public static Task<int> Main(string[] args) => args switch
    {
        [SyncHost.Verb, .. var rest] => SyncHost.RunAsync(rest),
        [SagaHost.Verb, .. var rest] => SagaHost.RunAsync(rest),
        [ExportHost.Verb, .. var rest] => ExportHost.RunAsync(rest),
        [RecordingHost.Verb, .. var rest] => RecordingHost.RunAsync(rest),
        [RetentionProcess.Verb, .. var rest] => RetentionProcess.RunAsync(rest),
        [ErasureHost.Verb, .. var rest] => ErasureHost.RunAsync(rest),
        [ScheduleHost.Verb, .. var rest] => ScheduleHost.RunAsync(rest),
        _ => Task.FromResult(0),
    };
}
