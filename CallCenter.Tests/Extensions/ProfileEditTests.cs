using CallCenter.Core.Extensions;
using CallCenter.Web.Features.Extensions;

namespace CallCenter.Tests.Extensions;

public sealed class ProfileEditTests
{
    private static readonly ExtensionProfile Stored = new() { Name = "Aoife", Email = "a@demo.example" };

    [Fact]
    public void Rebase_OnlyTheVersionMoved_IsNoConflict()
    {
        var edit = new ProfileEdit(Stored, 3) { Typed = Stored with { Name = "Aoife B." } };

        Assert.False(edit.Rebase(Stored, 5));

        Assert.False(edit.IsConflicting);
        Assert.Equal(5, edit.Version);
        Assert.Equal("Aoife B.", edit.Typed.Name);
    }

    [Fact]
    public void Rebase_OthersChangedOtherFields_KeepsWhatWasTypedAndTakesTheirs()
    {
        var edit = new ProfileEdit(Stored, 3) { Typed = Stored with { Name = "Aoife B." } };

        Assert.True(edit.Rebase(Stored with { WebPhone = false }, 4));

        Assert.Equal(Stored with { Name = "Aoife B.", WebPhone = false }, edit.Typed);
        Assert.Equal(["WebPhone"], edit.TakenOver.Select(field => field.Name));
        Assert.Empty(edit.Clashes);
        Assert.Equal(["Name"], edit.Changes.Select(field => field.Name));
    }

    [Fact]
    public void Rebase_BothChangedAField_TheTypedOneStandsUntilTheOtherIsTaken()
    {
        var edit = new ProfileEdit(Stored, 3) { Typed = Stored with { Name = "Mine", Email = "same@demo.example" } };

        edit.Rebase(Stored with { Name = "Theirs", Email = "same@demo.example" }, 4);

        var clash = Assert.Single(edit.Clashes);
        Assert.Equal(("Name", "Theirs", "Mine"), (clash.Field.Name, clash.Theirs, clash.Mine));
        Assert.Equal("Mine", edit.Typed.Name);
        edit.TakeTheirs(clash);

        Assert.Equal("Theirs", edit.Typed.Name);
        Assert.Empty(edit.Clashes);
        Assert.Empty(edit.Changes);
    }
}
