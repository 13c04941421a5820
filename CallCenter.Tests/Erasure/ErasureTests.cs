using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Erasure;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Erasure;
using CallCenter.Infrastructure.Exports;
using CallCenter.Infrastructure.Figures;
using CallCenter.Tests.Telephony.Ucm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Erasure;

public sealed class ErasureTests : IAsyncLifetime
{
    private ErasureBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ErasureBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Erase_NumberThatIsEverywhere_NoTableHoldsItAndNoSyncBringsItBack()
    {
        var calls = await _bench.CallsAsync();
        var stored = await _bench.StoreAsync(calls[^1].Id);
        await FillAsync(calls);
        await AddCallsNamedBySessionAsync(calls[0].StartedAtUtc);
        var before = await SumsAsync();
        var preview = (await _bench.PreviewAsync(" " + _bench.Typed.Replace("+353", "0", StringComparison.Ordinal))).Value;
        Assert.NotEmpty(await _bench.TracesAsync());

        var id = await _bench.RequestAsync($"{_bench.Typed} wrote to us");
        Assert.True((await _bench.RunAsync()).Succeeded);

        var view = await _bench.FindAsync(id);
        Assert.Equal((ErasureState.Done, ErasureStep.Checking, ""), (view.State, view.Step, view.Failure));
        Assert.Equal(preview.Counts.ToString(), view.Counts.ToString());
        Assert.Equal("erased wrote to us", view.Reason);
        Assert.Empty(await _bench.TracesAsync());
        Assert.All(stored, recording => Assert.DoesNotContain(recording.StoreKey, Files()));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_bench.Folder, "exports"), "*", SearchOption.AllDirectories));
        Assert.Equal(before, await SumsAsync());
        await ProveFiguresAsync();

        await _bench.SyncAsync();
        await using (var db = _bench.Open())
        {
            Assert.Empty(await _bench.TracesAsync());
            Assert.Equal(before, await SumsAsync());
            Assert.Empty(await db.Set<Recording>().Where(r => calls.Select(call => call.Id).Contains(r.CallId) && r.State != RecordingState.Deleted).ToListAsync());
        }

        await ProveFiguresAsync();
        Assert.True((await CheckAsync(id, _bench.Typed)) is { SealHolds: true, AuditHolds: true, NumberMatches: true, Left.IsEmpty: true });
        Assert.True((await CheckAsync(id, "+353209999999")) is { NumberMatches: false, Left: null });
    }

    /// <summary>Firmware that gives no unique id: the session, which ends in the caller's number, is all that tells calls apart.</summary>
    private async Task AddCallsNamedBySessionAsync(DateTime at)
    {
        var epoch = new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeSeconds() + 1;
        var caller = $",\"src\":\"{_bench.Typed}\",\"userfield\":\"Inbound\",\"src_trunk_name\":\"ITSP-A\"";
        var legs = UcmFixtures.Place(
            UcmFixtures.Parse(UcmFixtures.Root(
                UcmFixtures.Leg("", at.AddSeconds(1).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), more: $"{caller},\"session\":\"{epoch}48211-{_bench.Typed}\""),
                UcmFixtures.Leg("", at.AddSeconds(5).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), more: $"{caller},\"session\":\"call-{_bench.Typed}\""))),
            "Etc/UTC");
        var written = await _bench.WithAsync<ICallWriter, CallWriteResult>(writer => writer.AddAsync(_bench.PbxId, legs), role: null);
        Assert.Equal(2, written.CallsAdded);
    }

    [Fact]
    public async Task Erase_CallUnderHold_StaysUntilTheHoldEnds()
    {
        var calls = await _bench.CallsAsync();
        var held = calls[0];
        await HoldAsync(held.Id);
        await AddNoteAsync(held.Id, $"Spoke with {_bench.Typed}");
        var others = calls.Count - 1;
        Assert.True(others > 0, "The sample has one call of the number only.");

        var preview = (await _bench.PreviewAsync()).Value;
        var id = await _bench.RequestAsync();
        await _bench.RunAsync();

        Assert.Equal((others, "Court case"), ((int)preview.Counts[ErasureKinds.Calls], Assert.Single(preview.Held).Reason));
        var view = await _bench.FindAsync(id);
        Assert.Equal((ErasureState.Done, others, 0), (view.State, (int)view.Counts[ErasureKinds.Calls], (int)view.Counts[ErasureKinds.Notes]));
        var kept = Assert.Single(view.Held);
        Assert.Equal((held.Id, "Court case", "Mona", null), (kept.CallId, kept.Reason, kept.ByName, kept.ErasedAtUtc));
        Assert.Equal(held.FromNumber, (await CallAsync(held.Id)).FromNumber);

        // A sync reads the held call's legs again and must not take the number out of them.
        await _bench.SyncAsync();
        Assert.Equal((held.FromNumber, held.OutsideE164), ((await CallAsync(held.Id)).FromNumber, (await CallAsync(held.Id)).OutsideE164));

        await _bench.WithAsync<IRecordingHolds, Result>(holds => holds.ReleaseAsync(held.Id));
        await ReleasedAsync();

        Assert.DoesNotContain(held.FromNumber, (await CallAsync(held.Id)).FromNumber);
        Assert.Empty(await _bench.TracesAsync());
        view = await _bench.FindAsync(id);
        Assert.Equal((calls.Count, 1), ((int)view.Counts[ErasureKinds.Calls], (int)view.Counts[ErasureKinds.Notes]));
        Assert.NotNull(Assert.Single(view.Held).ErasedAtUtc);
        Assert.True(await CheckAsync(id, "") is { SealHolds: true, AuditHolds: true, NumberMatches: null });
    }

    [Fact]
    public async Task Verify_CertificateChangedByHand_DoesNotHold()
    {
        var id = await _bench.RequestAsync();
        await _bench.RunAsync();
        Assert.True((await CheckAsync(id, "")).SealHolds);

        await using var db = _bench.Open();
        await db.Set<NumberErasure>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Counts, "calls=1"));

        Assert.False((await CheckAsync(id, "")).SealHolds);
    }

    [Fact]
    public async Task Request_NumbersThatAreNotTheirs_AreRefused()
    {
        await using var db = _bench.Open();
        var own = await db.Set<Call>().Where(call => call.Direction == Core.Telephony.CallDirection.Inbound && call.ToNumber.Length > 6).Select(call => call.ToNumber).FirstAsync();

        Assert.Equal(ErasureErrors.Internal, (await _bench.PreviewAsync("1001")).Error);
        Assert.Equal(ErasureErrors.OwnNumber, (await _bench.PreviewAsync(own)).Error);
        Assert.Equal(ErasureErrors.Unreadable, (await _bench.PreviewAsync("hello")).Error);
        Assert.Equal(ErasureErrors.Unreadable, (await _bench.PreviewAsync("+353 20")).Error);
        Assert.Equal(ErasureErrors.DigitsDiffer, (await _bench.WithAsync<IErasures, Result<Guid>>(erasures => erasures.RequestAsync(_bench.Typed, "0000", "x"))).Error);
        Assert.Equal(ErasureErrors.ReasonMissing, (await _bench.WithAsync<IErasures, Result<Guid>>(erasures => erasures.RequestAsync(_bench.Typed, _bench.Typed[^4..], " "))).Error);
        Assert.Empty(await db.Set<NumberErasure>().ToListAsync());
        await _bench.RequestAsync();
        Assert.Equal(ErasureErrors.UnderWay, (await _bench.WithAsync<IErasures, Result<Guid>>(erasures => erasures.RequestAsync(_bench.Typed, _bench.Typed[^4..], "again"))).Error);
    }

    [Theory]
    [InlineData(TenantRole.Agent)]
    [InlineData(TenantRole.Supervisor)]
    [InlineData(TenantRole.Manager)]
    public async Task Everything_WithoutPermission_IsDenied(TenantRole role)
    {
        var id = Guid.NewGuid();

        Assert.Equal(AccessErrors.Denied, (await _bench.WithAsync<IErasures, Result<ErasurePreview>>(erasures => erasures.PreviewAsync(_bench.Typed), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await _bench.WithAsync<IErasures, Result<Guid>>(erasures => erasures.RequestAsync(_bench.Typed, _bench.Typed[^4..], "x"), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await _bench.WithAsync<IErasures, Result<ErasureView>>(erasures => erasures.FindAsync(id), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await _bench.WithAsync<IErasures, Result<IReadOnlyList<ErasureView>>>(erasures => erasures.ListAsync(), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await _bench.WithAsync<IErasures, Result<ErasureCheck>>(erasures => erasures.VerifyAsync(id, ""), role)).Error);
    }

    [Fact]
    public async Task OtherTenant_SameNumber_KeepsItAndSeesNothing()
    {
        var other = await _bench.Database.AddTenantAsync("other");
        await using (var db = _bench.Open(other))
        {
            db.Add(ClientOf("Theirs"));
            await db.SaveChangesAsync();
        }

        var id = await _bench.RequestAsync();
        await _bench.RunAsync();

        await using var theirs = _bench.Open(other);
        Assert.Equal(_bench.Number, (await theirs.Set<ClientNumber>().SingleAsync()).E164);
        Assert.Empty(await theirs.Set<ErasedNumber>().ToListAsync());
        Assert.Equal(ErasureErrors.NotFound, (await _bench.WithAsync<IErasures, Result<ErasureView>>(erasures => erasures.FindAsync(id), tenant: other)).Error);
        Assert.Equal(ErasureErrors.NotFound, (await _bench.WithAsync<IErasures, Result<ErasureCheck>>(erasures => erasures.VerifyAsync(id, ""), tenant: other)).Error);
        Assert.Empty((await _bench.WithAsync<IErasures, Result<IReadOnlyList<ErasureView>>>(erasures => erasures.ListAsync(), tenant: other)).Value);
    }

    /// <summary>Everything that a tenant writes about a caller.</summary>
    private async Task FillAsync(List<Call> calls)
    {
        var (spaced, local) = (_bench.Typed[..4] + " " + _bench.Typed[4..6] + " " + _bench.Typed[6..], "0" + _bench.Typed[4..]);
        await AddNoteAsync(calls[0].Id, $"Call back on {spaced} or {local}");
        await AddNoteAsync(calls[^1].Id, "Nothing of it");
        await _bench.WithAsync<ICallWork, Result>(work => work.AddTagAsync(calls[0].Id, local));
        await using var db = _bench.Open();
        db.Add(ClientOf($"Mona {local}"));
        db.Add(new WorklistDismissal
        {
            E164 = _bench.Number,
            CallId = null,
            UpToUtc = calls[0].StartedAtUtc,
            Reason = DismissReason.Settled,
            Note = $"wrote from {local}",
            ByName = "Mona",
            AtUtc = calls[0].StartedAtUtc,
        });
        db.Add(ExportOf($"q={Uri.EscapeDataString(spaced)}", ""));
        var store = _bench.Services.GetRequiredService<ExportStore>();
        foreach (var (key, text) in new[] { ("with.csv", $"a,{spaced}\n"), ("without.csv", "a,b\n") })
        {
            await using var file = store.Create(_bench.Tenant.Id, key);
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            await store.CommitAsync(_bench.Tenant.Id, key, file, CancellationToken.None);
            db.Add(ExportOf("", key));
        }

        await db.SaveChangesAsync();
        Assert.True(store.Delete(_bench.Tenant.Id, "without.csv").Succeeded);
    }

    private Client ClientOf(string name) => new()
    {
        Name = name,
        Company = "",
        Note = $"Also {_bench.Typed}",
        SearchText = SearchText.Fold(name),
        SortText = SearchText.Fold(name),
        CreatedAtUtc = TestNow,
        ChangedAtUtc = TestNow,
        Numbers = [new ClientNumber { E164 = _bench.Number, Tail = NumberTail.Of(_bench.Typed), Label = "mobile", Position = 0 }],
        Tags = [new ClientTag { Key = "0" + _bench.Typed[4..], Text = "0" + _bench.Typed[4..] }],
    };

    private Export ExportOf(string filter, string file) => new()
    {
        OwnerId = Guid.NewGuid(),
        OwnerName = "Mona",
        Kind = ExportKind.Calls,
        Format = ExportFormat.Csv,
        Filter = filter,
        Columns = "",
        Report = "",
        Subject = "",
        Language = "en",
        TimeZoneId = "Etc/UTC",
        Reach = "",
        State = ExportState.Done,
        FileKey = file,
        CreatedAtUtc = TestNow,
    };

    private DateTime TestNow => _bench.Clock.GetUtcNow().UtcDateTime;

    private List<string> Files() => [.. Directory.EnumerateFiles(_bench.Folder, "*.ccr", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_bench.Folder, path))];

    private async Task<(int Calls, int Talk, int Duration, int Recorded, int Legs)> SumsAsync()
    {
        await using var db = _bench.Open();
        return (await db.Set<Call>().CountAsync(), await db.Set<Call>().SumAsync(call => call.TalkSeconds), await db.Set<Call>().SumAsync(call => call.DurationSeconds),
            await db.Set<Call>().CountAsync(call => call.HasRecording), await db.Set<CallLeg>().CountAsync());
    }

    private async Task ProveFiguresAsync()
    {
        await using var scope = _bench.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(_bench.Tenant, "test");
        var recount = scope.ServiceProvider.GetRequiredService<FigureRecount>();
        await using var db = _bench.Open();
        var days = (await db.Set<Call>().Select(call => call.StartedAtUtc).ToListAsync()).Select(DateOnly.FromDateTime).Distinct();
        foreach (var day in days)
        {
            Assert.Null(await recount.RunAsync(_bench.PbxId, day, CancellationToken.None));
        }
    }

    private async Task AddNoteAsync(Guid callId, string text) =>
        Assert.True((await _bench.WithAsync<ICallWork, Result<Guid>>(work => work.AddNoteAsync(callId, text))).Succeeded);

    private async Task HoldAsync(Guid callId) =>
        Assert.True((await _bench.WithAsync<IRecordingHolds, Result<HoldView>>(holds => holds.HoldAsync(callId, "Court case"))).Succeeded);

    private async Task<ErasureCheck> CheckAsync(Guid id, string number) =>
        (await _bench.WithAsync<IErasures, Result<ErasureCheck>>(erasures => erasures.VerifyAsync(id, number))).Value;

    private async Task<Call> CallAsync(Guid id)
    {
        await using var db = _bench.Open();
        return await db.Set<Call>().AsNoTracking().SingleAsync(call => call.Id == id);
    }

    private Task<bool> ReleasedAsync() => _bench.WithAsync<ErasureSeals, bool>(
        async seals =>
        {
            await seals.EraseReleasedAsync(CancellationToken.None);
            return true;
        },
        role: null);
}
