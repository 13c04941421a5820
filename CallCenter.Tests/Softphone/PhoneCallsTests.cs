using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Extensions;
using CallCenter.Core.Reports;
using CallCenter.Core.Softphone;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Infrastructure.Softphone;
using CallCenter.Tests.Work;
using Microsoft.EntityFrameworkCore;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Softphone;

/// <summary>Calls as browsers tell them, and how they become one with the PBX's.</summary>
public sealed class PhoneCallsTests : IAsyncLifetime
{
    private static readonly Guid Nora = Guid.NewGuid();

    // At noon 1001 calls a client, and the PBX reports it in two rows of which the second comes later and joins another call to it.
    private static readonly CdrLeg First = Out("1772452800.100", "1", "1772452800111-a", 0, 40);
    private static readonly CdrLeg Second = Out("1772452840.200", "2", "1772452840222-b", 40, 20);
    private static readonly CdrLeg Link = Out("1772452840.200", "3", "1772452800111-a", 41, 5);

    private WorkHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await WorkHost.CreateAsync();
        await _host.HoldAsync("1001", Nora, Noon.AddDays(-1));
        await _host.SaveAsync(db =>
        {
            var extension = Extension.Find(WorkHost.Pbx, "1001", new ExtensionProfile { Name = "Nora" }, Noon);
            extension.Assign(Nora);
            db.Add(extension);
            return Task.CompletedTask;
        });
        _host.Clock.Advance(Noon - _host.Now);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Tell_FromSeveralCircuitsAtOnce_IsOneRowThatEndedOnce()
    {
        var told = Enumerable.Range(0, 8).Select(async i =>
        {
            await using var person = Me();
            var calls = person.Get<IPhoneCalls>();
            await calls.ReportAsync([Report(state: i % 2 == 0 ? PhoneCallState.Active : PhoneCallState.RingingOut)]);
            return (await calls.EndAsync([End()])).Value;
        });

        var acknowledged = await Task.WhenAll(told);

        Assert.All(acknowledged, ids => Assert.Equal(["c1"], ids));
        var row = await SingleAsync();
        Assert.Equal((PhoneCallState.Ended, "hangUp", PhoneEndedBy.Local), (row.State, row.Cause, row.EndedBy));
        Assert.Equal((4.2, 3.9, 0.5, 12.0, 41.0, 20), (row.MosAverage, row.MosLowest, row.LossPercent, row.JitterMilliseconds, row.RoundTripMilliseconds, row.QualitySamples));
    }

    [Fact]
    public async Task Report_AfterTheEndOrBackwards_ChangesNothing()
    {
        await using var person = Me();
        var calls = person.Get<IPhoneCalls>();
        await calls.ReportAsync([Report(state: PhoneCallState.Active)]);
        await calls.ReportAsync([Report(state: PhoneCallState.RingingOut)]);
        Assert.Equal(PhoneCallState.Active, (await SingleAsync()).State);
        await calls.EndAsync([End()]);

        await using var late = Me();
        await late.Get<IPhoneCalls>().ReportAsync([Report(state: PhoneCallState.Active)]);

        Assert.Equal(PhoneCallState.Ended, (await SingleAsync()).State);
    }

    [Fact]
    public async Task Live_NotToldForLong_IsLostAndComesBackWhenToldAgain()
    {
        await using var person = Me();
        await person.Get<IPhoneCalls>().ReportAsync([Report(state: PhoneCallState.Active)]);
        _host.Clock.Advance(PhoneCallKeeping.Sight + TimeSpan.FromSeconds(1));

        await KeepAsync();
        Assert.Equal((PhoneCallState.Lost, Noon), ((await SingleAsync()).State, (await SingleAsync()).EndedAtUtc));

        await person.Get<IPhoneCalls>().ReportAsync([Report(state: PhoneCallState.Active)]);
        Assert.Equal((PhoneCallState.Active, null), ((await SingleAsync()).State, (await SingleAsync()).EndedAtUtc));
        await person.Get<IPhoneCalls>().EndAsync([End()]);
        Assert.Equal(PhoneCallState.Ended, (await SingleAsync()).State);
    }

    [Fact]
    public async Task Rows_OfOthers_FollowTheReachAndTheTenant()
    {
        await using var person = Me();
        await person.Get<IPhoneCalls>().ReportAsync([Report()]);
        await using var colleague = _host.As(TenantRole.Agent);
        await using var manager = _host.As(TenantRole.Manager);
        await using var stranger = _host.As(TenantRole.Manager, _host.Other);

        Assert.Single((await person.Get<IPhoneCalls>().ListOpenAsync(CallFilter.None)).Value);
        Assert.Empty((await colleague.Get<IPhoneCalls>().ListOpenAsync(CallFilter.None)).Value);
        Assert.Empty((await colleague.Get<IPhoneCalls>().ListOwnAsync()).Value);
        Assert.Equal(PhoneErrors.CallNotFound, (await colleague.Get<IPhoneCalls>().FindAsync("c1")).Error);
        Assert.Equal(PhoneErrors.CallNotFound, (await colleague.Get<IPhoneCalls>().SaveWorkAsync("c1", "mine", null)).Error);
        Assert.Single((await manager.Get<IPhoneCalls>().ListOpenAsync(CallFilter.None)).Value);
        Assert.Empty((await stranger.Get<IPhoneCalls>().ListOpenAsync(CallFilter.None)).Value);
    }

    [Fact]
    public async Task Rows_Filtered_FollowNumberDirectionAgentAndDays()
    {
        await using var person = Me();
        var calls = person.Get<IPhoneCalls>();
        await calls.ReportAsync([Report()]);
        var row = Assert.Single((await calls.ListOpenAsync(CallFilter.None)).Value);
        var day = DateOnly.FromDateTime(row.StartedAtUtc);
        var digits = string.Concat(row.Number.Where(char.IsAsciiDigit));

        CallFilter[] fitting =
        [
            new() { Number = row.Number }, new() { Number = digits[^4..] }, new() { Number = $"+{row.E164.ToString(CultureInfo.InvariantCulture)[..5]}" }, new() { Number = row.Extension },
            new() { Direction = CallDirection.Outbound }, new() { Agent = row.Extension }, new() { From = day.AddDays(-1), To = day.AddDays(1) },
        ];
        CallFilter[] other =
        [
            new() { Number = "+4930123456" }, new() { Number = "0000" }, new() { Number = "+499" }, new() { Direction = CallDirection.Inbound }, new() { Direction = CallDirection.Internal },
            new() { Direction = CallDirection.External }, new() { Agent = "9999" }, new() { To = day.AddDays(-2) }, new() { From = day.AddDays(2) }, new() { Queue = "6500" },
        ];
        foreach (var filter in fitting)
        {
            Assert.True((await calls.ListOpenAsync(filter)).Value.Count == 1, $"{filter} leaves it out");
        }

        foreach (var filter in other)
        {
            Assert.True((await calls.ListOpenAsync(filter)).Value.Count == 0, $"{filter} does not leave it out");
        }
    }

    [Fact]
    public async Task Rows_OfTheTeam_AreSeenByItsSupervisor()
    {
        await using var person = Me();
        await person.Get<IPhoneCalls>().ReportAsync([Report()]);
        await using var supervisor = _host.As(TenantRole.Supervisor);
        Assert.Empty((await supervisor.Get<IPhoneCalls>().ListOpenAsync(CallFilter.None)).Value);

        await _host.TeamAsync("Sales", [Nora, supervisor.UserId], []);

        Assert.Single((await supervisor.Get<IPhoneCalls>().ListOpenAsync(CallFilter.None)).Value);
    }

    /// <summary>Any order of what is told, reported and taken in.</summary>
    [Theory]
    [MemberData(nameof(Orders))]
    public async Task AnyOrder_OfPhoneAndPbx_IsOneRowWithItsNote(string order)
    {
        var list = Guid.Empty;
        await using (var person = Me())
        {
            list = (await person.Get<IDispositions>().ListAsync()).Value.First(entry => !entry.NeedsNote).Id;
        }

        foreach (var step in order)
        {
            await using var person = Me();
            switch (step)
            {
                case 'R':
                    await person.Get<IPhoneCalls>().ReportAsync([Report(state: PhoneCallState.Active)]);
                    break;
                case 'E':
                    await person.Get<IPhoneCalls>().EndAsync([End()]);
                    break;
                case 'N':
                    Assert.Null((await person.Get<IPhoneCalls>().SaveWorkAsync("c1", "wants a quote", list)).Error);
                    break;
                case 'C':
                    await _host.WriteAsync([First]);
                    break;
                case 'S':
                    await _host.WriteAsync([Second]);
                    break;
                default:
                    await _host.WriteAsync([Link]);
                    break;
            }
        }

        await KeepAsync();

        var call = Assert.Single(await _host.CallsAsync());
        await using var me = Me();
        Assert.Empty((await me.Get<IPhoneCalls>().ListOpenAsync(CallFilter.None)).Value);
        var measured = Assert.Single((await me.Get<IPhoneCalls>().ListOfCallAsync(call.Id)).Value);
        Assert.Equal(4.2, measured.Quality?.MosAverage);
        var work = (await me.Get<ICallWork>().ReadAsync(call.Id)).Value;
        Assert.Equal("wants a quote", Assert.Single(work.Notes).Text);
        Assert.Equal(list, Assert.Single(work.Dispositions).DispositionId);
    }

    /// <summary>Notes need the call to have been told; the link needs its leg.</summary>
    public static TheoryData<string> Orders() =>
    [
        "RNECSL", "CSLREN", "RNCSLE", "RCNSEL", "CRNESL", "ENCSL", "CENSL", "SRNECL", "RNELSC", "LRENCS", "CSRENL", "RNSLEC",
    ];

    [Fact]
    public async Task Join_CallsOfOtherPeopleNumbersTimesAndTenants_AreLeftAlone()
    {
        await using var person = Me();
        await person.Get<IPhoneCalls>().EndAsync([End()]);
        await _host.WriteAsync([First], _host.Other);
        await _host.WriteAsync([First], pbxId: Guid.NewGuid());
        await _host.WriteAsync(
        [
            First with { UniqueId = "1772452800.1", Session = "s1", SourceDevice = "1002", Source = "1002" },
            First with { UniqueId = "1772452800.2", Session = "s2", Destination = "0209999999" },
            First with { UniqueId = "1772452999.3", Session = "s3", StartUtc = Noon.AddSeconds(200), EndUtc = Noon.AddSeconds(240), StartLocal = First.StartLocal.AddSeconds(200) },
        ]);
        await KeepAsync();

        Assert.Null((await SingleAsync()).CallId);
    }

    [Fact]
    public async Task Join_RecordThatNamesTheSipCallId_BeatsAllGuesses()
    {
        await using var person = Me();
        await person.Get<IPhoneCalls>().EndAsync([End() with { Number = "somebody", SipCallId = "abcdef0123456789" }]);

        await _host.WriteAsync([First with { Raw = """{"userfield":"abcdef0123456789"}""" }]);

        Assert.Equal((await _host.CallsAsync()).Single().Id, (await SingleAsync()).CallId);
    }

    [Fact]
    public async Task SaveWork_AfterTheJoin_ChangesTheCallsNote()
    {
        await using var person = Me();
        var calls = person.Get<IPhoneCalls>();
        await calls.EndAsync([End()]);
        await calls.SaveWorkAsync("c1", "first", null);
        await _host.WriteAsync([First]);
        var call = (await _host.CallsAsync()).Single();

        Assert.Null((await calls.SaveWorkAsync("c1", "second", null)).Error);
        Assert.Equal("second", Assert.Single((await person.Get<ICallWork>().ReadAsync(call.Id)).Value.Notes).Text);
        _host.Clock.Advance(CallNote.EditTime + TimeSpan.FromMinutes(1));
        Assert.Null((await calls.SaveWorkAsync("c1", "third", null)).Error);
        Assert.Equal(["second", "third"], (await person.Get<ICallWork>().ReadAsync(call.Id)).Value.Notes.Select(note => note.Text));
    }

    [Fact]
    public async Task QualityReport_ByDayAndAgent_CountsMeasuredCallsInReach()
    {
        await using var person = Me();
        await person.Get<IPhoneCalls>().EndAsync(
        [
            End(), End("c2") with { Quality = new PhoneQuality(3.0, 2.1, 4, 30, null, 5) }, End("c3") with { Quality = null },
        ]);
        await using var manager = _host.As(TenantRole.Manager);
        await using var supervisor = _host.As(TenantRole.Supervisor);
        var day = DateOnly.FromDateTime(Noon);
        var ask = new ReportAsk(day.AddDays(-1), day);

        var byDay = (await manager.Get<IReports>().ReadAsync("quality", ask)).Value;
        var byAgent = (await manager.Get<IReports>().ReadAsync("quality-agents", ask)).Value;

        Assert.Equal([0d, 2d], byDay.Rows.Select(row => row.Values[0]));
        Assert.Equal([2, 3.6, 2.1, 1, 0.5, 0.0225, 21], byAgent.Rows.Single().Values.Select(value => Math.Round(value!.Value, 4)));
        Assert.Equal(("1001", "Nora Quinn"), (byAgent.Rows[0].Key, byAgent.Rows[0].Name));
        Assert.Equal(2, byDay.Total?.Values[0]);
        Assert.Empty((await supervisor.Get<IReports>().ReadAsync("quality-agents", ask)).Value.Rows);
    }

    private static CdrLeg Out(string uniqueId, string accountId, string session, int second, int duration) =>
        Leg(uniqueId, accountId, session, second, duration, answeredBy: "0209100123", source: "1001", destination: "0209100123") with
        {
            Direction = CallDirection.Outbound,
            SourceDevice = "1001",
            DestinationDevice = "trunk_1",
            SourceTrunk = "",
            DestinationTrunk = "ITSP-A",
        };

    private static PhoneCallReport Report(string id = "c1", PhoneCallState state = PhoneCallState.Dialing) =>
        new(id, "abc", PhoneDirection.Out, "020 910 0123", null, state, Noon.AddSeconds(-1), null);

    private static PhoneCallEnd End(string id = "c1") => new(
        id, "abc", PhoneDirection.Out, "020 910 0123", null, Noon.AddSeconds(-1), Noon.AddSeconds(5), Noon.AddSeconds(50), PhoneEndedBy.Local, 200, "hangUp",
        new PhoneQuality(4.2, 3.9, 0.5, 12, 41, 20));

    private WorkHost.Person Me() => _host.As(TenantRole.Agent, userId: Nora);

    private Task<PhoneCall> SingleAsync() => _host.ReadAsync(db => db.Set<PhoneCall>().AsNoTracking().SingleAsync());

    private async Task KeepAsync()
    {
        await using var person = _host.As(TenantRole.Owner);
        await person.Get<PhoneCallKeeping>().RunAsync(default);
    }
}
