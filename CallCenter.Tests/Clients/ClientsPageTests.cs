using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Clients;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Clients;

public sealed class ClientsPageTests : PortalContext
{
    private readonly IClients _clients = Substitute.For<IClients>();
    private readonly ClientRow _row = new(Guid.NewGuid(), "منى المثالية", "Harbour", [966501234567, 442079460018, 12025550100], ["VIP"], Now.AddMinutes(-2));

    public ClientsPageTests()
    {
        Services.AddSingleton(_clients).AddSingleton(Substitute.For<ICallLog>());
        _clients.ListTagsAsync(default).ReturnsForAnyArgs<Task<Result<IReadOnlyList<string>>>>(_ => Task.FromResult<Result<IReadOnlyList<string>>>(new[] { "VIP" }));
        Show(_row);
    }

    [Fact]
    public void Render_Clients_ShowsNumbersTagsAndLastCall()
    {
        EnterAs(TenantRole.Agent);

        var row = Render<ClientsPage>(page => page.Add(p => p.Slug, "riyadh")).Find("tbody tr");

        Assert.Contains("منى المثالية", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("+966 50 123 4567", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("and 1 more", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 min ago", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_AsAgent_OffersNoImportOrExport()
    {
        EnterAs(TenantRole.Agent);

        var page = Render<ClientsPage>(p => p.Add(c => c.Slug, "riyadh"));

        Assert.Empty(page.FindAll("a[href$='/clients/import'], a[href$='export.csv']"));
        Assert.Single(page.FindAll(".page-actions .btn-primary"));
    }

    [Fact]
    public void Render_ReadingFails_SaysSoAndTriesAgain()
    {
        EnterAs(TenantRole.Agent);
        _clients.SearchAsync(default!).ReturnsForAnyArgs<Task<Result<KeysetPage<ClientRow>>>>(_ => Task.FromResult<Result<KeysetPage<ClientRow>>>(AccessErrors.Denied));
        var page = Render<ClientsPage>(p => p.Add(c => c.Slug, "riyadh"));
        Assert.Single(page.FindAll(".failed"));

        Show(_row);
        page.Find(".failed button").Click();

        Assert.Single(page.FindAll("tbody tr"));
    }

    [Fact]
    public void Render_NoClients_TeachesTheNextStep()
    {
        EnterAs(TenantRole.Agent);
        Show();

        Assert.Contains("Add as client", Render<ClientsPage>(p => p.Add(c => c.Slug, "riyadh")).Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Address_NewNumber_OpensTheFormWithItAndKeepsWhatIsRefused()
    {
        EnterAs(TenantRole.Agent);
        _clients.CreateAsync(default!).ReturnsForAnyArgs<Task<Result<Guid>>>(_ => Task.FromResult<Result<Guid>>(ClientErrors.NumberWrong with { Field = "Numbers[0]" }));
        Navigation.NavigateTo("riyadh/clients?new=%2B966501234567&name=Ana");
        var page = Render<ClientsPage>(p => p.Add(c => c.Slug, "riyadh"));
        Assert.Equal("+966501234567", page.Find("#client-number-0").GetAttribute("value"));
        Assert.Equal("Ana", page.Find("#client-name").GetAttribute("value"));

        page.Find("dialog form").Submit();

        Assert.Equal("true", page.Find("#client-number-0").GetAttribute("aria-invalid"));
        Assert.Equal("Ana", page.Find("#client-name").GetAttribute("value"));
    }

    private void Show(params ClientRow[] rows) => _clients.SearchAsync(default!).ReturnsForAnyArgs<Task<Result<KeysetPage<ClientRow>>>>(
        _ => Task.FromResult<Result<KeysetPage<ClientRow>>>(new KeysetPage<ClientRow>(rows, null, null, rows.Length, 10_000)));
}
