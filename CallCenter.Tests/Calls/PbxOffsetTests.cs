using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls.Offsets;

namespace CallCenter.Tests.Calls;

public sealed class PbxOffsetTests
{
    // Dublin 2026: summer time from 29 March 01:00 UTC (a day of 23 hours) to 25 October 01:00 UTC (a day of 25).
    private static readonly DateTime Spring = new(2026, 3, 29, 1, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Autumn = new(2026, 10, 25, 1, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Of_FirstLegOnly_ShowsAnOffset()
    {
        Assert.Equal(60, OffsetSpans.Of(LegAt(Autumn.AddMinutes(-1), 60))!.Value.OffsetMinutes);
        Assert.Null(OffsetSpans.Of(LegAt(Autumn, 0) with { UniqueId = "16" }));
        Assert.Null(OffsetSpans.Of(LegAt(Autumn, 0) with { UniqueId = "1782907200.1" }));
    }

    [Fact]
    public void Merge_AnyOrderAndSplit_GivesTheSameSpans()
    {
        var seen = new[] { (Spring.AddHours(-3), 0), (Spring.AddMinutes(2), 60), (Spring.AddHours(9), 60), (Autumn.AddMinutes(-5), 60), (Autumn.AddMinutes(5), 0) }
            .Select(s => new OffsetSpans.Sighting(s.Item1, s.Item2)).ToList();
        var all = OffsetSpans.Merge([], seen);

        Assert.Equal([(Spring.AddHours(-3), 0), (Spring.AddMinutes(2), 60), (Autumn.AddMinutes(5), 0)], all.Select(s => (s.FirstUtc, s.OffsetMinutes)));
        Assert.Equal(all, OffsetSpans.Merge(OffsetSpans.Merge([], seen.Where((_, i) => i % 2 == 1)), seen.Where((_, i) => i % 2 == 0).Reverse()));
        Assert.Equal(all, OffsetSpans.Merge(all, seen));
    }

    [Fact]
    public async Task Writer_CallsAcrossTheClockChange_StoresWhenEachOffsetWasFirstSeen()
    {
        await using var host = await IntakeHost.StartAsync();
        var pbx = Guid.NewGuid();
        List<CdrLeg> legs = [LegAt(Autumn.AddMinutes(-30), 60), LegAt(Autumn.AddMinutes(-1), 60), LegAt(Autumn.AddMinutes(20), 0), LegAt(Autumn.AddMinutes(50), 0)];

        // The wall shows 01:30 twice; the legs differ all the same.
        await host.WithAsync<ICallWriter, CallWriteResult>(writer => writer.WriteAsync(pbx, legs[2..]));
        await host.WithAsync<ICallWriter, CallWriteResult>(writer => writer.WriteAsync(pbx, legs));

        var spans = (await host.WithAsync<IPbxOffsets, Result<IReadOnlyList<PbxOffset>>>(offsets => offsets.ListAsync())).Value;
        Assert.Equal(
            [(Autumn.AddMinutes(20), Autumn.AddMinutes(50), 0), (Autumn.AddMinutes(-30), Autumn.AddMinutes(-1), 60)],
            spans.Select(s => (s.FirstSeenUtc, s.LastSeenUtc, s.OffsetMinutes)));
        Assert.Empty((await host.WithAsync<IPbxOffsets, Result<IReadOnlyList<PbxOffset>>>(offsets => offsets.ListAsync(), tenant: host.Other)).Value);
        Assert.Equal(AccessErrors.Denied, (await host.WithAsync<IPbxOffsets, Result<IReadOnlyList<PbxOffset>>>(offsets => offsets.ListAsync(), TenantRole.Agent)).Error);
    }

    private static CdrLeg LegAt(DateTime utc, int offsetMinutes) =>
        TestLegs.Leg(FormattableString.Invariant($"{(long)(utc - DateTime.UnixEpoch).TotalSeconds}.1"), "1") with
        {
            StartUtc = utc,
            StartLocal = DateTime.SpecifyKind(utc.AddMinutes(offsetMinutes), DateTimeKind.Unspecified),
            AnswerUtc = utc.AddSeconds(5),
            EndUtc = utc.AddSeconds(60),
        };
}
