using CallCenter.Core.Identity;

namespace CallCenter.Tests.Identity;

public sealed class ExtensionNameTests
{
    [Theory]
    [InlineData("1001@demo", null, "1001@demo")]
    [InlineData(" 1001@DEMO ", null, "1001@demo")]
    [InlineData("١٠٠١@demo", null, "1001@demo")]
    [InlineData("0099@two-words", "demo", "0099@two-words")]
    [InlineData("1001", "demo", "1001@demo")]
    [InlineData("1001", "Demo", "1001@demo")]
    public void Parse_Extension_GivesNumberAndTenant(string typed, string? slug, string expected) =>
        Assert.Equal(expected, ExtensionName.Parse(typed, slug)?.ToString());

    [Theory]
    [InlineData("1001", null)]
    [InlineData("1001", "")]
    [InlineData("1001", "no such/slug")]
    [InlineData("1001@", "demo")]
    [InlineData("1001@demo.example", "demo")]
    [InlineData("1001@9lives", "demo")]
    [InlineData("1@demo", null)]
    [InlineData("1234567890123456789", "demo")]
    [InlineData("nora", "demo")]
    [InlineData("+1001", "demo")]
    [InlineData("", "demo")]
    public void Parse_AnythingElse_GivesNothing(string typed, string? slug) =>
        Assert.Null(ExtensionName.Parse(typed, slug));

    [Theory]
    [InlineData("1001", true)]
    [InlineData("1001@demo", true)]
    [InlineData("1001@demo.example", false)]
    [InlineData("agent1001", false)]
    public void Validate_UserNameThatReadsAsExtension_IsRefused(string name, bool refused)
    {
        var form = new PersonForm { UserName = name, DisplayName = "Nora", Email = "nora@example.com" };

        var codes = new PersonFormValidator().Validate(form).Errors.Select(e => e.ErrorCode);

        Assert.Equal(refused ? [IdentityErrors.UserNameIsNumber.Code] : [], codes);
    }
}
