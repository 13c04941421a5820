using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using Microsoft.EntityFrameworkCore;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Work;

public sealed class CallWorkTests : IAsyncLifetime
{
    private WorkHost _host = null!;
    private Guid _call;

    public async Task InitializeAsync()
    {
        _host = await WorkHost.CreateAsync();
        await _host.WriteAsync([Leg()]);
        _call = Assert.Single(await _host.CallsAsync()).Id;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Everything_OnAnotherTenantsCall_IsNotFound()
    {
        await using var mine = _host.As(TenantRole.Manager);
        var note = (await mine.Get<ICallWork>().AddNoteAsync(_call, "ours")).Value;
        await using var other = _host.As(TenantRole.Owner, _host.Other);
        var work = other.Get<ICallWork>();
        var disposition = (await other.Get<IDispositions>().ListAsync()).Value[0].Id;

        Assert.Equal(CallErrors.NotFound, (await work.ReadAsync(_call)).Error);
        Assert.Equal(CallErrors.NotFound, (await work.AddNoteAsync(_call, "theirs")).Error);
        Assert.Equal(WorkErrors.NoteNotFound, (await work.ChangeNoteAsync(note, "theirs", 0)).Error);
        Assert.Equal(WorkErrors.NoteNotFound, (await work.DeleteNoteAsync(note)).Error);
        Assert.Equal(CallErrors.NotFound, (await work.RestoreNoteAsync(new DeletedNote(Guid.NewGuid(), _call, "x", null, "x", _host.Now, null))).Error);
        Assert.Equal(CallErrors.NotFound, (await work.AddTagAsync(_call, "theirs")).Error);
        Assert.Equal(CallErrors.NotFound, (await work.RemoveTagAsync(_call, "x")).Error);
        Assert.Equal(CallErrors.NotFound, (await work.SetDispositionAsync(_call, disposition)).Error);
        Assert.Empty((await work.SuggestTagsAsync("")).Value);

        var read = (await mine.Get<ICallWork>().ReadAsync(_call)).Value;
        Assert.Equal("ours", Assert.Single(read.Notes).Text);
        Assert.Empty(read.Tags);
        Assert.Empty(read.Dispositions);
    }

    [Fact]
    public async Task Everything_OnACallOutOfReach_IsNotFound()
    {
        await using var agent = _host.As(TenantRole.Agent);
        var work = agent.Get<ICallWork>();

        Assert.Equal(CallErrors.NotFound, (await work.ReadAsync(_call)).Error);
        Assert.Equal(CallErrors.NotFound, (await work.AddNoteAsync(_call, "not mine")).Error);
        Assert.Equal(CallErrors.NotFound, (await work.AddTagAsync(_call, "not mine")).Error);
        Assert.Equal(CallErrors.NotFound, (await work.SetDispositionAsync(_call, null)).Error);
        Assert.Equal(0, await _host.ReadAsync(db => db.Set<CallTagWord>().CountAsync()));
    }

    [Fact]
    public async Task Note_IsChangedByItsAuthorForAWhile_ThenStands()
    {
        await using var author = _host.As(TenantRole.Manager, name: "Liam Byrne");
        var work = author.Get<ICallWork>();
        var id = (await work.AddNoteAsync(_call, "  wants\r\na quote \0")).Value;
        var first = Assert.Single((await work.ReadAsync(_call)).Value.Notes);
        Assert.Equal(("wants\na quote", "Liam Byrne", true), (first.Text, first.AuthorName, first.MayChange));

        Assert.True((await work.ChangeNoteAsync(id, "wants two quotes", first.Version)).Succeeded);
        Assert.Equal(WorkErrors.NoteChanged, (await work.ChangeNoteAsync(id, "too late", first.Version)).Error);
        await using (var colleague = _host.As(TenantRole.Manager))
        {
            Assert.Equal(WorkErrors.NoteFixed, (await colleague.Get<ICallWork>().ChangeNoteAsync(id, "mine", first.Version + 1)).Error);
        }

        _host.Clock.Advance(CallNote.EditTime);
        var later = Assert.Single((await work.ReadAsync(_call)).Value.Notes);
        Assert.False(later.MayChange);
        Assert.Equal(WorkErrors.NoteFixed, (await work.ChangeNoteAsync(id, "an hour later", later.Version)).Error);
        Assert.Equal("wants two quotes", later.Text);
    }

    [Fact]
    public async Task DeleteNote_TakenBack_IsThereAsBefore()
    {
        await using var author = _host.As(TenantRole.Manager, name: "Liam Byrne");
        var id = (await author.Get<ICallWork>().AddNoteAsync(_call, "wants a quote")).Value;
        _host.Clock.Advance(TimeSpan.FromDays(1));
        await using var manager = _host.As(TenantRole.Manager);

        var deleted = (await manager.Get<ICallWork>().DeleteNoteAsync(id)).Value;
        Assert.Empty((await manager.Get<ICallWork>().ReadAsync(_call)).Value.Notes);
        Assert.True((await manager.Get<ICallWork>().RestoreNoteAsync(deleted)).Succeeded);
        Assert.True((await manager.Get<ICallWork>().RestoreNoteAsync(deleted)).Succeeded);

        var note = Assert.Single((await author.Get<ICallWork>().ReadAsync(_call)).Value.Notes);
        Assert.Equal((id, "wants a quote", "Liam Byrne"), (note.Id, note.Text, note.AuthorName));
    }

    [Fact]
    public async Task Audit_TellsWhoAndWhenButNotWhatStoodInANote()
    {
        await using var author = _host.As(TenantRole.Manager, name: "Liam Byrne");
        var work = author.Get<ICallWork>();
        var id = (await work.AddNoteAsync(_call, "card 4111")).Value;
        await work.ChangeNoteAsync(id, "card 4222", 0);
        var deleted = (await work.DeleteNoteAsync(id)).Value;
        await work.RestoreNoteAsync(deleted);

        var entries = await _host.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.SubjectType == AuditSubjects.Call).OrderBy(entry => entry.Sequence).ToListAsync());
        Assert.Equal(
            [WorkAuditActions.NoteAdded, WorkAuditActions.NoteChanged, WorkAuditActions.NoteDeleted, WorkAuditActions.NoteRestored],
            entries.Select(entry => entry.Action));
        Assert.All(entries, entry => Assert.Equal("Liam Byrne", entry.ActorName));
        Assert.All(entries, entry => Assert.DoesNotContain("card", $"{entry.Before}{entry.After}{entry.SubjectName}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public async Task AddNote_Nothing_IsRefused(string text)
    {
        await using var author = _host.As(TenantRole.Manager);

        Assert.Equal(WorkErrors.NoteEmpty, (await author.Get<ICallWork>().AddNoteAsync(_call, text)).Error);
        Assert.Equal(WorkErrors.NoteTooLong, (await author.Get<ICallWork>().AddNoteAsync(_call, new string('x', CallNote.TextMaxLength + 1))).Error);
        Assert.Empty((await author.Get<ICallWork>().ReadAsync(_call)).Value.Notes);
    }

    [Fact]
    public async Task AddTag_TwoSpellings_AreOneTagAndOneWord()
    {
        await using var agent = _host.As(TenantRole.Manager);
        var work = agent.Get<ICallWork>();

        Assert.True((await work.AddTagAsync(_call, "  شكوى   مُتكرّرة ")).Succeeded);
        Assert.True((await work.AddTagAsync(_call, "شكوي متكرره")).Succeeded);
        Assert.True((await work.AddTagAsync(_call, "VIP")).Succeeded);

        var tags = (await work.ReadAsync(_call)).Value.Tags;
        Assert.Equal(2, tags.Count);
        Assert.Contains(tags, tag => tag.Text == "شكوى مُتكرّرة");
        Assert.Equal("VIP", Assert.Single((await work.SuggestTagsAsync("ví")).Value).Text);
        Assert.Equal("شكوى مُتكرّرة", Assert.Single((await work.SuggestTagsAsync("متكرر")).Value).Text);

        await work.RemoveTagAsync(_call, "vip");
        Assert.Single((await work.ReadAsync(_call)).Value.Tags);
        Assert.Equal(2, (await work.SuggestTagsAsync("")).Value.Count);
    }

    [Fact]
    public async Task AddTag_TooManyOrTooLong_IsRefused()
    {
        await using var agent = _host.As(TenantRole.Manager);
        var work = agent.Get<ICallWork>();
        for (var i = 0; i < CallTag.MaxPerCall; i++)
        {
            Assert.True((await work.AddTagAsync(_call, $"t{i}")).Succeeded);
        }

        Assert.Equal(WorkErrors.TooManyTags, (await work.AddTagAsync(_call, "one more")).Error);
        Assert.Equal(WorkErrors.TagWrong, (await work.AddTagAsync(_call, new string('x', 41))).Error);
        Assert.Equal(WorkErrors.TagWrong, (await work.AddTagAsync(_call, " ـ ")).Error);
        Assert.Equal(CallTag.MaxPerCall, (await work.ReadAsync(_call)).Value.Tags.Count);
    }

    [Fact]
    public async Task AddTag_SameNewWordFromTwoNodesAtOnce_BothSucceed()
    {
        await _host.WriteAsync([.. OneLegCalls(8, 10)]);
        var calls = await _host.CallsAsync();
        await using var node = _host.AnotherNode();

        var results = await Task.WhenAll(calls.Select(async (call, i) =>
        {
            await using var person = _host.As(TenantRole.Manager, node: i % 2 == 0 ? node : null);
            return await person.Get<ICallWork>().AddTagAsync(call.Id, i % 2 == 0 ? "Follow up" : "FOLLOW UP");
        }));

        Assert.All(results, result => Assert.True(result.Succeeded));
        Assert.Equal(1, await _host.ReadAsync(db => db.Set<CallTagWord>().CountAsync()));
        Assert.Equal(calls.Count, await _host.ReadAsync(db => db.Set<CallTag>().CountAsync()));
    }

    [Fact]
    public async Task SetDisposition_OfTwoPeople_ShowsBothAndTheLastWins()
    {
        await using var first = _host.As(TenantRole.Manager, name: "Liam Byrne");
        await using var second = _host.As(TenantRole.Manager, name: "Mona Salem");
        var list = (await first.Get<IDispositions>().ListAsync()).Value.Where(entry => !entry.NeedsNote).ToList();

        await first.Get<ICallWork>().SetDispositionAsync(_call, list[0].Id);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        await second.Get<ICallWork>().SetDispositionAsync(_call, list[1].Id);

        var given = (await first.Get<ICallWork>().ReadAsync(_call)).Value.Dispositions;
        Assert.Equal([("Mona Salem", true, false), ("Liam Byrne", false, true)], given.Select(row => (row.UserName, row.IsLast, row.IsMine)));
        Assert.Equal(1, (await SearchAsync(new CallFilter { Disposition = list[1].Id })).Total);
        Assert.Equal(0, (await SearchAsync(new CallFilter { Disposition = list[0].Id })).Total);

        await second.Get<ICallWork>().SetDispositionAsync(_call, null);
        Assert.Equal(1, (await SearchAsync(new CallFilter { Disposition = list[0].Id })).Total);
    }

    [Fact]
    public async Task SetDisposition_ThatNeedsANote_AsksForOneOnce()
    {
        await using var agent = _host.As(TenantRole.Manager);
        var work = agent.Get<ICallWork>();
        var needs = (await agent.Get<IDispositions>().ListAsync()).Value.First(entry => entry.NeedsNote).Id;

        Assert.Equal(WorkErrors.DispositionNeedsNote, (await work.SetDispositionAsync(_call, needs)).Error);
        Assert.Empty((await work.ReadAsync(_call)).Value.Dispositions);
        Assert.True((await work.SetDispositionAsync(_call, needs, "calls back on Monday")).Succeeded);
        Assert.True((await work.SetDispositionAsync(_call, needs)).Succeeded);
        Assert.Single((await work.ReadAsync(_call)).Value.Notes);
    }

    [Fact]
    public async Task SetDisposition_RetiredOrUnknown_IsRefusedButKeptWhereItIs()
    {
        await using var admin = _host.As(TenantRole.Admin);
        var (work, dispositions) = (admin.Get<ICallWork>(), admin.Get<IDispositions>());
        var entry = (await dispositions.ListAsync()).Value.First(row => !row.NeedsNote);
        await work.SetDispositionAsync(_call, entry.Id);

        Assert.True((await dispositions.ChangeAsync(entry.Id, new DispositionForm { NameEnglish = entry.NameEnglish, Active = false }, entry.Version)).Succeeded);

        Assert.True((await work.SetDispositionAsync(_call, entry.Id)).Succeeded);
        Assert.True((await work.SetDispositionAsync(_call, null)).Succeeded);
        Assert.Equal(WorkErrors.DispositionUnknown, (await work.SetDispositionAsync(_call, entry.Id)).Error);
        Assert.Equal(WorkErrors.DispositionUnknown, (await work.SetDispositionAsync(_call, Guid.NewGuid())).Error);
    }

    [Fact]
    public async Task Search_ByNoteAndTag_Narrows()
    {
        await _host.WriteAsync([Leg(uniqueId: "9.9", accountId: "9")]);
        await using var agent = _host.As(TenantRole.Manager);
        await agent.Get<ICallWork>().AddNoteAsync(_call, "x");
        await agent.Get<ICallWork>().AddTagAsync(_call, "Élite");

        Assert.Equal(_call, Assert.Single((await SearchAsync(new CallFilter { Noted = true })).Rows).Id);
        Assert.NotEqual(_call, Assert.Single((await SearchAsync(new CallFilter { Noted = false })).Rows).Id);
        Assert.Equal(_call, Assert.Single((await SearchAsync(new CallFilter { Tag = "elite" })).Rows).Id);
        Assert.Equal(0, (await SearchAsync(new CallFilter { Tag = "elit" })).Total);
    }

    private async Task<Core.Primitives.KeysetPage<CallRow>> SearchAsync(CallFilter filter)
    {
        await using var manager = _host.As(TenantRole.Manager);
        return (await manager.Get<ICallLog>().SearchAsync(filter)).Value;
    }
}
