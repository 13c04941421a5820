using CallCenter.Core.Clients;
using CallCenter.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenter.Tests.Clients;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("أحمد إبراهيم آل سعود", "احمد ابراهيم ال سعود")]
    [InlineData("فاطِمَةُ", "فاطمه")]
    [InlineData("مُنــى", "مني")]
    [InlineData("ٱلمثال", "المثال")]
    [InlineData("یوسف کریم", "يوسف كريم")]
    [InlineData("مؤسسة شؤون", "موسسه شوون")]
    [InlineData("هاتف ٠٥٠", "هاتف 050")]
    [InlineData("  Zoë   O'NEILL ", "zoe o'neill")]
    [InlineData("Straße", "strasse")]
    [InlineData("\u200Fمنى\u200E", "مني")]
    public void Fold_SpellingsOfOneName_Meet(string text, string expected) => Assert.Equal(expected, SearchText.Fold(text));

    [Fact]
    public void Fold_Again_ChangesNothing() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
    {
        var once = SearchText.Fold(text.Get);

        return (SearchText.Fold(once) == once).Label($"'{text.Get}' -> '{once}' -> '{SearchText.Fold(once)}'");
    }).Holds();

    [Fact]
    public void Words_OfText_AreFoldedAndDistinct() => Assert.Equal(["مني", "sample"], SearchText.Words(" مُنى  Sample منى "));
}
