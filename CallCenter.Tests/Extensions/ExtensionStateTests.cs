using CallCenter.Core.Extensions;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Extensions;

/// <summary>The row's state machine under any order of events: what is not allowed throws and changes nothing, what is allowed keeps the row whole.</summary>
public sealed class ExtensionStateTests
{
    private static readonly DateTime Start = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);
    private static readonly ExtensionProfile[] Profiles =
        [new() { Name = "A" }, new() { Name = "B", DoNotDisturb = true }, new() { Name = "C", RingTimeoutSeconds = 20 }];

    private static readonly Action<Extension, int, DateTime>[] Events =
    [
        (e, n, now) => e.Change(Profiles[n % 3], "ana", now),
        (e, n, now) => e.Rotate($"secret-{n}", "ana", now),
        (e, _, now) => e.Delete("ana", now),
        (e, _, now) => e.Retry("ana", now),
        (e, _, now) => e.GiveUp("ana", now),
        (e, _, now) => e.MarkSent(now),
        (e, _, now) => e.MarkWritten(now),
        (e, n, now) => e.Complete(n % 2 == 0 ? null : Profiles[n % 3], now),
        (e, _, now) => e.CompleteUndo(now),
        (e, _, now) => e.Wait("telephony.timed_out", now.AddSeconds(2), now),
        (e, _, now) => e.Fail("extensions.refused_by_pbx", ["weak_secret"], now),
        (e, n, now) => e.Renumber($"71{n % 100:D2}", now),
        (e, n, now) => e.See(Profiles[n % 3], now),
        (e, _, now) => e.Miss(now),
        (e, _, now) => e.Recreate("ana", now),
        (e, _, now) => e.Resume(),
        (e, _, now) => e.TakeFromPbx(ExtensionFields.All),
    ];

    [Fact]
    public void AnyOrderOfEvents_KeepsTheRowWhole() => Prop.ForAll(Arb.From(Gen.Choose(0, 255).ListOf(40)), events =>
    {
        Play([.. events]);
        return true;
    }).Holds(2000);

    private static void Play(int[] events)
    {
        var extension = Extension.Create(Guid.NewGuid(), "7100", true, Profiles[0], "secret", "pin", "ana", Start, null);
        for (var i = 0; i < events.Length; i++)
        {
            var before = Text(extension);
            try
            {
                Events[events[i] % Events.Length](extension, events[i], Start.AddSeconds(i));
            }
            catch (InvalidOperationException)
            {
                Assert.Equal(before, Text(extension));
            }

            AssertWhole(extension);
        }
    }

    private static void AssertWhole(Extension row)
    {
        Assert.Equal(row.IsPending, row.Step != ExtensionStep.None && row.State != ExtensionState.Failed);
        Assert.Equal(row.State == ExtensionState.Active, row.Operation == ExtensionOperation.None);
        Assert.Equal(row.Differences.Count, row.DifferenceCount);
        Assert.Equal(row.State == ExtensionState.Deleting, row.IsPending && row.Operation is ExtensionOperation.Delete or ExtensionOperation.Undo && row.IsPending);
        Assert.True(row.State != ExtensionState.Failed || row.ErrorCode is not null);
        Assert.True(row.State != ExtensionState.Active || (row.ErrorCode is null && row.NextSecretProtected is null && row.Attempts == 0 && !row.IsNew));
        Assert.True(!row.MayRenumber || row.IsNew);

        // What was never completed is never removed but by the careful way.
        Assert.True(!row.IsNew || row.Operation is ExtensionOperation.Create or ExtensionOperation.Undo);
    }

    private static string Text(Extension row) => string.Join(
        '|', row.Number, row.State, row.Operation, row.Step, row.StepAtUtc.Ticks, row.Attempts, row.ErrorCode, row.ErrorHints, row.NextAttemptAtUtc, row.Wanted, row.Seen,
        row.SecretProtected, row.NextSecretProtected, row.MissingSinceUtc, row.DifferenceCount);
}
