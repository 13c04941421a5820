using CallCenter.Core.Extensions;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Extensions.Truth;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CallCenter.Tests.Extensions;

public sealed class ExtensionStatesTests : IAsyncLifetime
{
    private TruthHost _host = null!;

    private LinePbx Pbx => _host.Pbx;

    public async Task InitializeAsync() => _host = await TruthHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Job_RegisteredLostRegistered_KeepsTheHistory()
    {
        Pbx.Put("1001");
        await _host.AddAsync("1001");
        await _host.RunAsync();
        Assert.Equal(LineStatus.Offline, (await _host.PresenceAsync("1001")).Status);

        Pbx.Register("1001");
        await _host.RunAsync();
        var registered = _host.Now;
        await _host.RunAsync();
        var seen = _host.Now;
        Pbx.Put("1001");
        await _host.RunAsync();
        var lost = _host.Now;
        Pbx.Register("1001", "192.0.2.20:5060");
        await _host.RunAsync();

        var spans = await _host.SpansAsync("1001");
        Assert.Equal(
            [(registered, seen, (DateTime?)lost, "192.0.2.10:5060"), (_host.Now, _host.Now, null, "192.0.2.20:5060")],
            spans.Select(s => (s.FromUtc, s.SeenUntilUtc, s.LostAtUtc, s.Address)));
        var presence = await _host.PresenceAsync("1001");
        Assert.Equal((LineStatus.Idle, _host.Now, "GXP1625", "SIP(WebRTC)"), (presence.Status, presence.SinceUtc, presence.Model, presence.Kind));
    }

    [Fact]
    public async Task Job_NothingHappens_WritesOneRowHoweverManyExtensions()
    {
        foreach (var number in Enumerable.Range(1000, 60))
        {
            Pbx.Register($"{number}");
            await _host.AddAsync($"{number}");
        }

        await _host.RunAsync();
        var before = await FingerprintAsync();
        await _host.RunAsync();
        await _host.RunAsync();

        Assert.Equal(before, await FingerprintAsync());
        Assert.Equal(_host.Now, (await _host.ReadingAsync()).ReadAtUtc);
    }

    [Fact]
    public async Task Job_TenMinutesLater_SaysThatOpenSpansWereSeen()
    {
        Pbx.Register("1001");
        await _host.AddAsync("1001");
        await _host.RunAsync();
        await _host.RunAsync(ExtensionStateWriter.SeenEvery.TotalSeconds);

        Assert.Equal(_host.Now, Assert.Single(await _host.SpansAsync("1001")).SeenUntilUtc);
        Assert.Equal(_host.Now, (await _host.PresenceAsync("1001")).LastRegisteredAtUtc);
    }

    [Fact]
    public async Task Job_PbxOutOfReach_IsUnknownAndNeverLost()
    {
        Pbx.Register("1001");
        Pbx.Register("1002", "192.0.2.11:5060");
        await _host.AddAsync("1001");
        await _host.AddAsync("1002");
        await _host.RunAsync();
        await _host.RunAsync();
        var certain = _host.Now;

        Pbx.Failure = TelephonyErrors.Unreachable;
        await _host.RunAsync();
        Assert.Equal(LineStatus.Idle, (await _host.PresenceAsync("1001")).Status);
        await _host.RunAsync(60);
        Assert.Equal(LineStatus.Unknown, (await _host.PresenceAsync("1001")).Status);
        Assert.Equal((2, TelephonyErrors.Unreachable.Code), ((await _host.ReadingAsync()).Failures, (await _host.ReadingAsync()).ErrorCode));
        Assert.Null(Assert.Single(await _host.SpansAsync("1001")).LostAtUtc);

        Pbx.Failure = null;
        Pbx.Put("1002");
        await _host.RunAsync(600);

        Assert.Null(Assert.Single(await _host.SpansAsync("1001")).LostAtUtc);
        Assert.Equal(LineStatus.Idle, (await _host.PresenceAsync("1001")).Status);
        var gone = Assert.Single(await _host.SpansAsync("1002"));
        Assert.Equal((certain, (DateTime?)_host.Now), (gone.SeenUntilUtc, gone.LostAtUtc));
    }

    [Fact]
    public async Task Job_LosesItsRegistrationAgainAndAgain_IsMarkedUntilItIsQuiet()
    {
        await _host.AddAsync("1001");
        for (var i = 0; i < Flapping.Losses; i++)
        {
            Assert.True(i == 0 || !(await _host.PresenceAsync("1001")).Flapping);
            Pbx.Register("1001");
            await _host.RunAsync(60);
            Pbx.Put("1001");
            await _host.RunAsync(60);
        }

        Assert.True((await _host.PresenceAsync("1001")).Flapping);
        Pbx.Register("1001");
        await _host.RunAsync(Flapping.Quiet.TotalSeconds - 60);
        Assert.True((await _host.PresenceAsync("1001")).Flapping);
        await _host.RunAsync(60);
        Assert.False((await _host.PresenceAsync("1001")).Flapping);
    }

    [Fact]
    public async Task Job_UnknownOnes_AreFoundAndForgottenWithThePbx()
    {
        Pbx.Register("1001");
        await _host.RunAsync();
        Pbx.Put("1001", profile: new ExtensionProfile { Name = "Renamed", WebPhone = false });
        await _host.RunAsync();

        var found = await _host.FindAsync("1001");
        Assert.Equal((ExtensionState.Found, ExtensionOrigin.Pbx, "Renamed", false), (found!.State, found.Origin, found.Wanted.Name, found.Wanted.WebPhone));
        Assert.Single(await _host.SpansAsync("1001"));

        Pbx.Remove("1001");
        await _host.RunAsync();
        Assert.Null(await _host.FindAsync("1001"));
    }

    [Fact]
    public async Task Job_ListLacksOne_IsMissingOnlyWhenThePbxSaysSoAlone()
    {
        Pbx.Register("1001");
        Pbx.Register("1002");
        await _host.AddAsync("1001");
        await _host.AddAsync("1002");
        await _host.RunAsync();

        Pbx.Unlisted.Add("1001");
        Pbx.Remove("1002");
        await _host.RunAsync();

        Assert.Null((await _host.FindAsync("1001"))!.MissingSinceUtc);
        Assert.Null(Assert.Single(await _host.SpansAsync("1001")).LostAtUtc);
        Assert.Equal(_host.Now, (await _host.FindAsync("1002"))!.MissingSinceUtc);
        Assert.Equal(_host.Now, Assert.Single(await _host.SpansAsync("1002")).LostAtUtc);

        Pbx.Register("1002");
        await _host.RunAsync();
        Assert.Null((await _host.FindAsync("1002"))!.MissingSinceUtc);
        Assert.Equal(2, (await _host.SpansAsync("1002")).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Job_WritesAreNotYetInForce_NobodyIsMissingOrFound(bool dirty)
    {
        await _host.AddAsync("1001");
        Pbx.Register("1009");
        await _host.MarkApplyAsync(apply =>
        {
            apply.DirtySinceUtc = dirty ? _host.Now : null;
            apply.SentAtUtc = dirty ? null : _host.Now.AddSeconds(15);
        });

        await _host.RunAsync();

        Assert.Null((await _host.FindAsync("1001"))!.MissingSinceUtc);
        Assert.Null(await _host.FindAsync("1009"));
        await _host.MarkApplyAsync(apply => apply.DirtySinceUtc = null);
        await _host.RunAsync();
        Assert.NotNull((await _host.FindAsync("1001"))!.MissingSinceUtc);
        Assert.NotNull(await _host.FindAsync("1009"));
    }

    [Fact]
    public async Task Job_PendingOnes_AreLeftAlone()
    {
        await _host.AddAsync("1001", e => e.Delete("Ada", _host.Now));
        await _host.AddAsync("1002", e => e.Change(e.Wanted with { Name = "New" }, "Ada", _host.Now));
        Pbx.Put("1002", profile: new ExtensionProfile { Name = "Old" });

        await _host.RunAsync();

        Assert.Equal((ExtensionState.Deleting, null), ((await _host.FindAsync("1001"))!.State, (await _host.FindAsync("1001"))!.MissingSinceUtc));
        var changing = await _host.FindAsync("1002");
        Assert.Equal((ExtensionState.Changing, "New", "Person 1002", 1), (changing!.State, changing.Wanted.Name, changing.Seen!.Name, changing.Version));
    }

    [Fact]
    public async Task Job_ChangeArrivesWhileTheListIsRead_IsNotComparedWithTheOldList()
    {
        Pbx.Put("1001", profile: new ExtensionProfile { Name = "Old" });
        await _host.AddAsync("1001");
        await _host.RunAsync();

        // Asked for, written and in force while the list travels.
        Pbx.Meanwhile = number => number.Length > 0 ? Task.CompletedTask : _host.ChangeAsync("1001", extension =>
        {
            extension.Change(extension.Wanted with { Name = "New" }, "Ada", _host.Now);
            extension.MarkSent(_host.Now);
            extension.MarkWritten(_host.Now);
            extension.Complete(null, _host.Now);
        });
        await _host.RunAsync();

        var extension = await _host.FindAsync("1001");
        Assert.Equal(("New", "New"), (extension!.Wanted.Name, extension.Seen!.Name));
    }

    [Fact]
    public async Task Job_NameChangedOnThePbx_ShowsAsADifferenceAtOnce()
    {
        Pbx.Register("1001");
        await _host.AddAsync("1001");
        Pbx.Put("1001", profile: new ExtensionProfile { Name = "Changed there", Enabled = false });

        await _host.RunAsync();

        var extension = await _host.FindAsync("1001");
        Assert.Equal(["Name", "Enabled"], extension!.Differences.Select(f => f.Name));
        Assert.Equal(2, extension.DifferenceCount);
        Assert.Equal(0, Pbx.Finds);
    }

    [Fact]
    public async Task Job_StatusThatNobodyKnows_IsNoLoss()
    {
        Pbx.Register("1001");
        await _host.AddAsync("1001");
        await _host.RunAsync();

        Pbx.Put("1001", LineStatus.Unknown, "192.0.2.10:5060");
        await _host.RunAsync();

        Assert.Null(Assert.Single(await _host.SpansAsync("1001")).LostAtUtc);
    }

    [Fact]
    public async Task Job_PbxFails_IsAskedLessAndLess()
    {
        Pbx.Failure = TelephonyErrors.TimedOut;
        for (var i = 0; i < 20; i++)
        {
            await _host.RunAsync();
        }

        // At 15 s, then after 15, 30, 60 and 120 s.
        Assert.Equal(5, Pbx.Lists);
    }

    [Fact]
    public async Task Job_PbxIsSlow_IsAskedLess()
    {
        Pbx.Slowness = TimeSpan.FromSeconds(10);
        await _host.RunAsync();
        Assert.Equal(_host.Now.AddSeconds(40), (await _host.ReadingAsync()).NextAtUtc);

        await _host.RunAsync();
        await _host.RunAsync();
        Assert.Equal(1, Pbx.Lists);
        await _host.RunAsync();
        Assert.Equal(2, Pbx.Lists);
    }

    [Fact]
    public async Task Job_OnTwoNodes_ReadsOnce()
    {
        var second = new TaskCompletionSource();
        Pbx.Meanwhile = async _ =>
        {
            Pbx.Meanwhile = _ => Task.CompletedTask;
            await _host.RunAsync(0);
            second.SetResult();
        };

        await _host.RunAsync();

        await second.Task;
        Assert.Equal(1, Pbx.Lists);
    }

    [Fact]
    public async Task Job_OldHistory_IsRemoved()
    {
        Pbx.Register("1001");
        await _host.AddAsync("1001");
        await _host.RunAsync();
        Pbx.Put("1001");
        await _host.RunAsync();
        Pbx.Register("1001");
        await _host.RunAsync();

        await _host.RunAsync(TimeSpan.FromDays(91).TotalSeconds);

        Assert.Null(Assert.Single(await _host.SpansAsync("1001")).LostAtUtc);
    }

    [Fact]
    public async Task Job_TwoTenants_TouchesEachOwnRowsOnly()
    {
        var other = await _host.Database.AddTenantAsync("two");
        var otherPbx = await _host.ConnectAsync(other);
        Pbx.Register("1001");
        await _host.AddAsync("1001");
        await _host.RunAsync();
        Assert.Equal(2, Pbx.Lists);

        // Seen, lost sight of, and old, all in the other tenant: the first one's writes without loading must not reach them.
        var theirs = await _host.AddAsync("7001", tenant: other, pbxId: otherPbx);
        var long_ago = _host.Now.AddDays(-200);
        await using (var db = _host.Database.As(other).CreateDbContext())
        {
            db.Add(new ExtensionPresence { ExtensionId = theirs.Id, Status = LineStatus.Idle, ReadAtUtc = long_ago });
            db.Add(new RegistrationSpan { ExtensionId = theirs.Id, FromUtc = long_ago, SeenUntilUtc = long_ago, LostAtUtc = long_ago });
            db.Add(new RegistrationSpan { ExtensionId = theirs.Id, FromUtc = long_ago.AddDays(1), SeenUntilUtc = long_ago.AddDays(1) });
            db.Remove(await db.Set<Core.Settings.PbxConnection>().SingleAsync());
            await db.SaveChangesAsync();
        }

        await _host.RunAsync(7200);
        Pbx.Failure = TelephonyErrors.Unreachable;
        await _host.RunAsync();
        await _host.RunAsync(120);

        Assert.Equal(LineStatus.Unknown, (await _host.PresenceAsync("1001")).Status);
        var (presence, spans) = await _host.ReadAsync(async db => (await db.Set<ExtensionPresence>().SingleAsync(p => p.ExtensionId == theirs.Id), await db.Set<RegistrationSpan>().Where(s => s.ExtensionId == theirs.Id).OrderBy(s => s.FromUtc).ToListAsync()), other);
        Assert.Equal((LineStatus.Idle, long_ago), (presence.Status, presence.ReadAtUtc));
        Assert.Equal([long_ago, long_ago.AddDays(1)], spans.Select(s => s.SeenUntilUtc));
    }

    /// <summary>Changes with every row version of extensions, presences and spans.</summary>
    private async Task<string> FingerprintAsync()
    {
        await using var connection = new NpgsqlConnection(_host.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT (SELECT string_agg(xmin::text, ',' ORDER BY "Id") FROM "Extensions")
                || (SELECT string_agg(xmin::text, ',' ORDER BY "ExtensionId") FROM "ExtensionPresences")
                || (SELECT string_agg(xmin::text, ',' ORDER BY "Id") FROM "RegistrationSpans")
            """;
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
