using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Groups;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Tests.Work;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Calls;

public sealed class SavedViewsTests : IAsyncLifetime
{
    private static readonly CallViewForm Lost = new("Lost today", "range=today&set=Abandoned&page=o1", false);

    private WorkHost _host = null!;

    public async Task InitializeAsync() => _host = await WorkHost.CreateAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Save_OwnView_IsTidiedAndSeenByItsOwnerOnly()
    {
        await using var nora = _host.As(TenantRole.Agent);
        await using var liam = _host.As(TenantRole.Admin);
        await using var stranger = _host.As(TenantRole.Owner, _host.Other, nora.UserId);

        var id = (await nora.Get<ISavedViews>().SaveAsync(Lost)).Value;

        var view = Assert.Single((await nora.Get<ISavedViews>().ListAsync()).Value.Views);
        Assert.Equal((id, "Lost today", "range=today&set=Abandoned", false, true), (view.Id, view.Name, view.Query, view.IsShared, view.MayChange));
        foreach (var other in new[] { liam, stranger })
        {
            Assert.Empty((await other.Get<ISavedViews>().ListAsync()).Value.Views);
            Assert.Equal(CallViewErrors.NotFound, (await other.Get<ISavedViews>().ChangeAsync(id, Lost, 0)).Error);
            Assert.Equal(CallViewErrors.NotFound, (await other.Get<ISavedViews>().DeleteAsync(id)).Error);
            Assert.Equal(CallViewErrors.NotFound, (await other.Get<ISavedViews>().SetDefaultAsync(id)).Error);
        }

        Assert.Empty(await AuditAsync());
    }

    [Fact]
    public async Task Share_ByAnAdmin_IsSeenByAllChangedByAdminsAndAudited()
    {
        await using var admin = _host.As(TenantRole.Admin);
        await using var agent = _host.As(TenantRole.Agent);
        await using var stranger = _host.As(TenantRole.Owner, _host.Other);
        Assert.Equal(AccessErrors.Denied, (await agent.Get<ISavedViews>().SaveAsync(Lost with { IsShared = true })).Error);
        var id = (await admin.Get<ISavedViews>().SaveAsync(Lost with { IsShared = true })).Value;

        var seen = Assert.Single((await agent.Get<ISavedViews>().ListAsync()).Value.Views);
        Assert.Equal((id, true, false), (seen.Id, seen.IsShared, seen.MayChange));
        Assert.Equal(AccessErrors.Denied, (await agent.Get<ISavedViews>().ChangeAsync(id, Lost, seen.Version)).Error);
        Assert.Equal(AccessErrors.Denied, (await agent.Get<ISavedViews>().DeleteAsync(id)).Error);
        Assert.Empty((await stranger.Get<ISavedViews>().ListAsync()).Value.Views);

        Assert.True((await admin.Get<ISavedViews>().ChangeAsync(id, Lost with { Name = "Lost", IsShared = true }, seen.Version)).Succeeded);
        Assert.Equal(CallViewErrors.Changed, (await admin.Get<ISavedViews>().ChangeAsync(id, Lost, seen.Version)).Error);
        var deleted = (await admin.Get<ISavedViews>().DeleteAsync(id)).Value;
        Assert.True((await admin.Get<ISavedViews>().RestoreAsync(deleted)).Succeeded);
        Assert.Equal(AccessErrors.Denied, (await agent.Get<ISavedViews>().RestoreAsync(deleted)).Error);
        Assert.Equal(
            [CallViewAuditActions.Shared, CallViewAuditActions.Changed, CallViewAuditActions.Withdrawn, CallViewAuditActions.Shared], await AuditAsync());
    }

    [Fact]
    public async Task Save_Names_AreCheckedPerOwner()
    {
        await using var admin = _host.As(TenantRole.Admin);
        var views = admin.Get<ISavedViews>();
        await views.SaveAsync(Lost);

        Assert.Equal(CallViewErrors.NameMissing, (await views.SaveAsync(Lost with { Name = "  \u0000 " })).Error);
        Assert.Equal(CallViewErrors.NameTooLong, (await views.SaveAsync(Lost with { Name = new string('ل', CallView.NameMaxLength + 1) })).Error);
        Assert.Equal(CallViewErrors.NameTaken, (await views.SaveAsync(Lost with { Name = " LOST   today" })).Error);

        // What everybody sees has names of its own, and a rename to the own name is none.
        var shared = (await views.SaveAsync(Lost with { IsShared = true })).Value;
        Assert.Equal(CallViewErrors.NameTaken, (await views.ChangeAsync(shared, Lost, 0)).Error);
        Assert.True((await views.ChangeAsync(shared, Lost with { Name = "Lost Today", IsShared = true }, 0)).Succeeded);
    }

    [Fact]
    public async Task Save_ManyAtOnce_StopAtTheLimit()
    {
        await using var agent = _host.As(TenantRole.Agent);
        await _host.SaveAsync(db =>
        {
            db.AddRange(Enumerable.Range(0, CallView.MaxCount - 1).Select(i => new CallView { OwnerId = agent.UserId, Name = $"View {i}", NameKey = $"view {i}", Query = "" }));
            return Task.CompletedTask;
        });

        var saved = await Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
        {
            await using var tab = _host.As(TenantRole.Agent, userId: agent.UserId);
            return (await tab.Get<ISavedViews>().SaveAsync(Lost with { Name = $"Late {i}" })).Error;
        }));

        Assert.Equal([null, CallViewErrors.TooMany, CallViewErrors.TooMany], saved.OrderBy(error => error is null ? 0 : 1));
        Assert.Equal(CallView.MaxCount, (await agent.Get<ISavedViews>().ListAsync()).Value.Views.Count);
    }

    [Fact]
    public async Task Default_ViewGoesAndComesBack_IsNoneMeanwhile()
    {
        await using var agent = _host.As(TenantRole.Agent);
        var views = agent.Get<ISavedViews>();
        var id = (await views.SaveAsync(Lost)).Value;
        Assert.True((await views.SetDefaultAsync(id)).Succeeded);
        Assert.Equal(id, (await views.ListAsync()).Value.DefaultId);

        var deleted = (await views.DeleteAsync(id)).Value;
        Assert.Null((await views.ListAsync()).Value.DefaultId);
        Assert.True((await views.RestoreAsync(deleted)).Succeeded);
        Assert.Equal(CallViewErrors.NameTaken, (await views.RestoreAsync(deleted with { Id = Guid.NewGuid() })).Error);
        Assert.Equal(CallViewErrors.NotFound, (await views.RestoreAsync(deleted with { Form = Lost with { Name = "Twice" } })).Error);

        Assert.Equal(id, (await views.ListAsync()).Value.DefaultId);
        Assert.True((await views.SetDefaultAsync(null)).Succeeded);
        Assert.Null((await views.ListAsync()).Value.DefaultId);
    }

    [Fact]
    public async Task Columns_OfOnePerson_AreRememberedForThemOnly()
    {
        await using var nora = _host.As(TenantRole.Agent);
        await using var liam = _host.As(TenantRole.Agent);
        Assert.Null((await nora.Get<ISavedViews>().ListAsync()).Value.Columns);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var tab = _host.As(TenantRole.Agent, userId: nora.UserId);
            await tab.Get<ISavedViews>().RememberColumnsAsync([CallColumn.Start, CallColumn.Queue]);
        }));

        Assert.Equal([CallColumn.Start, CallColumn.Queue], (await nora.Get<ISavedViews>().ListAsync()).Value.Columns);
        Assert.Null((await liam.Get<ISavedViews>().ListAsync()).Value.Columns);
    }

    [Fact]
    public async Task View_WhatItNamesIsGone_StillNarrows()
    {
        await using var manager = _host.As(TenantRole.Manager);
        var query = $"disposition={Guid.NewGuid()}&client-id={Guid.NewGuid()}&queue=6599&tag=gone";
        await manager.Get<ISavedViews>().SaveAsync(Lost with { Query = query });
        await _host.WriteAsync(TestLegs.OneLegCalls(2));

        var kept = Assert.Single((await manager.Get<ISavedViews>().ListAsync()).Value.Views).Query;
        var values = kept.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var found = await manager.Get<ICallLog>().SearchAsync(CallFilterText.Read(values.GetValueOrDefault));

        Assert.Equal(4, values.Count);
        Assert.Empty(found.Value.Rows);
        Assert.Equal(2, (await manager.Get<ICallLog>().SearchAsync(CallFilter.None)).Value.Rows.Count);
    }

    [Fact]
    public async Task Choices_NamesOfExtensions_StayWithinTheReach()
    {
        await _host.SaveAsync(db =>
        {
            db.Add(new PbxGroup { PbxId = WorkHost.Pbx, Number = "6500", Kind = PbxGroupKind.Queue, Name = "Support" });
            db.Add(new PbxGroup { PbxId = Guid.NewGuid(), Number = "6500", Kind = PbxGroupKind.Queue });
            db.Add(new PbxGroup { PbxId = WorkHost.Pbx, Number = "7000", Kind = PbxGroupKind.Ivr, Name = "Menu" });
            return Task.CompletedTask;
        });
        await using var agent = _host.As(TenantRole.Agent);
        await using var stranger = _host.As(TenantRole.Owner, _host.Other);

        var choices = (await agent.Get<ICallChoices>().ReadAsync()).Value;

        Assert.Equal([new NumberName("6500", "Support")], choices.Queues);
        Assert.Empty(choices.Extensions);
        Assert.Empty((await stranger.Get<ICallChoices>().ReadAsync()).Value.Queues);
    }

    [Fact]
    public async Task Marks_OfCalls_AreTagsAndTheLastWordWithinTheReach()
    {
        await _host.WriteAsync(TestLegs.OneLegCalls(2));
        var calls = await _host.CallsAsync();
        await using var manager = _host.As(TenantRole.Manager);
        var sale = (await manager.Get<IDispositions>().ListAsync()).Value.Single(row => row.NameEnglish == "Sale");
        var other = (await manager.Get<IDispositions>().ListAsync()).Value.Single(row => row.NameEnglish == "No interest");
        await manager.Get<ICallWork>().AddTagAsync(calls[0].Id, "VIP");
        await manager.Get<ICallWork>().SetDispositionAsync(calls[0].Id, sale.Id);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var second = _host.As(TenantRole.Manager);
        await second.Get<ICallWork>().SetDispositionAsync(calls[0].Id, other.Id);

        var marks = (await manager.Get<ICallMarks>().ReadAsync([.. calls.Select(call => call.Id)])).Value;
        await using var agent = _host.As(TenantRole.Agent);
        await using var stranger = _host.As(TenantRole.Owner, _host.Other);

        var (key, mark) = Assert.Single(marks);
        Assert.Equal((calls[0].Id, "No interest"), (key, mark.DispositionEnglish));
        Assert.Equal(["VIP"], mark.Tags);
        Assert.Empty((await agent.Get<ICallMarks>().ReadAsync([calls[0].Id])).Value);
        Assert.Empty((await stranger.Get<ICallMarks>().ReadAsync([calls[0].Id])).Value);
    }

    private Task<List<string>> AuditAsync() => _host.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.SubjectType == AuditSubjects.CallView)
        .OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync());
}
