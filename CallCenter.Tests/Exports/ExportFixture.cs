using System.Text;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Exports;
using CallCenter.Tests.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Exports;

/// <summary>The real services of exports on a database and a folder of their own, with a manager who asks.</summary>
internal sealed class ExportFixture : IAsyncDisposable
{
    private ExportFixture(IdentityFixture identity, TenantInfo tenant, Guid manager, string folder)
    {
        Identity = identity;
        Tenant = tenant;
        Manager = manager;
        Folder = folder;
    }

    public IdentityFixture Identity { get; }

    public TenantInfo Tenant { get; }

    public Guid Manager { get; }

    public string Folder { get; }

    public static async Task<ExportFixture> CreateAsync(Action<IServiceCollection>? configure = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("callcenter-exports-").FullName, "files");
        var values = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["Exports:Folder"] = settings?.GetValueOrDefault("Exports:Folder") ?? folder };
        var identity = await IdentityFixture.CreateAsync(values, configure);
        var tenant = await identity.Database.AddTenantAsync("riyadh", "Asia/Riyadh", "SA", "ar");
        var manager = await identity.AddPersonAsync(tenant, "mona", TenantRole.Manager);
        return new ExportFixture(identity, tenant, manager, folder);
    }

    /// <summary>Answered inbound calls, one a second from <paramref name="from"/> on.</summary>
    public static Task AddCallsAsync(Support.TestDatabase database, Guid tenantId, int count, DateTime from, string fromNumber = "0501234567")
    {
        var text = from.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) + "+00";
        return ExecuteAsync(database, $"""
            INSERT INTO "Calls" ("Id", "TenantId", "PbxId", "CallKey", "StartedAtUtc", "EndedAtUtc", "AnsweredAtUtc", "Direction", "Outcome", "FromNumber", "FromName", "ToNumber", "AnsweredBy",
              "Via", "Queue", "Ivr", "Path", "Trunk", "DurationSeconds", "WaitSeconds", "TalkSeconds", "HungUpBy", "TransferCount", "RulesVersion", "LegCount", "HasRecording", "FailureReason",
              "FromTail", "ToTail", "AnsweredByTail", "OutsideE164", "ClientCount")
            SELECT gen_random_uuid(), '{tenantId}', '{Guid.Empty}', 'k' || i, at, at + interval '75 second', at + interval '10 second', {(int)CallDirection.Inbound}, {(int)CallOutcome.Answered}, '{fromNumber}', 'عميل ' || i, '0112345678', '1001',
              '6500', '6500', '', 'Q6500 A1001', 'ITSP', 75, 10, 65, 1, 0, 1, 1, true, '', {NumberTail.Of(fromNumber)}, 0, 0, 0, 0
            FROM generate_series(0, {count - 1}) AS i, LATERAL (SELECT timestamptz '{text}' + i * interval '1 second' AS at) AS t
            """);
    }

    public static async Task ExecuteAsync(Support.TestDatabase database, string sql)
    {
        await using var db = database.Global().CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    public AsyncServiceScope As(TenantRole role = TenantRole.Manager, Guid? userId = null) => Identity.As(Tenant, role, userId ?? Manager);

    public async Task<T> WithAsync<T>(Func<IExports, Task<T>> act, TenantRole role = TenantRole.Manager, Guid? userId = null)
    {
        await using var scope = As(role, userId);
        return await act(scope.ServiceProvider.GetRequiredService<IExports>());
    }

    public async Task<Guid> StartAsync(ExportFormat format = ExportFormat.Csv, string filter = "", string language = "en") =>
        (await WithAsync(exports => exports.StartAsync(new ExportOrder(ExportKind.Calls, format, filter, language)))).Value;

    public Task RunAsync() => Identity.Services.GetRequiredService<ExportRunner>().RunDueAsync(Tenant, CancellationToken.None);

    public async Task<ExportRow> RowAsync(Guid id) => (await WithAsync(exports => exports.FindAsync(id))).Value;

    public async Task<byte[]> DownloadAsync(Guid id)
    {
        var opened = await WithAsync(exports => exports.OpenAsync(id));
        Assert.Null(opened.Error);
        await using var content = opened.Value.Content;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }

    public async Task<string[]> LinesAsync(Guid id) => Encoding.UTF8.GetString(await DownloadAsync(id)).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> Files() => Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).OfType<string>()] : [];

    public async Task ChangeAsync(Guid id, Action<Export> change)
    {
        await using var db = Identity.Database.As(Tenant).CreateDbContext();
        change(await db.Set<Export>().SingleAsync(e => e.Id == id));
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Identity.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
    }
}
