using System.Collections.Frozen;
using System.Text;
using CallCenter.Core.Extensions;

namespace CallCenter.Tests.Extensions;

public sealed class CreatePlanTests
{
    private static readonly ExtensionUser Maha = new(Guid.NewGuid(), "Maha Salem", "maha", "maha@example.com");
    private static readonly ExtensionUser Nora = new(Guid.NewGuid(), "Nora Quinn", "nora", null);

    [Fact]
    public void Range_TakenNumbers_AreSkippedAndNamed()
    {
        var preview = CreatePlan.Of(new ExtensionRangeForm { Count = 3, NamePattern = "Desk {number} no. {N}" }, Ground(here: ["1000"], pbx: ["1002"])).Value;

        Assert.Equal(["1001", "1003", "1004"], preview.Lines.Select(line => line.Number));
        Assert.Equal(["1000", "1002"], preview.SkippedNumbers);
        Assert.Equal("Desk 1003 no. 2", preview.Lines[1].Profile.Name);
        Assert.All(preview.Lines, line => Assert.Empty(line.Errors));
    }

    [Theory]
    [InlineData("", "Agent {n}", true)]
    [InlineData("", "Agent {number}", false)]
    [InlineData("1003", "Agent {n}", false)]
    public void Range_PortalMayPickAnother_OnlyWhenNobodyNamedTheNumber(string from, string pattern, bool auto)
    {
        var preview = CreatePlan.Of(new ExtensionRangeForm { Count = 2, From = from, NamePattern = pattern }, Ground()).Value;

        Assert.All(preview.Lines, line => Assert.Equal(auto, line.AutoNumbered));
    }

    [Fact]
    public void Range_FromInside_EndsWithTheRange()
    {
        Assert.Equal(["1008", "1009"], CreatePlan.Of(new ExtensionRangeForm { Count = 2, From = "1008" }, Ground()).Value.Lines.Select(line => line.Number));
        Assert.Equal(ExtensionErrors.RangeExhausted, CreatePlan.Of(new ExtensionRangeForm { Count = 3, From = "1008" }, Ground()).Error);
    }

    [Fact]
    public void Range_FromOutside_KeepsItsLength()
    {
        Assert.Equal(["0098", "0099", "0100"], CreatePlan.Of(new ExtensionRangeForm { Count = 3, From = "٠٠٩٨" }, Ground()).Value.Lines.Select(line => line.Number));
        Assert.Equal(ExtensionErrors.RangeExhausted, CreatePlan.Of(new ExtensionRangeForm { Count = 3, From = "98" }, Ground()).Error);
    }

    [Fact]
    public void Range_Wrong_SaysWhy()
    {
        Assert.Equal(ExtensionErrors.RunSize, CreatePlan.Of(new ExtensionRangeForm { Count = 0 }, Ground()).Error);
        Assert.Equal(ExtensionErrors.RunSize, CreatePlan.Of(new ExtensionRangeForm { Count = ExtensionRun.MaxItems + 1 }, Ground()).Error);
        Assert.Equal(ExtensionErrors.RangeExhausted, CreatePlan.Of(new ExtensionRangeForm { Count = 11 }, Ground()).Error);
        Assert.Equal(ExtensionErrors.NoRange, CreatePlan.Of(new ExtensionRangeForm { Count = 1 }, Ground() with { Range = [] }).Error);
        Assert.Equal(ExtensionErrors.NumberFormat.Code, CreatePlan.Of(new ExtensionRangeForm { From = "x" }, Ground()).Error!.Code);
        Assert.Equal([ExtensionErrors.NameFormat.Code], CreatePlan.Of(new ExtensionRangeForm { Count = 1, NamePattern = "<b>" }, Ground()).Value.Lines[0].Errors.Select(error => error.Code));
    }

    [Fact]
    public void Csv_EveryKindOfTrouble_IsNamedAtItsLine()
    {
        var preview = Csv(
            """
            Number,Name,User
            1001,Good,maha
            1001,Double,
            1000,Taken here,
            1002,Taken there,
            ,Next free,NORA@example.com
            2000,Unknown,bob
            2001,Again,Maha@Example.com
            2002,Equipped,nora
            """,
            Ground(here: ["1000"], pbx: ["1002"], equipped: [Nora.UserId]));

        Assert.Equal(
            [
                "", "extensions.bulk_number_twice", "extensions.number_taken", "extensions.number_taken_on_pbx", "extensions.user_unknown", "extensions.user_unknown",
                "extensions.bulk_user_twice", "extensions.user_has_extension",
            ],
            preview.Lines.Select(line => string.Join(' ', line.Errors.Select(error => error.Code))));
        Assert.Equal((Maha.UserId, "Maha Salem"), (preview.Lines[0].UserId, preview.Lines[0].UserName));
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9], preview.Lines.Select(line => line.Line));
        Assert.Equal("1001,Double,", preview.Lines[1].Raw);
        Assert.Equal("Number,Name,User", preview.Header);
    }

    [Fact]
    public void Csv_LinesWithoutNumber_GetFreeOnesThatNobodyNames()
    {
        var preview = Csv("Name,Number\nA,\nB,1001\nC,\n<,\nD,", Ground(here: ["1000"]));

        Assert.Equal(["1002", "1001", "1003", "", "1004"], preview.Lines.Select(line => line.Number));
        Assert.Equal([true, false, true, true, true], preview.Lines.Select(line => line.AutoNumbered));
    }

    [Fact]
    public void Csv_RangeRunsOut_RefusesTheLinesThatGetNone()
    {
        var preview = Csv("Name\n" + string.Join('\n', Enumerable.Range(0, 12).Select(i => $"Agent {i}")), Ground());

        Assert.Equal(10, preview.Lines.Count(line => line.Errors.Count == 0));
        Assert.All(preview.Lines.Skip(10), line => Assert.Equal([ExtensionBulkErrors.NoNumberLeft], line.Errors));
    }

    private static CreatePreview Csv(string text, CreateGround ground) =>
        CreatePlan.Of(ExtensionCsv.Read(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")), new ExtensionProfile()).Value, ground);

    private static CreateGround Ground(string[]? here = null, string[]? pbx = null, Guid[]? equipped = null) => new(
        Enumerable.Range(1000, 10).Select(number => $"{number}"),
        (here ?? []).ToFrozenSet(),
        (pbx ?? []).ToFrozenSet(),
        new Dictionary<string, ExtensionUser> { ["maha"] = Maha, ["maha@example.com"] = Maha, ["nora"] = Nora }.ToFrozenDictionary(),
        (equipped ?? []).ToFrozenSet());
}
