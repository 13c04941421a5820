using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using Microsoft.EntityFrameworkCore;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Work;

/// <summary>What people put on two calls that turn out to be one.</summary>
public sealed class CallWorkFollowerTests : IAsyncLifetime
{
    private static readonly CdrLeg[] TwoCalls =
    [
        Leg(uniqueId: "1772452800.100", accountId: "1", session: "1772452800111-a"),
        Leg(uniqueId: "1772452900.200", accountId: "2", session: "1772452900222-b", second: 100),
    ];

    private static readonly CdrLeg[] TheirLink = [Leg(uniqueId: "1772452900.200", accountId: "3", session: "1772452800111-a", second: 50)];

    private WorkHost _host = null!;

    public async Task InitializeAsync() => _host = await WorkHost.CreateAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Write_LegThatJoinsTwoCalls_KeepsWhatIsOnBoth()
    {
        await _host.WriteAsync(TwoCalls);
        var calls = await _host.CallsAsync();
        await using var liam = _host.As(TenantRole.Manager, name: "Liam Byrne");
        await using var mona = _host.As(TenantRole.Manager, name: "Mona Salem");
        var list = (await liam.Get<IDispositions>().ListAsync()).Value.Where(entry => !entry.NeedsNote).ToList();
        var (his, hers) = (liam.Get<ICallWork>(), mona.Get<ICallWork>());
        await his.AddNoteAsync(calls[0].Id, "first");
        await his.SetDispositionAsync(calls[0].Id, list[0].Id);
        await his.AddTagAsync(calls[0].Id, "vip");
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        await hers.SetDispositionAsync(calls[0].Id, list[1].Id);
        await hers.AddNoteAsync(calls[1].Id, "second");
        await his.AddTagAsync(calls[1].Id, "VIP");
        await hers.AddTagAsync(calls[1].Id, "quote");
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        await his.SetDispositionAsync(calls[1].Id, list[2].Id);

        await _host.WriteAsync(TheirLink);

        var call = Assert.Single(await _host.CallsAsync());
        var work = (await his.ReadAsync(call.Id)).Value;
        Assert.Equal(["first", "second"], work.Notes.Select(note => note.Text));
        Assert.Equal(["quote", "vip"], work.Tags.Select(tag => tag.Key));
        Assert.Equal(
            [("Liam Byrne", list[2].Id, true), ("Mona Salem", list[1].Id, false)],
            work.Dispositions.Select(row => (row.UserName, row.DispositionId, row.IsLast)));
        Assert.Equal((2, 2, 2), await _host.ReadAsync(async db => (
            await db.Set<CallNote>().CountAsync(), await db.Set<CallTag>().CountAsync(), await db.Set<CallDisposition>().CountAsync())));
    }

    [Fact]
    public async Task Write_OtherTenantsCalls_LeaveTheseAlone()
    {
        await _host.WriteAsync(TwoCalls);
        await _host.WriteAsync(TwoCalls, _host.Other);
        var calls = await _host.CallsAsync();
        await using var liam = _host.As(TenantRole.Manager);
        await liam.Get<ICallWork>().AddNoteAsync(calls[1].Id, "stays");
        await liam.Get<ICallWork>().AddTagAsync(calls[1].Id, "stays");

        await _host.WriteAsync(TheirLink, _host.Other);

        var work = (await liam.Get<ICallWork>().ReadAsync(calls[1].Id)).Value;
        Assert.Equal("stays", Assert.Single(work.Notes).Text);
        Assert.Equal("stays", Assert.Single(work.Tags).Key);
    }

    [Fact]
    public async Task AddNote_WhileTheCallIsJoined_IsNeverLost()
    {
        for (var round = 0; round < 12; round++)
        {
            var pbx = Guid.NewGuid();
            await _host.WriteAsync(TwoCalls, pbxId: pbx);
            var second = (await _host.CallsAsync()).Single(call => call.PbxId == pbx && call.CallKey == "1772452900.200");
            await using var person = _host.As(TenantRole.Manager);

            var adding = Task.Run(() => person.Get<ICallWork>().AddNoteAsync(second.Id, $"round {round}"));
            await Task.WhenAll(adding, Task.Run(() => _host.WriteAsync(TheirLink, pbxId: pbx)));

            var call = (await _host.CallsAsync()).Single(call => call.PbxId == pbx);
            var notes = (await person.Get<ICallWork>().ReadAsync(call.Id)).Value.Notes;
            if ((await adding).Error is { } error)
            {
                Assert.Equal(CallErrors.NotFound, error);
                Assert.Empty(notes);
            }
            else
            {
                Assert.Equal($"round {round}", Assert.Single(notes).Text);
            }
        }
    }
}
