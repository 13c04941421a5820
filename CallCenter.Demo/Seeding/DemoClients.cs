using System.Globalization;
using CallCenter.Core.Clients;
using CallCenter.Core.Files;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Demo.Seeding;

/// <summary>
/// The client books of the demo: made-up people and companies with numbers that the call generator uses, brought in as a file,
/// and a few more who share a number with one of them.
/// </summary>
internal sealed class DemoClients(IServiceProvider services)
{
    private static readonly string[] EnglishFirst = ["Aidan", "Bronagh", "Colm", "Deirdre", "Eoin", "Fionnuala", "Garrett", "Helen", "Ivan", "Joan", "Kieran", "Laura", "Marta", "Nuala"];
    private static readonly string[] EnglishLast = ["Sample", "Example", "Testerly", "Mockford", "Placeholder", "Fictley"];
    private static readonly string[] EnglishCompanies = ["Harbour & Hill Example Ltd", "Samplewood Dairy", "Fictional Freight", "Mock Orchard Foods", "", "Exampleton Clinic", ""];
    private static readonly string[] ArabicFirst = ["أحمد", "آلاء", "إبراهيم", "منى", "عبد الرحمن", "فاطمة", "يوسف", "هدى", "سلمان", "نورة", "ماجد", "ليلى"];
    private static readonly string[] ArabicLast = ["المثالي", "النموذجي", "التجريبي", "الافتراضي", "المفترض"];
    private static readonly string[] ArabicCompanies = ["شركة المثال للتجارة", "مؤسسة النموذج الحديثة", "", "عيادات التجربة", "مصنع الافتراض للأغذية", ""];
    private static readonly string[] EnglishTags = ["VIP", "supplier", "monthly account", "", ""];
    private static readonly string[] ArabicTags = ["مهم", "مورّد", "عقد سنوي", "", ""];

    /// <summary>Fills the book of the entered tenant.</summary>
    public async Task FillAsync(DemoTenant tenant, CancellationToken cancellationToken)
    {
        var transfer = services.GetRequiredService<IClientTransfer>();
        var file = CsvText.Read(FileOf(tenant), 200);
        DemoSeed.Check(file.Error, $"read the clients of {tenant.Slug}");
        var lines = await transfer.PreviewAsync(
            file.Value, [ClientColumn.Name, ClientColumn.Company, ClientColumn.Number, ClientColumn.Tags], KnownClientRule.Skip, cancellationToken);
        DemoSeed.Check(lines.Error, $"look at the clients of {tenant.Slug}");
        DemoSeed.Check((await transfer.ImportAsync(lines.Value, KnownClientRule.Skip, cancellationToken: cancellationToken)).Error, $"import the clients of {tenant.Slug}");
        foreach (var form in SharersOf(tenant))
        {
            DemoSeed.Check((await services.GetRequiredService<IClients>().CreateAsync(form, cancellationToken)).Error, $"add a client of {tenant.Slug}");
        }
    }

    private static string FileOf(DemoTenant tenant)
    {
        var isArabic = tenant == DemoPlan.Riyadh;
        var (first, last, companies, tags) = isArabic ? (ArabicFirst, ArabicLast, ArabicCompanies, ArabicTags) : (EnglishFirst, EnglishLast, EnglishCompanies, EnglishTags);
        var lines = Enumerable.Range(0, 70).Select(i =>
            $"{first[i % first.Length]} {last[(i / 2) % last.Length]},{companies[i % companies.Length]},{NumberOf(isArabic, i)},{tags[i % tags.Length]}");
        return "name,company,number,tags\n" + string.Join('\n', lines) + "\n";
    }

    // As people write them: at home, with 00, with plus and spaces.
    private static string NumberOf(bool isArabic, int i)
    {
        var two = i.ToString("00", CultureInfo.InvariantCulture);
        return (isArabic, i % 3) switch
        {
            (true, 0) => $"800 555 01{two}",
            (true, 1) => $"00966 800 555 01{two}",
            (true, _) => $"+966 800 555 01{two}; +1 202-555-01{two}",
            (false, 0) => $"001 202 555 01{two}",
            (false, 1) => $"+1 (202) 555-01{two}",
            (false, _) => $"+1.202.555.01{two}; +44 7700 9001{two}",
        };
    }

    private static IEnumerable<ClientForm> SharersOf(DemoTenant tenant) => tenant == DemoPlan.Riyadh
        ?
        [
            new ClientForm { Name = "سارة المثالية", Company = "شركة المثال للتجارة", Note = "ترد من سنترال الشركة نفسه.", Numbers = { new() { Number = "8005550100", Label = "السنترال" } } },
            new ClientForm { Name = "Omar Example", Tags = "مهم", Numbers = { new() { Number = "8005550103" }, new() { Number = "+44 7700 900123", Label = "UK" } } },
        ]
        :
        [
            new ClientForm { Name = "Ruth Sample", Company = "Harbour & Hill Example Ltd", Note = "Answers at the same switchboard.", Numbers = { new() { Number = "+1 202 555 0100", Label = "switchboard" } } },
            new ClientForm { Name = "منى المثالية", Tags = "VIP", Numbers = { new() { Number = "+1 202 555 0103" }, new() { Number = "+353 20 910 0123", Label = "home" } } },
        ];
}
