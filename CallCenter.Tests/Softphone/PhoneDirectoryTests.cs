using CallCenter.Core.Clients;
using CallCenter.Core.Extensions;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Tests.Work;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Softphone;

public sealed class PhoneDirectoryTests : IAsyncLifetime
{
    private static readonly Guid Nora = Guid.NewGuid();
    private WorkHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await WorkHost.CreateAsync();
        await _host.HoldAsync("1001", Nora, Noon.AddDays(-1));
        await _host.SaveAsync(db =>
        {
            foreach (var (number, name, status) in new[] { ("1001", "Nora Quinn", LineStatus.Idle), ("1002", "Mona Salem", LineStatus.InUse), ("1003", "Liam Byrne", LineStatus.Idle) })
            {
                var extension = Extension.Find(WorkHost.Pbx, number, new ExtensionProfile { Name = name }, Noon);
                extension.Assign(number == "1001" ? Nora : null);
                db.Add(extension);
                db.Add(new ExtensionPresence { ExtensionId = extension.Id, Status = status });
            }

            return Task.CompletedTask;
        });
        await using var person = Me();
        var clients = person.Get<IClients>();
        Assert.Null((await clients.CreateAsync(Form("مؤسسة النور", "+353 20 910 0123"))).Error);
        Assert.Null((await clients.CreateAsync(Form("Salem Trading", "+353 1 496 0000"))).Error);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("1002", "1002")]
    [InlineData("١٠٠٢", "1002")]
    [InlineData("020 910 0123", "+353209100123")]
    [InlineData("00353209100123", "+353209100123")]
    [InlineData("٠٢٠٩١٠٠١٢٣", "+353209100123")]
    [InlineData("0123", "+353209100123")]
    [InlineData("مؤسسه", "+353209100123")]
    [InlineData("liam", "1003")]
    public async Task Search_AnySpelling_FindsItFirst(string text, string number)
    {
        await using var person = Me();

        Assert.Equal(number, (await person.Get<IPhoneDirectory>().SearchAsync(text)).Value[0].Number);
    }

    [Fact]
    public async Task Search_NameOfBoth_TellsWhoIsFreeAndFindsEachOnce()
    {
        await using var person = Me();
        await person.Get<IPhoneCalls>().ReportAsync([new("c1", null, PhoneDirection.Out, "014960000", null, PhoneCallState.Active, Noon, null)]);

        var hits = (await person.Get<IPhoneDirectory>().SearchAsync("salem")).Value;

        Assert.Equal([("+35314960000", PhoneHitKind.Client, null), ("1002", PhoneHitKind.Extension, (LineStatus?)LineStatus.InUse)], hits.Select(hit => (hit.Number, hit.Kind, hit.Line)));
        Assert.Equal((Noon, false), (hits[0].LastCallUtc, hits[1].IsFree));
        Assert.Equal(["014960000"], (await person.Get<IPhoneDirectory>().SearchAsync(" ")).Value.Select(hit => hit.Number));
    }

    [Fact]
    public async Task Colleagues_FreeOnesFirstAndNotOneself()
    {
        await using var person = Me();

        var hits = (await person.Get<IPhoneDirectory>().ListColleaguesAsync()).Value;

        Assert.Equal([("1003", true), ("1002", false)], hits.Select(hit => (hit.Number, hit.IsFree)));
    }

    [Fact]
    public async Task Search_OfAnotherTenant_FindsNothingOfOurs()
    {
        await using var stranger = _host.As(TenantRole.Owner, _host.Other);

        Assert.Empty((await stranger.Get<IPhoneDirectory>().ListColleaguesAsync()).Value);
        Assert.Empty((await stranger.Get<IPhoneDirectory>().SearchAsync("1002")).Value);
        Assert.Empty((await stranger.Get<IPhoneDirectory>().WhoIsAsync("020 910 0123")).Value.Clients);
        Assert.Null((await stranger.Get<IPhoneDirectory>().WhoIsAsync("1002")).Value.Extension);
    }

    [Fact]
    public async Task WhoIs_ClientsNumber_TellsClientsCallsAndNotesInReach()
    {
        await using var person = Me();
        await person.Get<IClients>().CreateAsync(Form("Second owner", "020 9100123"));
        await _host.WriteAsync([Leg(), Leg("1772452900.2", "2", second: 100, answeredBy: "1002")]);
        var mine = (await _host.CallsAsync())[0];
        await person.Get<ICallWork>().AddNoteAsync(mine.Id, "call her back");

        var who = (await person.Get<IPhoneDirectory>().WhoIsAsync("(020) 910-0123")).Value;

        Assert.Equal(353209100123, who.E164);
        Assert.Equal(["Second owner", "مؤسسة النور"], who.Clients.Select(client => client.Name).Order(StringComparer.Ordinal));
        Assert.Equal([mine.Id], who.Calls.Select(call => call.Id));
        Assert.Equal("call her back", Assert.Single(who.Notes).Text);
        Assert.Equal(("1003", LineStatus.Idle), ((await person.Get<IPhoneDirectory>().WhoIsAsync("1003")).Value.Extension is { } line ? (line.Number, line.Line) : default));
    }

    [Fact]
    public async Task Favourites_AddOrderRemove_AreOnesOwn()
    {
        await using var person = Me();
        var directory = person.Get<IPhoneDirectory>();
        var liam = (await directory.AddFavouriteAsync("1003", "")).Value;
        var client = (await directory.AddFavouriteAsync("020 910 0123", "")).Value;
        var named = (await directory.AddFavouriteAsync("*98", "Mailbox")).Value;
        Assert.Equal(client, (await directory.AddFavouriteAsync("+353 20 910 0123", "")).Value);
        Assert.Equal(PhoneErrors.NumberInvalid, (await directory.AddFavouriteAsync("no number", "")).Error);

        await directory.OrderFavouritesAsync([named, liam]);

        Assert.Equal(
            [("*98", "Mailbox", null), ("1003", "Liam Byrne", (LineStatus?)LineStatus.Idle), ("+353209100123", "مؤسسة النور", null)],
            (await directory.ListFavouritesAsync()).Value.Select(row => (row.Number, row.Name, row.Line)));
        await using var colleague = _host.As(TenantRole.Agent);
        await colleague.Get<IPhoneDirectory>().RemoveFavouriteAsync(liam);
        Assert.Empty((await colleague.Get<IPhoneDirectory>().ListFavouritesAsync()).Value);
        await directory.RemoveFavouriteAsync(named);
        Assert.Equal(2, (await directory.ListFavouritesAsync()).Value.Count);
    }

    private static ClientForm Form(string name, string number)
    {
        var form = new ClientForm { Name = name };
        form.Numbers.Clear();
        form.Numbers.Add(new ClientNumberForm { Number = number });
        return form;
    }

    private WorkHost.Person Me() => _host.As(TenantRole.Agent, userId: Nora);
}
