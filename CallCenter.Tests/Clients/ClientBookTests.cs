using CallCenter.Core.Audit;
using CallCenter.Core.Clients;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;
using static CallCenter.Tests.Clients.BookHost;

namespace CallCenter.Tests.Clients;

public sealed class ClientBookTests : IAsyncLifetime
{
    private BookHost _host = null!;

    public async Task InitializeAsync() => _host = await StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Everything_OtherTenantsClient_IsNotFound()
    {
        var id = await _host.AddAsync(Form("Ana", "0501234567"));

        Assert.Equal(ClientErrors.NotFound, (await _host.BookAsync(book => book.FindAsync(id), _host.Other)).Error);
        Assert.Equal(ClientErrors.NotFound, (await _host.BookAsync(book => book.ChangeAsync(id, Form("Mine"), 0), _host.Other)).Error);
        Assert.Equal(ClientErrors.NotFound, (await _host.BookAsync(book => book.DeleteAsync(id, 0), _host.Other)).Error);
        Assert.Equal(ClientErrors.NotFound, (await _host.BookAsync(book => book.MergeAsync(Guid.NewGuid(), id), _host.Other)).Error);
        Assert.Empty((await SearchAsync(ClientFilter.None, tenant: _host.Other)).Rows);
        Assert.Equal("Ana", (await FindAsync(id)).DisplayName);
    }

    [Fact]
    public async Task Everything_WithoutPermission_IsDenied()
    {
        await using var scope = new NobodyScope(_host);

        Assert.Equal(AccessErrors.Denied, (await scope.Book.SearchAsync(ClientFilter.None)).Error);
        Assert.Equal(AccessErrors.Denied, (await scope.Book.FindAsync(Guid.NewGuid())).Error);
        Assert.Equal(AccessErrors.Denied, (await scope.Book.ListTagsAsync()).Error);
        Assert.Equal(AccessErrors.Denied, (await scope.Book.CreateAsync(Form("x"))).Error);
        Assert.Equal(AccessErrors.Denied, (await scope.Book.ChangeAsync(Guid.NewGuid(), Form("x"), 0)).Error);
        Assert.Equal(AccessErrors.Denied, (await scope.Book.DeleteAsync(Guid.NewGuid(), 0)).Error);
        Assert.Equal(AccessErrors.Denied, (await scope.Book.MergeAsync(Guid.NewGuid(), Guid.NewGuid())).Error);
        Assert.Equal(AccessErrors.Denied, (await scope.Book.RestoreAsync(new DeletedClient(Guid.NewGuid(), Form("x"), DateTime.UnixEpoch))).Error);
    }

    [Fact]
    public async Task Create_AnySpelling_IsStoredAsOneNumberAndAudited()
    {
        var form = Form("  منى   المثالية ", "٠٥٠ ١٢٣ ٤٥٦٧", "+44 (0)20 7946 0018");
        form.Tags = "VIP، مهم, vip";

        var client = await FindAsync(await _host.AddAsync(form));

        Assert.Equal([966501234567, 442079460018], client.Numbers.Select(number => number.E164));
        Assert.Equal("منى المثالية", client.Form.Name);
        Assert.Equal(2, client.Tags.Count);
        await using var db = _host.Open();
        Assert.Equal([ClientAuditActions.Created], await db.Set<AuditEntry>().Select(entry => entry.Action).ToListAsync());
    }

    [Theory]
    [InlineData("", "", "0501234567", "clients.name_missing", "Name")]
    [InlineData("Ana", "", "1001", "clients.number_wrong", "Numbers[0]")]
    [InlineData("Ana", "", "+966501234567|0501234567", "clients.number_twice", "Numbers[1]")]
    public async Task Create_WrongForm_NamesTheField(string name, string company, string numbers, string code, string field)
    {
        var form = Form(name, numbers.Split('|'));
        form.Company = company;

        var error = (await _host.BookAsync(book => book.CreateAsync(form))).Error!;

        Assert.Equal((code, field), (error.Code, error.Field));
    }

    [Theory]
    [InlineData("منى", 1)]
    [InlineData("مني المثاليه", 1)]
    [InlineData("مُنَى", 1)]
    [InlineData("harbour", 1)]
    [InlineData("HARBOUR ana", 1)]
    [InlineData("vip", 1)]
    [InlineData("+966 50 123 4567", 1)]
    [InlineData("0501234567", 1)]
    [InlineData("00966501234567", 1)]
    [InlineData("٤٥٦٧", 1)]
    [InlineData("4567", 1)]
    [InlineData("+971501234567", 0)]
    [InlineData("nobody", 0)]
    [InlineData("100%", 0)]
    public async Task Search_AnySpelling_Finds(string text, int expected)
    {
        await _host.AddAsync(Form("منى المثالية", "0501234567"));
        var ana = Form("Ana", "+442079460018");
        (ana.Company, ana.Tags) = ("Harbour & Hill", "VIP");
        await _host.AddAsync(ana);

        Assert.Equal(expected, (await SearchAsync(new ClientFilter { Text = text })).Total);
    }

    [Fact]
    public async Task Search_PageByPage_ShowsEachOnceInOrderInBothDirections()
    {
        for (var i = 0; i < 23; i++)
        {
            await _host.AddAsync(Form($"Name {i % 7}"));
        }

        var down = new List<ClientRow>();
        var page = await SearchAsync(ClientFilter.None, count: 5);
        Assert.Null(page.Newer);
        down.AddRange(page.Rows);
        while (page.Older is { } next)
        {
            page = await SearchAsync(ClientFilter.None, next, 5);
            down.AddRange(page.Rows);
        }

        var up = new List<ClientRow>(page.Rows.Reverse());
        while (page.Newer is { } previous)
        {
            page = await SearchAsync(ClientFilter.None, previous, 5);
            up.AddRange(page.Rows.Reverse());
        }

        Assert.Equal(23, down.Select(row => row.Id).Distinct().Count());
        Assert.Equal(down.Select(row => row.Name).Order(StringComparer.Ordinal), down.Select(row => row.Name));
        Assert.Equal(down.Select(row => row.Id).Order(), up.Select(row => row.Id).Distinct().Order());
        Assert.Equal(5, (await SearchAsync(ClientFilter.None, "garbage", 5)).Rows.Count);
    }

    [Fact]
    public async Task SharedNumber_OfTwoClients_IsAllowedAndShown()
    {
        var first = await _host.AddAsync(Form("Ana", "0501234567"));
        var second = await _host.AddAsync(Form("Bob", "+966501234567"));
        await _host.AddAsync(Form("Carl", "0507654321"));

        Assert.Equal([second], (await FindAsync(first)).Numbers[0].Others.Select(other => other.Id));
        Assert.Equal([first, second], (await SearchAsync(new ClientFilter { SharedOnly = true })).Rows.Select(row => row.Id));
    }

    [Fact]
    public async Task Change_OldVersion_IsRefusedAndNewOneIsKept()
    {
        var id = await _host.AddAsync(Form("Ana", "0501234567"));

        Assert.Null((await _host.BookAsync(book => book.ChangeAsync(id, Form("Ana B", "0507654321"), 0))).Error);
        Assert.Equal(ClientErrors.Changed, (await _host.BookAsync(book => book.ChangeAsync(id, Form("Ana C"), 0))).Error);

        var client = await FindAsync(id);
        Assert.Equal("Ana B", client.DisplayName);
        Assert.Equal([966507654321], client.Numbers.Select(number => number.E164));
        Assert.Equal(1, client.Version);
    }

    [Fact]
    public async Task Delete_ThenRestore_BringsAllOfItBack()
    {
        var form = Form("Ana", "0501234567");
        (form.Note, form.Tags) = ("Calls on Mondays", "VIP");
        var id = await _host.AddAsync(form);

        var deleted = (await _host.BookAsync(book => book.DeleteAsync(id, 0))).Value;
        Assert.Equal(ClientErrors.NotFound, (await _host.BookAsync(book => book.FindAsync(id))).Error);
        Assert.Null((await _host.BookAsync(book => book.RestoreAsync(deleted))).Error);
        Assert.Null((await _host.BookAsync(book => book.RestoreAsync(deleted))).Error);

        var client = await FindAsync(id);
        Assert.Equal(("Ana", "Calls on Mondays", "VIP"), (client.Form.Name, client.Form.Note, Assert.Single(client.Tags)));
        Assert.Equal([966501234567], client.Numbers.Select(number => number.E164));
    }

    [Fact]
    public async Task Merge_Two_KeepsTheFirstAndAddsTheSecond()
    {
        var kept = await _host.AddAsync(Form("Ana", "0501234567"));
        var other = Form("", "+966501234567", "0507654321");
        (other.Company, other.Note, other.Tags) = ("Harbour", "Second", "VIP");
        var gone = await _host.AddAsync(other);

        Assert.Equal(ClientErrors.MergeWithItself, (await _host.BookAsync(book => book.MergeAsync(kept, kept))).Error);
        Assert.Null((await _host.BookAsync(book => book.MergeAsync(kept, gone))).Error);

        var client = await FindAsync(kept);
        Assert.Equal(("Ana", "Harbour", "Second", "VIP"), (client.Form.Name, client.Form.Company, client.Form.Note, Assert.Single(client.Tags)));
        Assert.Equal([966501234567, 966507654321], client.Numbers.Select(number => number.E164));
        Assert.Equal(1, (await SearchAsync(ClientFilter.None)).Total);
    }

    private async Task<ClientDetail> FindAsync(Guid id)
    {
        var found = await _host.BookAsync(book => book.FindAsync(id));
        Assert.Null(found.Error);
        return found.Value;
    }

    private async Task<KeysetPage<ClientRow>> SearchAsync(ClientFilter filter, string? cursor = null, int count = 50, TenantInfo? tenant = null) =>
        (await _host.BookAsync(book => book.SearchAsync(filter, cursor, count), tenant)).Value;
}
