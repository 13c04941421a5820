using CallCenter.Core.Reports;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Work;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Reports;

public sealed class AbandonedReportTests : IAsyncLifetime
{
    private const string Aoife = "+353209100123";
    private const string Brian = "+353209100456";
    private const string Cian = "+353209100789";

    private static readonly ReportAsk Day = new(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 2));

    private WorkHost _host = null!;

    public async Task InitializeAsync() => _host = await WorkHost.CreateAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Read_Abandons_TellsWaitsAndWhatBecameOfTheCallers()
    {
        await _host.WriteAsync([GaveUp(0, Aoife, seconds: 4, id: 1), GaveUp(1, Aoife, seconds: 29, id: 2), GaveUp(2, Brian, seconds: 30, id: 3), GaveUp(3, Cian, queue: "6501", seconds: 400, id: 4), CalledBack(10, Aoife, id: 5), CalledBack(22, Brian, id: 6)]);
        await _host.WriteAsync([GaveUp(0, Aoife, id: 1)], _host.Other);

        var facts = await ReadAsync(Day);

        Assert.Equal([1, 0, 0, 1, 1, 0, 0, 1], facts.Waits.Select(band => band.Calls));
        Assert.Equal((3, 2, 0, 0, 1), (facts.Callers, facts.CalledBack, facts.CalledAgain, facts.Dismissed, facts.Open));
        Assert.Equal(15 * 60, facts.MedianSecondsToCallBack);
        var narrowed = await ReadAsync(Day with { Queue = "6501" });
        Assert.Equal((1, 1, 0), (narrowed.Waits.Sum(band => band.Calls), narrowed.Callers, narrowed.CalledBack));
        Assert.Null(narrowed.MedianSecondsToCallBack);
        Assert.Equal(0, (await ReadAsync(new ReportAsk(Day.From.AddDays(1), Day.To.AddDays(1)))).Callers);
    }

    private async Task<AbandonedFacts> ReadAsync(ReportAsk ask)
    {
        await using var manager = _host.As(TenantRole.Manager);
        return (await manager.Get<IReports>().ReadAsync("abandoned", ask)).Value.Abandons!;
    }

    private static CdrLeg GaveUp(int minute, string from = Aoife, string queue = "6500", int seconds = 30, int id = 1) =>
        Leg(uniqueId: $"17724{minute + 1000}.{id}", accountId: $"a{id}", second: minute * 60, duration: seconds, answeredBy: "", source: from, destination: queue) with
        {
            Action = LegAction.Queue,
            ActionTarget = queue,
            LastApplication = "Queue",
            ReachedDevice = false,
        };

    private static CdrLeg CalledBack(int minute, string to = Aoife, bool answered = true, int id = 1) =>
        Leg(uniqueId: $"17726{minute + 1000}.{id}", accountId: $"b{id}-{minute}", second: minute * 60, answeredBy: answered ? to : "", source: "1001", destination: to) with
        {
            Direction = CallDirection.Outbound,
            SourceTrunk = "",
            DestinationTrunk = "ITSP-A",
            SourceDevice = "1001",
            DestinationDevice = "trunk_1",
        };
}
