using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Extensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Extensions;

public sealed class ExtensionComparisonTests : IAsyncLifetime
{
    private static readonly ExtensionProfile Theirs = new() { Name = "Changed there", CallerId = "3500", Voicemail = false };

    private TruthHost _host = null!;

    private LinePbx Pbx => _host.Pbx;

    public async Task InitializeAsync() => _host = await TruthHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Compare_ChangedMissingAndUnknown_AreEachInTheirPlace()
    {
        await DifferAsync("1001");
        Pbx.Put("1002");
        await _host.AddAsync("1002");
        await _host.AddAsync("1003");
        Pbx.Put("1009");
        var steps = new List<(int, int)>();

        Assert.Null((await _host.AskAsync(c => c.CompareAsync(new Steps(steps.Add)))).Error);

        var view = (await _host.AskAsync(c => c.GetAsync())).Value;
        var different = Assert.Single(view.Different);
        Assert.Equal(("1001", 3), (different.Row.Number, different.Row.Differences));
        Assert.Equal(
            [new FieldChange("Name", "Person 1001", "Changed there"), new FieldChange("CallerId", "", "3500"), new FieldChange("Voicemail", true, false)],
            different.Fields);
        Assert.Equal("1003", Assert.Single(view.Missing).Number);
        Assert.Equal("1009", Assert.Single(view.Found).Number);
        Assert.Equal((3, _host.Now, null), (view.Managed, view.ReadAtUtc, view.ReadErrorCode));
        Assert.Equal([(0, 3), (1, 3), (2, 3), (3, 3)], steps);
    }

    [Fact]
    public async Task Compare_NothingChanged_LeavesVersionsAlone()
    {
        Pbx.Put("1001");
        await _host.AddAsync("1001");
        await _host.AskAsync(c => c.CompareAsync(null));

        var extension = await _host.FindAsync("1001");
        Assert.Equal((1, _host.Now), (extension!.Version, extension.SeenAtUtc));
    }

    [Fact]
    public async Task Compare_Cancelled_KeepsWhatWasReadAndStops()
    {
        await DifferAsync("1001");
        await DifferAsync("1002");
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _host.AskAsync(c => c.CompareAsync(
            new Steps(step =>
            {
                if (step.Read == 1)
                {
                    cancel.Cancel();
                }
            }), cancel.Token)));

        Assert.Equal(1, Pbx.Finds);
        Assert.Equal("3500", (await _host.FindAsync("1001"))!.Seen!.CallerId);
        Assert.Equal("", (await _host.FindAsync("1002"))!.Seen!.CallerId);
        Assert.Null((await _host.AskAsync(c => c.CompareAsync(null))).Error);
    }

    [Fact]
    public async Task Compare_WhileAnotherOneRuns_SaysSo()
    {
        await DifferAsync("1001");
        Result? second = null;
        Pbx.Meanwhile = async number =>
        {
            if (number.Length > 0)
            {
                second = await _host.AskAsync(c => c.CompareAsync(null));
            }
        };

        Assert.Null((await _host.AskAsync(c => c.CompareAsync(null))).Error);

        Assert.Equal(ExtensionErrors.CompareRuns, second!.Value.Error);
    }

    [Fact]
    public async Task Compare_PbxFails_AnswersThat()
    {
        Pbx.Failure = TelephonyErrors.WrongCredentials;

        Assert.Equal(TelephonyErrors.WrongCredentials, (await _host.AskAsync(c => c.CompareAsync(null))).Error);
        Assert.Equal(TelephonyErrors.WrongCredentials.Code, (await _host.AskAsync(c => c.GetAsync())).Value.ReadErrorCode);
    }

    [Fact]
    public async Task Compare_ChangeAskedForWhileItReads_IsNotOverwritten()
    {
        await DifferAsync("1001");
        Pbx.Meanwhile = number => number.Length == 0
            ? Task.CompletedTask
            : _host.ChangeAsync("1001", e => e.Change(e.Wanted with { Name = "Mine" }, "Ada", _host.Now));

        Assert.Null((await _host.AskAsync(c => c.CompareAsync(null))).Error);

        var extension = await _host.FindAsync("1001");
        Assert.Equal((ExtensionState.Changing, "Mine", ""), (extension!.State, extension.Wanted.Name, extension.Seen!.CallerId));
    }

    [Fact]
    public async Task Job_ADayLater_ReadsAFewOfThoseThatAreDue()
    {
        foreach (var number in new[] { "1001", "1002", "1003" })
        {
            Pbx.Put(number);
            await _host.AddAsync(number);
            Pbx.Put(number, profile: Pbx.Profile(number) with { CallerId = "3500" });
        }

        await _host.RunAsync();
        Assert.Equal(0, Pbx.Finds);
        await _host.RunAsync(TimeSpan.FromDays(1).TotalSeconds);
        Assert.Equal(2, Pbx.Finds);
        await _host.RunAsync();

        Assert.Equal(3, (await _host.AskAsync(c => c.GetAsync())).Value.Different.Count);
    }

    [Fact]
    public async Task Settle_Take_ChangesThePortalAndTheAuditLogHasBoth()
    {
        var version = await DifferAndReadAsync("1001");

        Assert.Null((await SettleAsync("1001", version, ("CallerId", SettleDirection.TakeFromPbx))).Error);

        var extension = await _host.FindAsync("1001");
        Assert.Equal((ExtensionState.Active, "3500", "Person 1001", 2), (extension!.State, extension.Wanted.CallerId, extension.Wanted.Name, extension.DifferenceCount));
        var entry = await EntryAsync(ExtensionAuditActions.TakenFromPbx);
        Assert.Equal(("""{"callerId":""}""", """{"callerId":"3500"}"""), (entry.Before, entry.After));
    }

    [Fact]
    public async Task Settle_WriteAndTake_AsksThePbxForTheRest()
    {
        var version = await DifferAndReadAsync("1001");

        Assert.Null((await SettleAsync(
            "1001", version, ("Name", SettleDirection.WriteToPbx), ("CallerId", SettleDirection.TakeFromPbx), ("Voicemail", SettleDirection.WriteToPbx))).Error);

        var extension = await _host.FindAsync("1001");
        Assert.Equal((ExtensionState.Changing, "Person 1001", "3500", true), (extension!.State, extension.Wanted.Name, extension.Wanted.CallerId, extension.Wanted.Voicemail));
        Assert.Equal("Ada", extension.RequestedBy);
        Assert.Equal("""{"name":"Person 1001","voicemail":"true"}""", (await EntryAsync(ExtensionAuditActions.ChangeAsked)).After);
    }

    [Fact]
    public async Task Settle_WriteOfOneFieldOnly_IsRefusedSinceTheOthersWouldBeWrittenToo()
    {
        var version = await DifferAndReadAsync("1001");

        Assert.Equal(ExtensionErrors.Conflict, (await SettleAsync("1001", version, ("Name", SettleDirection.WriteToPbx))).Error);
        Assert.Equal(ExtensionErrors.Conflict, (await SettleAsync("1001", version, ("Email", SettleDirection.TakeFromPbx))).Error);
        Assert.Equal(ExtensionErrors.Conflict, (await SettleAsync("1001", version)).Error);
        Assert.Equal(version, (await _host.FindAsync("1001"))!.Version);
    }

    [Fact]
    public async Task Settle_StalePendingUnknownOrDenied_IsRefused()
    {
        var version = await DifferAndReadAsync("1001");
        Assert.Equal(ExtensionErrors.Conflict, (await SettleAsync("1001", version - 1, ("CallerId", SettleDirection.TakeFromPbx))).Error);
        await _host.ChangeAsync("1001", e => e.Change(e.Wanted, "Ada", _host.Now));

        Assert.Equal(ExtensionErrors.Pending, (await SettleAsync("1001", version + 1, ("CallerId", SettleDirection.TakeFromPbx))).Error);
        Assert.Equal(
            ExtensionErrors.NotFound,
            (await _host.AskAsync(c => c.SettleAsync(Guid.NewGuid(), new Dictionary<string, SettleDirection>(), 1))).Error);
        var id = (await _host.FindAsync("1001"))!.Id;
        Assert.Equal(AccessErrors.Denied, (await _host.AskAsync(c => c.SettleAsync(id, new Dictionary<string, SettleDirection>(), 1), TenantRole.Manager)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.AskAsync(c => c.AdoptAsync([id]), TenantRole.Manager)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.AskAsync(c => c.RecreateAsync(id, 1), TenantRole.Manager)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.AskAsync(c => c.ForgetAsync(id, 1), TenantRole.Manager)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.AskAsync(c => c.GetAsync(), TenantRole.Agent)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.AskAsync(c => c.CompareAsync(null), TenantRole.Agent)).Error);
    }

    [Fact]
    public async Task Settle_TwoAtOnce_OneWins()
    {
        var version = await DifferAndReadAsync("1001");

        var results = await Task.WhenAll(
            SettleAsync("1001", version, ("CallerId", SettleDirection.TakeFromPbx)),
            SettleAsync("1001", version, ("CallerId", SettleDirection.TakeFromPbx)),
            SettleAsync("1001", version, ("CallerId", SettleDirection.TakeFromPbx)));

        Assert.Single(results, result => result.Succeeded);
        Assert.Equal(2, results.Count(result => result.Error == ExtensionErrors.Conflict));
    }

    [Fact]
    public async Task Settle_LockedAccount_TakesButDoesNotWrite()
    {
        var version = await DifferAndReadAsync("1001");
        Pbx.Put("1001", locked: true);
        await _host.RunAsync();

        var all = Theirs.Differences(new ExtensionProfile { Name = "Person 1001" }).Select(f => (f.Name, SettleDirection.WriteToPbx)).ToArray();
        Assert.Equal(ExtensionErrors.Locked, (await SettleAsync("1001", version, all)).Error);
        Assert.Null((await SettleAsync("1001", version, ("Name", SettleDirection.TakeFromPbx))).Error);
    }

    [Theory]
    [InlineData(SettleDirection.TakeFromPbx)]
    [InlineData(SettleDirection.WriteToPbx)]
    public async Task Settle_AnotherSecret_IsTakenOrWrittenAndNeverShown(SettleDirection direction)
    {
        Pbx.Put("1001", secret: "Set-On-The-Pbx9!");
        await _host.AddAsync("1001");
        await _host.AskAsync(c => c.CompareAsync(null));
        var difference = Assert.Single((await _host.AskAsync(c => c.GetAsync())).Value.Different);
        Assert.Equal([new FieldChange(ExtensionDifference.SecretField, null, null)], difference.Fields);

        Assert.Null((await SettleAsync("1001", difference.Row.Version, (ExtensionDifference.SecretField, direction))).Error);

        var extension = await _host.FindAsync("1001");
        var taken = direction == SettleDirection.TakeFromPbx;
        Assert.Equal(taken ? ExtensionState.Active : ExtensionState.Changing, extension!.State);
        Assert.Equal(taken ? "Set-On-The-Pbx9!" : LinePbx.SecretText, SecretOf(extension));
        var entries = await _host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.SubjectType == AuditSubjects.Extension).ToListAsync());
        Assert.NotEmpty(entries);
        Assert.DoesNotContain(entries, e => $"{e.Before}{e.After}".Contains("Set-On-The-Pbx9!", StringComparison.Ordinal) || $"{e.Before}{e.After}".Contains(LinePbx.SecretText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Adopt_Found_ReadsSettingsAndSecrets()
    {
        Pbx.Put("1009", profile: Theirs, secret: "Phone-Secret7!");
        Pbx.Put("1010");
        await _host.RunAsync();
        var (found, gone) = ((await _host.FindAsync("1009"))!.Id, (await _host.FindAsync("1010"))!.Id);
        Pbx.Remove("1010");

        var outcomes = (await _host.AskAsync(c => c.AdoptAsync([found, gone, Guid.Empty]))).Value;

        Assert.Equal([(found, null), (gone, ExtensionErrors.NotOnPbx), (Guid.Empty, ExtensionErrors.NotFound)], outcomes);
        var extension = await _host.FindAsync("1009");
        Assert.Equal((ExtensionState.Active, Theirs, ExtensionOrigin.Pbx), (extension!.State, extension.Wanted, extension.Origin));
        Assert.Equal("Phone-Secret7!", SecretOf(extension));
        Assert.DoesNotContain("Phone-Secret7!", extension.SecretProtected, StringComparison.Ordinal);
        var entry = await EntryAsync(ExtensionAuditActions.Adopted);
        Assert.Contains("Changed there", entry.After, StringComparison.Ordinal);
        Assert.Equal([(found, ExtensionErrors.WrongState)], (await _host.AskAsync(c => c.AdoptAsync([found]))).Value);
    }

    [Fact]
    public async Task Adopt_VanishesMeanwhile_IsAConflict()
    {
        Pbx.Put("1009");
        await _host.RunAsync();
        var id = (await _host.FindAsync("1009"))!.Id;
        Pbx.Meanwhile = number => number.Length == 0 ? Task.CompletedTask : _host.ReadAsync(db => db.Set<Extension>().Where(e => e.Id == id).ExecuteDeleteAsync());

        Assert.Equal([(id, ExtensionErrors.Conflict)], (await _host.AskAsync(c => c.AdoptAsync([id]))).Value);
    }

    [Fact]
    public async Task Recreate_Missing_IsAskedForWithTheSameSecret()
    {
        await _host.AddAsync("1001");
        await _host.RunAsync();
        var missing = (await _host.FindAsync("1001"))!;

        Assert.Equal(ExtensionErrors.Conflict, (await _host.AskAsync(c => c.RecreateAsync(missing.Id, missing.Version - 1))).Error);
        Assert.Null((await _host.AskAsync(c => c.RecreateAsync(missing.Id, missing.Version))).Error);

        var extension = await _host.FindAsync("1001");
        Assert.Equal((ExtensionState.Creating, ExtensionOperation.Create, missing.SecretProtected), (extension!.State, extension.Operation, extension.SecretProtected));
        Assert.NotNull(await EntryAsync(ExtensionAuditActions.CreateAsked));
    }

    [Fact]
    public async Task RecreateAndForget_BackOnThePbx_AreRefusedAndItIsNoLongerMissing()
    {
        await _host.AddAsync("1001");
        await _host.AddAsync("1002");
        await _host.RunAsync();
        Pbx.Put("1001");
        Pbx.Put("1002");
        var (one, two) = ((await _host.FindAsync("1001"))!, (await _host.FindAsync("1002"))!);

        Assert.Equal(ExtensionErrors.Conflict, (await _host.AskAsync(c => c.RecreateAsync(one.Id, one.Version))).Error);
        Assert.Equal(ExtensionErrors.Conflict, (await _host.AskAsync(c => c.ForgetAsync(two.Id, two.Version))).Error);

        Assert.Equal((ExtensionState.Active, null), ((await _host.FindAsync("1001"))!.State, (await _host.FindAsync("1001"))!.MissingSinceUtc));
        Assert.Null((await _host.FindAsync("1002"))!.MissingSinceUtc);
    }

    [Fact]
    public async Task Forget_Missing_DropsTheRowAndKeepsItInTheAuditLog()
    {
        await _host.AddAsync("1001");
        await _host.RunAsync();
        var missing = (await _host.FindAsync("1001"))!;

        Assert.Null((await _host.AskAsync(c => c.ForgetAsync(missing.Id, missing.Version))).Error);

        Assert.Null(await _host.FindAsync("1001"));
        var entry = await EntryAsync(ExtensionAuditActions.Forgotten);
        Assert.Contains("Person 1001", entry.Before, StringComparison.Ordinal);
        Assert.Null(entry.After);
    }

    [Fact]
    public async Task Forget_PbxOutOfReach_IsRefused()
    {
        await _host.AddAsync("1001");
        await _host.RunAsync();
        var missing = (await _host.FindAsync("1001"))!;
        Pbx.Failure = TelephonyErrors.Unreachable;

        Assert.Equal(TelephonyErrors.Unreachable, (await _host.AskAsync(c => c.ForgetAsync(missing.Id, missing.Version))).Error);
        Assert.NotNull(await _host.FindAsync("1001"));
    }

    [Fact]
    public async Task Everything_OfAnotherTenant_StaysAsItIs()
    {
        var other = await _host.Database.AddTenantAsync("two");
        var otherPbx = await _host.ConnectAsync(other);
        Pbx.Put("7001");
        var theirs = await _host.AddAsync("7001", tenant: other, pbxId: otherPbx);
        await _host.RunAsync();
        await _host.AskAsync(c => c.CompareAsync(null), tenant: other);
        var before = (await _host.FindAsync("7001", other))!;
        var comparedBefore = await _host.ReadAsync(db => db.Set<ExtensionReading>().Select(r => r.ComparedAtUtc).SingleAsync(), other);

        _host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await _host.AskAsync(c => c.CompareAsync(null))).Error);
        Assert.Equal(ExtensionErrors.NotFound, (await _host.AskAsync(c => c.SettleAsync(theirs.Id, new Dictionary<string, SettleDirection>(), 1))).Error);
        Assert.Equal(ExtensionErrors.NotFound, (await _host.AskAsync(c => c.ForgetAsync(theirs.Id, 1))).Error);
        Assert.Equal(ExtensionErrors.NotFound, (await _host.AskAsync(c => c.RecreateAsync(theirs.Id, 1))).Error);
        Assert.Equal([(theirs.Id, ExtensionErrors.NotFound)], (await _host.AskAsync(c => c.AdoptAsync([theirs.Id]))).Value);

        var after = (await _host.FindAsync("7001", other))!;
        Assert.Equal((before.Version, before.SeenAtUtc), (after.Version, after.SeenAtUtc));
        Assert.Equal(comparedBefore, await _host.ReadAsync(db => db.Set<ExtensionReading>().Select(r => r.ComparedAtUtc).SingleAsync(), other));
    }

    /// <summary>A managed extension that somebody then changed on the PBX, in three fields.</summary>
    private async Task DifferAsync(string number)
    {
        Pbx.Put(number);
        await _host.AddAsync(number);
        Pbx.Put(number, profile: Theirs);
    }

    private async Task<int> DifferAndReadAsync(string number)
    {
        await DifferAsync(number);
        Assert.Null((await _host.AskAsync(c => c.CompareAsync(null))).Error);
        return (await _host.FindAsync(number))!.Version;
    }

    private async Task<Result> SettleAsync(string number, int version, params (string Field, SettleDirection Direction)[] choices)
    {
        var id = (await _host.FindAsync(number))!.Id;
        return await _host.AskAsync(c => c.SettleAsync(id, choices.ToDictionary(choice => choice.Field, choice => choice.Direction), version));
    }

    private Task<AuditEntry> EntryAsync(string action) => _host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Action == action));

    private string? SecretOf(Extension extension)
    {
        using var scope = _host.Enter(_host.Tenant);
        return scope.ServiceProvider.GetRequiredService<ISecretProtector>().WantedSecretOf(extension)?.Reveal();
    }

    private sealed class Steps(Action<(int Read, int Total)> step) : IProgress<(int Read, int Total)>
    {
        public void Report((int Read, int Total) value) => step(value);
    }
}
