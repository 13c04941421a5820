using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;

namespace CallCenter.Tests.Extensions;

/// <summary>Every operation with every call failing in every way: both sides end up the same.</summary>
public sealed class SagaFaultTests : IAsyncLifetime
{
    private readonly MemoryPbx _pbx = new();
    private ExtensionBench _bench = null!;

    public static TheoryData<string, string, string> Faults
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            (string Operation, string[] Calls)[] operations =
            [
                ("create", ["add", "find", "apply"]), ("change", ["find", "change", "apply"]), ("rotate", ["find", "change", "apply"]), ("delete", ["delete", "find", "apply"]),
            ];
            foreach (var (operation, calls) in operations)
            {
                foreach (var call in calls)
                {
                    foreach (var fault in new[] { MemoryFault.AnswerLost, MemoryFault.NeverArrived, MemoryFault.Unreachable })
                    {
                        data.Add(operation, call, fault.ToString());
                    }
                }
            }

            return data;
        }
    }

    public async Task InitializeAsync() => _bench = await ExtensionBench.StartAsync(_pbx);

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Operation_CallFailsTwice_EndsExactlyRight(string operation, string call, string fault)
    {
        var id = operation == "create" ? default : await _bench.CreateActiveAsync("7150");
        var left = 2;
        _pbx.Fault = (name, _) => name == call && left-- > 0 ? Enum.Parse<MemoryFault>(fault) : MemoryFault.None;

        await AskAsync(operation, id);
        await _bench.FollowAsync();

        await AssertSameAsync();
        Assert.Equal(operation == "delete" ? 0 : 1, _pbx.Configured.Count);
        if (operation == "change")
        {
            Assert.Equal("Changed", _pbx.Configured["7150"].Profile.Name);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Everything_EveryThirdCallFails_EndsExactlyRight(int seed)
    {
        var random = new Random(seed);
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add(await _bench.CreateActiveAsync());
        }

        _pbx.Fault = (call, _) =>
            call != "taken" && random.Next(3) == 0 ? (MemoryFault)random.Next((int)MemoryFault.AnswerLost, (int)MemoryFault.Refused) : MemoryFault.None;
        string[] operations = ["change", "rotate", "delete", "create"];
        for (var i = 0; i < ids.Count; i++)
        {
            await AskAsync(operations[i % operations.Length], ids[i]);
        }

        await _bench.FollowAsync();

        await AssertSameAsync();
        Assert.Equal(12, _pbx.Configured.Count);
    }

    [Fact]
    public async Task Refusal_OfACreation_FailsWithItsLikelyCausesAndIsRetried()
    {
        _pbx.Fault = (call, _) => call == "add" ? MemoryFault.Refused : MemoryFault.None;
        var id = (await _bench.CreateAsync()).Value;
        await _bench.FollowAsync();
        var failed = await _bench.RowAsync(id);

        _pbx.Fault = (_, _) => MemoryFault.None;
        Assert.True((await _bench.UseAsync(e => e.RetryAsync(id, failed.Version))).Succeeded);
        await _bench.FollowAsync();

        Assert.Equal((ExtensionState.Failed, ExtensionErrors.RefusedByPbx.Code, ExtensionHints.WeakSecret), (failed.State, failed.ErrorCode, failed.ErrorHints));
        Assert.Equal(ExtensionState.Active, (await _bench.RowAsync(id)).State);
        await AssertSameAsync();
        Assert.Contains(ExtensionAuditActions.Failed, await _bench.AuditAsync());
    }

    [Fact]
    public async Task GiveUp_OfACreationWhoseNumberIsSomebodyElses_TouchesNothingOfTheirs()
    {
        _pbx.Seed("7150");
        _pbx.Unlisted.Add("7150");
        var id = (await _bench.CreateAsync("7150")).Value;
        await _bench.FollowAsync();
        var failed = await _bench.RowAsync(id);

        Assert.True((await _bench.UseAsync(e => e.GiveUpAsync(id, failed.Version))).Succeeded);
        await _bench.FollowAsync();

        Assert.Equal(ExtensionErrors.NumberTakenOnPbx.Code, failed.ErrorCode);
        Assert.Empty(await _bench.RowsAsync());
        Assert.Equal("Theirs", Assert.Single(_pbx.Configured).Value.Profile.Name);
        Assert.Equal(0, _pbx.Count("delete"));
    }

    [Fact]
    public async Task GiveUp_OfACreationThatIsThereAfterAll_RemovesOurs()
    {
        // The write arrives bent, its answer is lost, and bringing it in line is refused for good.
        _pbx.Fault = (call, _) =>
        {
            if (call == "find" && _pbx.Configured.TryGetValue("7150", out var there))
            {
                _pbx.Put(there with { Profile = there.Profile with { Name = "Bent" } });
            }

            return call switch { "add" => MemoryFault.AnswerLost, "change" => MemoryFault.Refused, _ => MemoryFault.None };
        };
        var id = (await _bench.CreateAsync("7150")).Value;
        await _bench.FollowAsync();
        var failed = await _bench.RowAsync(id);

        Assert.True((await _bench.UseAsync(e => e.GiveUpAsync(id, failed.Version))).Succeeded);
        await _bench.FollowAsync();

        Assert.Equal(ExtensionState.Failed, failed.State);
        Assert.Empty(await _bench.RowsAsync());
        Assert.Empty(_pbx.Configured);
    }

    [Fact]
    public async Task GiveUp_OfAChange_GoesBackToWhatWasThere()
    {
        var id = await _bench.CreateActiveAsync("7150");
        var secret = await _bench.SecretOfAsync(id);
        _pbx.Fault = (call, _) => call == "change" ? MemoryFault.Refused : MemoryFault.None;
        await AskAsync("rotate", id);
        await _bench.FollowAsync();
        var failed = await _bench.RowAsync(id);
        _pbx.Fault = (_, _) => MemoryFault.None;

        await _bench.UseAsync(e => e.GiveUpAsync(id, failed.Version));
        await _bench.FollowAsync();

        Assert.Equal(ExtensionState.Active, (await _bench.RowAsync(id)).State);
        Assert.Equal(secret, await _bench.SecretOfAsync(id));
        await AssertSameAsync();
    }

    [Fact]
    public async Task Change_OfWhatThePbxLacks_FailsAndCanBeGivenUpOrDeleted()
    {
        var id = await _bench.CreateActiveAsync("7150");
        _pbx.Remove("7150");
        await AskAsync("change", id);
        await _bench.FollowAsync();
        var failed = await _bench.RowAsync(id);

        await _bench.UseAsync(e => e.GiveUpAsync(id, failed.Version));
        var settled = await _bench.RowAsync(id);
        await AskAsync("delete", id);
        await _bench.FollowAsync();

        Assert.Equal((ExtensionState.Failed, ExtensionErrors.NotOnPbx.Code), (failed.State, failed.ErrorCode));
        Assert.Equal((ExtensionState.Active, "Ana"), (settled.State, settled.Wanted.Name));
        Assert.NotNull(settled.MissingSinceUtc);
        Assert.Empty(await _bench.RowsAsync());
    }

    [Fact]
    public async Task HiddenSecrets_LostAnswers_StillEndRight()
    {
        _pbx.HidesSecrets = true;
        var left = 2;
        _pbx.Fault = (call, _) => call is "add" or "change" && left-- > 0 ? MemoryFault.AnswerLost : MemoryFault.None;

        var id = await _bench.CreateActiveAsync("7150");
        left = 1;
        await AskAsync("rotate", id);
        await _bench.FollowAsync();

        await AssertSameAsync();
    }

    [Fact]
    public async Task ReadBack_NotWhatWasWritten_IsADifferenceForSettingsAndAFailureForTheSecret()
    {
        var settings = await _bench.CreateActiveAsync("7150");
        var secret = await _bench.CreateActiveAsync("7151");
        _pbx.Fault = (call, number) =>
        {
            // Right before the last look, as a firmware that does not keep what it accepted.
            if (call == "apply")
            {
                _pbx.Put(_pbx.Configured["7150"] with { Profile = _pbx.Configured["7150"].Profile with { DoNotDisturb = true } });
                _pbx.Put(_pbx.Configured["7151"] with { Secret = new Secret("Another-1") });
            }

            return MemoryFault.None;
        };
        await AskAsync("change", settings);
        await AskAsync("rotate", secret);
        await _bench.FollowAsync();

        var different = await _bench.RowAsync(settings);
        Assert.Equal((ExtensionState.Active, 1, nameof(ExtensionProfile.DoNotDisturb)), (different.State, different.DifferenceCount, different.Differences.Single().Name));
        var failed = await _bench.RowAsync(secret);
        Assert.Equal((ExtensionState.Failed, ExtensionErrors.NotTaken.Code), (failed.State, failed.ErrorCode));
    }

    private async Task AskAsync(string operation, Guid id)
    {
        var row = id == default ? null : await _bench.RowAsync(id);
        var result = operation switch
        {
            "create" => (await _bench.CreateAsync()).Error,
            "change" => (await _bench.UseAsync(e => e.ChangeAsync(id, row!.Wanted with { Name = "Changed", CallerId = "5551" }, row.Version))).Error,
            "rotate" => (await _bench.UseAsync(e => e.RotateSecretAsync(id, row!.Version))).Error,
            _ => (await _bench.UseAsync(e => e.DeleteAsync(id, row!.Version, evenInCall: true))).Error,
        };
        Assert.Null(result);
    }

    /// <summary>The same numbers, settings and secrets here and there, and nothing under way.</summary>
    private async Task AssertSameAsync()
    {
        var rows = await _bench.RowsAsync();
        var there = _pbx.Configured;
        Assert.Equal(there.Keys.Order(StringComparer.Ordinal), rows.Select(row => row.Number));
        foreach (var row in rows)
        {
            Assert.Equal((ExtensionState.Active, ExtensionStep.None, 0), (row.State, row.Step, row.DifferenceCount));
            Assert.Equal(row.Wanted, there[row.Number].Profile);
            Assert.Null(row.NextSecretProtected);
            Assert.Equal(await _bench.SecretOfAsync(row.Id), there[row.Number].Secret!.Reveal());
        }
    }
}
