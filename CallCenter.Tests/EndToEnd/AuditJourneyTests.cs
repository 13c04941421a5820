using CallCenter.Web.Resources;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The audit page finds what was altered behind the portal's back.</summary>
[Collection(PagesCollection.Name)]
public sealed class AuditJourneyTests(EndToEndFixture fixture)
{
    private const string ThirdOfRiyadh = """
        "Sequence" = 3 AND "TenantId" = (SELECT "Id" FROM "Tenants" WHERE "Slug" = 'riyadh')
        """;

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task VerifyChain_EntryAlteredInTheDatabase_NamesItAndIsWholeWhenMended(string language)
    {
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync("owner@riyadh.example");
        await visitor.OpenAsync("/riyadh/audit");
        var page = visitor.Page;
        var verify = page.GetByRole(AriaRole.Button, new() { Name = words.Of<AuditText>("Verify") });
        var original = await ReadNameAsync();

        await WriteNameAsync("someone else");
        try
        {
            await verify.ClickAsync();
            await Expect(page.GetByText(words.Of<AuditText>("Break.Changed"))).ToBeVisibleAsync();
            await visitor.CheckPageAsync("audit with a break");
        }
        finally
        {
            await WriteNameAsync(original);
        }

        await verify.ClickAsync();
        await Expect(page.GetByText(words.Of<AuditText>("Break.Changed"))).ToHaveCountAsync(0);
        await Expect(page.GetByText(words.Of<AuditText>("Intact", "").Trim())).ToBeVisibleAsync();
    }

    private async Task<string> ReadNameAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT \"SubjectName\" FROM \"AuditEntries\" WHERE {ThirdOfRiyadh}", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task WriteNameAsync(string name)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(
            $"ALTER TABLE \"AuditEntries\" DISABLE TRIGGER ALL; UPDATE \"AuditEntries\" SET \"SubjectName\" = '{name}' WHERE {ThirdOfRiyadh}; ALTER TABLE \"AuditEntries\" ENABLE TRIGGER ALL",
            connection);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(fixture.Portal.Database.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
