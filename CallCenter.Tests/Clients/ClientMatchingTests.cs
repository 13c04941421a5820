using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Infrastructure.Clients;
using Microsoft.EntityFrameworkCore;
using static CallCenter.Tests.Clients.BookHost;

namespace CallCenter.Tests.Clients;

public sealed class ClientMatchingTests : IAsyncLifetime
{
    private BookHost _host = null!;

    public async Task InitializeAsync() => _host = await StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Write_KnownNumber_StoresTheClientWithTheCall()
    {
        var ana = await _host.AddAsync(Form("Ana", "0501234567"));

        await _host.WriteAsync(CallFrom("00966501234567", 1), CallFrom("0507654321", 2), CallFrom("anonymous", 3), CallFrom("1001", 4));

        var calls = await _host.StoredAsync();
        Assert.Equal([966501234567, 966507654321, 0, 0], calls.Select(call => call.OutsideE164));
        Assert.Equal([ana, null, null, null], calls.Select(call => call.ClientId));
        Assert.Equal([1, 0, 0, 0], calls.Select(call => call.ClientCount));
        Assert.Equal("Ana", Assert.Single((await _host.CallsAsync()).Single(row => row.FromNumber == "00966501234567").Clients).Name);
    }

    [Fact]
    public async Task Write_SharedNumber_StoresThatItIsAmbiguousAndShowsBoth()
    {
        await _host.AddAsync(Form("Ana", "0501234567"));
        await _host.AddAsync(Form("Bob", "0501234567"));

        await _host.WriteAsync(CallFrom("+966501234567", 1));

        var call = Assert.Single(await _host.StoredAsync());
        Assert.Equal((null, 2), (call.ClientId, call.ClientCount));
        Assert.Equal(["Ana", "Bob"], Assert.Single(await _host.CallsAsync()).Clients.Select(client => client.Name));
    }

    [Fact]
    public async Task Write_AgainWithALateLeg_KeepsTheMatch()
    {
        var ana = await _host.AddAsync(Form("Ana", "0501234567"));
        await _host.WriteAsync(CallFrom("0501234567", 1));

        var again = await _host.WriteAsync(CallFrom("0501234567", 1));
        var late = await _host.WriteAsync(CallFrom("0501234567", 1, second: 30) with { AccountId = "99" });

        Assert.True(again.WroteNothing);
        Assert.Equal(1, late.CallsChanged);
        Assert.Equal((ana, 1), Match(Assert.Single(await _host.StoredAsync())));
    }

    [Fact]
    public async Task Book_Changes_MatchStoredCallsAnew()
    {
        await _host.WriteAsync(CallFrom("0501234567", 1), CallFrom("0507654321", 2));

        var ana = await _host.AddAsync(Form("Ana", "0501234567"));
        Assert.Equal([(ana, 1), (null, 0)], (await _host.StoredAsync()).Select(Match));

        var bob = await _host.AddAsync(Form("Bob", "0501234567"));
        Assert.Equal([(null, 2), (null, 0)], (await _host.StoredAsync()).Select(Match));

        Assert.Null((await _host.BookAsync(book => book.ChangeAsync(bob, Form("Bob", "0507654321"), 0))).Error);
        Assert.Equal([(ana, 1), (bob, 1)], (await _host.StoredAsync()).Select(Match));

        Assert.Null((await _host.BookAsync(book => book.MergeAsync(ana, bob))).Error);
        Assert.Equal([(ana, 1), (ana, 1)], (await _host.StoredAsync()).Select(Match));

        var deleted = await _host.BookAsync(book => book.DeleteAsync(ana, 1));
        Assert.Equal([(null, 0), (null, 0)], (await _host.StoredAsync()).Select(Match));

        await _host.BookAsync(book => book.RestoreAsync(deleted.Value));
        Assert.Equal([(ana, 1), (ana, 1)], (await _host.StoredAsync()).Select(Match));
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task Run_ManyCallsOfOneNumber_GoesOnWhereItStopped()
    {
        await _host.WriteAsync([.. Enumerable.Range(0, 4_500).Select(i => CallFrom("0501234567", i, i))]);
        var ana = await _host.AddAsync(Form("Ana", "0501234567"));

        // Two steps with the change, as many again until nothing is left; a crash in between would leave the same rows.
        Assert.Equal(4_000, (await _host.StoredAsync()).Count(call => call.ClientId == ana));
        Assert.Equal(1, await WaitingAsync());
        Assert.True(await _host.MatchAsync());

        Assert.Equal(4_500, (await _host.StoredAsync()).Count(call => call.ClientId == ana));
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task Run_OtherTenantsChanges_Stay()
    {
        await _host.WriteAsync(CallFrom("0501234567", 1));
        await using (var db = _host.Open(_host.Other))
        {
            db.Add(new ClientNumberChange { E164 = 966501234567 });
            await db.SaveChangesAsync();
        }

        await _host.AddAsync(Form("Theirs", "0501234567"), _host.Other);
        await _host.MatchAsync();

        Assert.Equal((null, 0), Match(Assert.Single(await _host.StoredAsync())));
        Assert.Empty(await _host.CallsAsync(new CallFilter { Client = "Theirs" }));
    }

    [Fact]
    public async Task Run_WhileCallsAreWritten_LeavesNoneBehind()
    {
        // Writers and changes of the book at once: whatever the order, every call ends with the book's answer.
        var writing = Task.WhenAll(Enumerable.Range(0, 6).Select(batch => _host.WriteAsync(
            [.. Enumerable.Range(batch * 50, 50).Select(i => CallFrom($"05012345{i % 10}0", i, i))])));
        var adding = Task.WhenAll(Enumerable.Range(0, 10).Select(i => _host.AddAsync(Form($"Client {i}", $"05012345{i}0"))));
        await Task.WhenAll(writing, adding);
        await _host.MatchAsync();

        var calls = await _host.StoredAsync();
        Assert.Equal(300, calls.Count);
        Assert.All(calls, call => Assert.Equal(1, call.ClientCount));
        Assert.All(calls, call => Assert.NotNull(call.ClientId));
    }

    [Fact]
    public async Task ReadOldCalls_StoredBeforeTheColumn_GetTheirNumberAndClient()
    {
        var ana = await _host.AddAsync(Form("Ana", "0501234567"));
        await _host.WriteAsync(CallFrom("0501234567", 1), CallFrom("1001", 2));
        await using (var db = _host.Open())
        {
            await db.Set<Call>().ExecuteUpdateAsync(set => set
                .SetProperty(call => call.OutsideE164, Call.NotRead).SetProperty(call => call.ClientId, (Guid?)null).SetProperty(call => call.ClientCount, 0));
        }

        Assert.True(await _host.WithAsync<ClientMatching, bool>(matching => matching.ReadOldCallsAsync(10, CancellationToken.None), role: null));

        var calls = await _host.StoredAsync();
        Assert.Equal([966501234567, 0], calls.Select(call => call.OutsideE164));
        Assert.Equal([(ana, 1), (null, 0)], calls.Select(Match));
    }

    [Fact]
    public async Task Calls_ByClientAndWholeNumber_AreFound()
    {
        var ana = await _host.AddAsync(Form("أَحمَد المثالي", "0501234567"));
        await _host.AddAsync(Form("Bob", "0501234567"));
        await _host.WriteAsync(CallFrom("0501234567", 1), CallFrom("+971501234567", 2), CallFrom("0507654321", 3));

        Assert.Equal("0501234567", Assert.Single(await _host.CallsAsync(new CallFilter { Client = "احمد" })).FromNumber);
        Assert.Equal("0501234567", Assert.Single(await _host.CallsAsync(new CallFilter { ClientId = ana })).FromNumber);
        Assert.Empty(await _host.CallsAsync(new CallFilter { ClientId = ana }, _host.Other));
        Assert.Equal("0501234567", Assert.Single(await _host.CallsAsync(new CallFilter { Number = "+966 50 123 4567" })).FromNumber);
        Assert.Equal("+971501234567", Assert.Single(await _host.CallsAsync(new CallFilter { Number = "00971501234567" })).FromNumber);
        Assert.Equal(2, (await _host.CallsAsync(new CallFilter { Number = "501234567" })).Count);
        Assert.Equal(3, (await _host.CallsAsync(new CallFilter { Number = "014960000" })).Count);
    }

    private static (Guid? Client, int Count) Match(Call call) => (call.ClientId, call.ClientCount);

    private async Task<int> WaitingAsync()
    {
        await using var db = _host.Open();
        return await db.Set<ClientNumberChange>().CountAsync();
    }
}
