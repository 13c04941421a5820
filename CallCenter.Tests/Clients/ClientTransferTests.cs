using System.Text;
using CallCenter.Core.Audit;
using CallCenter.Core.Clients;
using CallCenter.Core.Files;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;
using static CallCenter.Tests.Clients.BookHost;

namespace CallCenter.Tests.Clients;

public sealed class ClientTransferTests : IAsyncLifetime
{
    private const string File =
        "Full name;Company;Mobile;Office phone;Tags;Notes\r\n" +
        "Ana;Harbour;050 123 4567;;VIP;First\r\n" +
        "منى;;٠٥٠٧٦٥٤٣٢١;+44 20 7946 0018;مهم;\r\n" +
        ";;0501111111;;;\r\n" +
        "Bob;;1001;;;\r\n" +
        "Cleo;;;;;\r\n" +
        "Ana again;;+966501234567;;;\r\n";

    private BookHost _host = null!;

    public async Task InitializeAsync() => _host = await StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Preview_File_SaysWhatBecomesOfEachLineAndStoresNothing()
    {
        var lines = await PreviewAsync(File);

        Assert.Equal(
            [
                (2, ClientImportAct.Create, null), (3, ClientImportAct.Create, null), (4, ClientImportAct.Refuse, "clients.name_missing"),
                (5, ClientImportAct.Refuse, "clients.number_wrong"), (6, ClientImportAct.Refuse, "clients.import_no_number"), (7, ClientImportAct.Refuse, "clients.import_repeated"),
            ],
            lines.Select(line => (line.Line, line.Act, line.Errors.Count > 0 ? line.Errors[0].Code : null)));
        await using var db = _host.Open();
        Assert.Equal(0, await db.Set<Client>().CountAsync());
    }

    [Fact]
    public async Task Import_Twice_AddsNothingTheSecondTimeAndAuditsBoth()
    {
        var first = await ImportAsync(File, KnownClientRule.Skip);
        var second = await ImportAsync(File, KnownClientRule.Skip);

        Assert.Equal(2, first.Count(line => line.Act == ClientImportAct.Create));
        Assert.Equal(2, second.Count(line => line.Act == ClientImportAct.Skip));
        await using var db = _host.Open();
        Assert.Equal(2, await db.Set<Client>().CountAsync());
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == ClientAuditActions.Imported));
    }

    [Fact]
    public async Task Import_Update_AddsToTheKnownClientAndRefusesTheAmbiguous()
    {
        var known = await _host.AddAsync(Form("Old name", "0501234567"));
        await _host.AddAsync(Form("One", "0507654321"));
        await _host.AddAsync(Form("Two", "0507654321"));

        var lines = await ImportAsync(File, KnownClientRule.Update);

        Assert.Equal(ClientImportAct.Update, lines[0].Act);
        Assert.Equal((ClientImportAct.Refuse, "clients.import_ambiguous"), (lines[1].Act, lines[1].Errors[0].Code));
        var client = (await _host.BookAsync(book => book.FindAsync(known))).Value;
        Assert.Equal(("Ana", "Harbour", "First", "VIP"), (client.Form.Name, client.Form.Company, client.Form.Note, Assert.Single(client.Tags)));
        Assert.Equal([966501234567], client.Numbers.Select(number => number.E164));
    }

    [Fact]
    public async Task Import_Large_ReportsProgressAndMatchesCalls()
    {
        await _host.WriteAsync(CallFrom("0501230007", 1));
        var text = "name,number\n" + string.Join('\n', Enumerable.Range(0, 450).Select(i => $"Client {i},05012{30000 + i:00000}"));
        var progress = new List<int>();

        var lines = await PreviewAsync(text);
        var imported = await TransferAsync(transfer => transfer.ImportAsync(lines, KnownClientRule.Skip, progress.Add));

        Assert.Equal([200, 400, 450], progress);
        Assert.All(imported.Value, line => Assert.Equal(ClientImportAct.Create, line.Act));
        Assert.Equal("Client 7", Assert.Single(Assert.Single(await _host.CallsAsync()).Clients).Name);
    }

    [Fact]
    public async Task Preview_WithoutANumberColumn_IsRefused() =>
        Assert.Equal(
            ClientImportErrors.Columns,
            (await TransferAsync(transfer => transfer.PreviewAsync(CsvText.Read(File, 100).Value, [ClientColumn.Name], KnownClientRule.Skip))).Error);

    [Fact]
    public async Task Everything_WithoutPermission_IsDenied()
    {
        await using var scope = new NobodyScope(_host);

        Assert.Equal(AccessErrors.Denied, (await scope.Transfer.PreviewAsync(CsvText.Read(File, 100).Value, [], KnownClientRule.Skip)).Error);
        Assert.Equal(AccessErrors.Denied, (await scope.Transfer.ImportAsync([], KnownClientRule.Skip)).Error);
        Assert.Equal(AccessErrors.Denied, (await scope.Transfer.ExportAsync(Stream.Null, ["a"])).Error);
        Assert.Equal(
            AccessErrors.Denied,
            (await _host.WithAsync<IClientTransfer, Result>(transfer => transfer.ExportAsync(Stream.Null, ["a"]), role: TenantRole.Agent)).Error);
    }

    [Fact]
    public async Task Export_Book_IsSafeInASpreadsheetAndReadsBack()
    {
        var form = Form("=HYPERLINK(\"http://x\")", "0501234567", "+44 20 7946 0018");
        (form.Company, form.Note, form.Tags) = ("@company", "-1+2, \"quoted\"", "مهم");
        await _host.AddAsync(form);
        await _host.AddAsync(Form("Theirs", "0507654321"), _host.Other);
        using var file = new MemoryStream();

        Assert.Null((await TransferAsync(transfer => transfer.ExportAsync(file, ["Name", "Company", "Numbers", "Tags", "Note"]))).Error);

        var bytes = file.ToArray();
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var text = Encoding.UTF8.GetString(bytes[3..]);
        Assert.Equal(
            "\"Name\",\"Company\",\"Numbers\",\"Tags\",\"Note\"\r\n\"'=HYPERLINK(\"\"http://x\"\")\",\"'@company\",\"+966 50 123 4567; +44 20 7946 0018\",\"مهم\",\"'-1+2, \"\"quoted\"\"\"\r\n",
            text);
        var line = ClientColumns.Read(CsvText.Read(bytes, 10).Value.Records[1], [ClientColumn.Name, ClientColumn.Company, ClientColumn.Number, ClientColumn.Tags, ClientColumn.Note]);
        Assert.Equal((form.Name, form.Company, form.Note), (line.Name, line.Company, line.Note));
        Assert.Equal(2, line.Numbers.Count);
    }

    [Fact]
    public void Guess_Headings_OfBothLanguages()
    {
        Assert.Equal(
            [ClientColumn.Name, ClientColumn.Company, ClientColumn.Number, ClientColumn.Number, ClientColumn.Tags, ClientColumn.Note, ClientColumn.None],
            ClientColumns.Guess(["Full name", "Company name", "Mobile", "Phone 2", "Tags", "Notes", "Birthday"]));
        Assert.Equal(
            [ClientColumn.Name, ClientColumn.Company, ClientColumn.Number, ClientColumn.Note],
            ClientColumns.Guess(["الاسم", "الشركة", "رقم الجوال", "ملاحظات"]));
    }

    private Task<T> TransferAsync<T>(Func<IClientTransfer, Task<T>> act) => _host.WithAsync(act);

    private async Task<IReadOnlyList<ClientImportLine>> PreviewAsync(string text, KnownClientRule rule = KnownClientRule.Skip)
    {
        var file = CsvText.Read(text, 2_001).Value;
        return (await TransferAsync(transfer => transfer.PreviewAsync(file, ClientColumns.Guess(file.Records[0].Fields), rule))).Value;
    }

    private async Task<IReadOnlyList<ClientImportLine>> ImportAsync(string text, KnownClientRule rule)
    {
        var lines = await PreviewAsync(text, rule);
        return (await TransferAsync(transfer => transfer.ImportAsync(lines, rule))).Value;
    }
}
