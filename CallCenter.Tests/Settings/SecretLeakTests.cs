using System.Text;
using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Settings;
using CallCenter.Tests.Doctor;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CallCenter.Tests.Settings;

/// <summary>No secret of a tenant in a log, an audit row, an exception, a text or the database, whatever goes well or wrong.</summary>
public sealed class SecretLeakTests
{
    private const string Typed = "Typ3d-by-an-admin!";

    private static readonly string[] Secrets =
        [DoctorBench.PbxPassword, DoctorBench.GdmsSecret, Typed, Typed + "-gdms", Typed + "-key"];

    [Fact]
    public async Task Lives_SavesChecksAndExaminations_LeaveNoSecretInTheLog()
    {
        await using var bench = await LiveThroughEverythingAsync();

        AssertClean(bench.Log.All);
        Assert.NotEmpty(bench.Log.Lines);
    }

    [Fact]
    public async Task Lives_SavesChecksAndExaminations_LeaveNoSecretInTheDatabase()
    {
        await using var bench = await LiveThroughEverythingAsync();

        AssertClean(await DumpAsync(bench.Database.ConnectionString));
    }

    [Fact]
    public async Task Audit_EverySave_SaysThatASecretChangedAndNothingElse()
    {
        await using var bench = await DoctorBench.StartAsync();
        await bench.SavePbxAsync(form => form.ApiPassword = Secret.Mask);
        await bench.SavePbxAsync(form => form.ApiPassword = Typed);
        await using var db = bench.Database.As(bench.Tenant).CreateDbContext();

        var entries = await db.Set<AuditEntry>().Where(e => e.SubjectId == "pbx").OrderBy(e => e.Sequence).ToListAsync();

        Assert.Equal(3, entries.Count);
        Assert.All(entries, entry => Assert.Equal("settings.changed", entry.Action));
        Assert.Null(entries[0].Before);
        Assert.Equal(Secret.Mask, Password(entries[1].After));
        Assert.Equal(AuditValues.ChangedSecret, Password(entries[2].After));
        AssertClean(string.Join('\n', entries.Select(e => e.Before + e.After)));

        static string? Password(string? json) => AuditValues.Parse(json).Single(value => value.Key == "apiPassword").Value;
    }

    [Fact]
    public async Task Failures_SavingInABrokenDatabase_CarryNoSecret()
    {
        await using var bench = await DoctorBench.StartAsync();
        using var scope = bench.Enter();
        var settings = scope.ServiceProvider.GetRequiredService<ITenantSettings>();
        var card = (await settings.GetAsync()).Value.Pbx;
        await ExecuteAsync(bench.Database.ConnectionString, """ALTER TABLE "PbxConnections" ADD CONSTRAINT "broken" CHECK ("Port" = -1) NOT VALID""");
        card.Values.ApiPassword = Typed;

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => settings.SaveAsync(card.Values, card.Version));

        AssertClean(exception.ToString());
        AssertClean(bench.Log.All);
    }

    [Fact]
    public async Task Texts_OfEverythingThatHoldsASecret_ShowNone()
    {
        await using var bench = await DoctorBench.StartAsync();
        using var scope = bench.Enter();
        var pbx = (await scope.ServiceProvider.GetRequiredService<IPbxDirectory>().GetAsync()).Value;
        var gdms = (await scope.ServiceProvider.GetRequiredService<IGdmsConnections>().GetAsync()).Value;
        var form = new PbxForm { ApiPassword = Typed };
        var card = new SettingsCard<PbxForm>(form, 1, null, null);

        AssertClean($"{pbx}\n{pbx.ApiPassword}\n{gdms}\n{gdms.Account}\n{form}\n{card}\n{CardSave.Done(card)}");
        AssertClean(System.Text.Json.JsonSerializer.Serialize(pbx));
    }

    [Fact]
    public async Task Read_EveryCard_IsMasked()
    {
        await using var bench = await DoctorBench.StartAsync();
        using var scope = bench.Enter(TenantRole.Owner);

        var settings = (await scope.ServiceProvider.GetRequiredService<ITenantSettings>().GetAsync()).Value;

        AssertClean(System.Text.Json.JsonSerializer.Serialize(settings));
        Assert.Equal(Secret.Mask, settings.Pbx.Values.ApiPassword);
        Assert.Equal((Secret.Mask, Secret.Mask), (settings.Gdms.Values.Password, settings.Gdms.Values.ApiSecret));
    }

    private static async Task<DoctorBench> LiveThroughEverythingAsync()
    {
        var bench = await DoctorBench.StartAsync();
        await ExamineAndCheckAsync(bench);
        foreach (var fault in new Action[]
        {
            () => bench.Ucm.Faults.Garbage = bench.Gdms.Faults.Garbage = true,
            () => bench.Ucm.Faults.DropHalfWay = bench.Gdms.Faults.DropHalfWay = true,
            () => bench.Ucm.Faults.ExpireSessions = bench.Gdms.Faults.ExpireSessions = true,
            () => bench.Ucm.Faults.RefuseConnections = bench.Gdms.Faults.RefuseConnections = true,
            () => bench.Ucm.Faults.WrongCertificate = true,
        })
        {
            fault();
            await ExamineAndCheckAsync(bench);
            bench.Ucm.Faults.Reset();
            bench.Gdms.Faults.Reset();
        }

        await bench.SavePbxAsync(form => form.ApiPassword = Typed);
        await bench.SaveGdmsAsync(form => (form.Password, form.ApiSecret) = (Typed + "-gdms", Typed + "-key"));
        await ExamineAndCheckAsync(bench);
        return bench;
    }

    private static async Task ExamineAndCheckAsync(DoctorBench bench)
    {
        foreach (var step in (await bench.ExamineAsync()).Values)
        {
            AssertClean(string.Join('\n', step.Diagnosis?.Parameters ?? []));
        }

        await using var scope = bench.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ConnectionCheckJob>().RunForAllAsync(default);
    }

    private static void AssertClean(string text) =>
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // Every row of every table as text.
    private static async Task<string> DumpAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        var all = new StringBuilder();
        foreach (var table in tables)
        {
            await using var command = new NpgsqlCommand($"SELECT t::text FROM \"{table}\" t", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                all.AppendLine(reader.GetString(0));
            }
        }

        Assert.Contains("v1:test:", all.ToString(), StringComparison.Ordinal);
        return all.ToString();
    }
}
