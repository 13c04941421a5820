using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Infrastructure.Security;
using Microsoft.Extensions.Options;

namespace CallCenter.Tests.Security;

public sealed class SecretProtectorTests
{
    private static readonly SecretPurpose Purpose = new(Guid.NewGuid(), "PbxConnections.ApiPassword");
    private static readonly string OldKey = Convert.ToBase64String([.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly string NewKey = Convert.ToBase64String([.. Enumerable.Repeat((byte)2, 32)]);

    [Fact]
    public void Unprotect_OwnText_GivesSecretBack()
    {
        var protector = Ring("k1", ("k1", OldKey));

        var text = protector.Protect(new Secret("Pä$$ wort"), Purpose);

        Assert.StartsWith("v1:k1:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("wort", text, StringComparison.Ordinal);
        Assert.Equal("Pä$$ wort", protector.Unprotect(text, Purpose).Value.Reveal());
        Assert.NotEqual(text, protector.Protect(new Secret("Pä$$ wort"), Purpose));
    }

    [Fact]
    public void Unprotect_MovedToOtherTenantOrField_IsUnreadable()
    {
        var protector = Ring("k1", ("k1", OldKey));
        var text = protector.Protect(new Secret("mine"), Purpose);

        Assert.Equal(SecretErrors.Unreadable, protector.Unprotect(text, Purpose with { TenantId = Guid.NewGuid() }).Error);
        Assert.Equal(SecretErrors.Unreadable, protector.Unprotect(text, Purpose with { Field = "GdmsConnections.Password" }).Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("v2:k1:AAAA")]
    [InlineData("v1:k1:AAAA")]
    [InlineData("v1:k1:%%%")]
    public void Unprotect_NoSuchText_IsUnreadable(string text) =>
        Assert.Equal(SecretErrors.Unreadable, Ring("k1", ("k1", OldKey)).Unprotect(text, Purpose).Error);

    [Fact]
    public void Unprotect_EveryFlippedCharacter_IsRefused()
    {
        var protector = Ring("k1", ("k1", OldKey));
        var text = protector.Protect(new Secret("secret"), Purpose);

        for (var i = "v1:k1:".Length; i < text.Length - 1; i++)
        {
            var changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Assert.Equal(SecretErrors.Unreadable, protector.Unprotect(changed, Purpose).Error);
        }
    }

    [Fact]
    public void Rotation_OldKeyKept_ReadsOldAndWritesNew()
    {
        var old = Ring("k1", ("k1", OldKey)).Protect(new Secret("x"), Purpose);
        var rotated = Ring("k2", ("k1", OldKey), ("k2", NewKey));

        Assert.Equal("x", rotated.Unprotect(old, Purpose).Value.Reveal());
        Assert.True(rotated.IsOutdated(old));
        Assert.False(rotated.IsOutdated(rotated.Protect(new Secret("x"), Purpose)));
    }

    [Fact]
    public void Rotation_OldKeyRemoved_NamesTheProblem()
    {
        var old = Ring("k1", ("k1", OldKey)).Protect(new Secret("x"), Purpose);

        Assert.Equal(SecretErrors.UnknownKey, Ring("k2", ("k2", NewKey)).Unprotect(old, Purpose).Error);
    }

    [Theory]
    [InlineData("", "k1", "Secrets:ActiveKey is not set")]
    [InlineData("k9", "k1", "Secrets:Keys has no such entry")]
    [InlineData("k:1", "k:1", "has a name that is not")]
    public void Options_Wrong_SayWhatToSet(string active, string keyId, string expected)
    {
        var options = new SecretsOptions { ActiveKey = active, Keys = { [keyId] = OldKey } };

        Assert.Contains(expected, new SecretsOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_KeyOfWrongLength_IsNamedWithoutItsValue()
    {
        var options = new SecretsOptions { ActiveKey = "k1", Keys = { ["k1"] = "c2hvcnQ=" } };

        var message = new SecretsOptionsValidator().Validate(null, options).FailureMessage;

        Assert.Contains("Secrets:Keys:k1", message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ", message, StringComparison.Ordinal);
    }

    private static SecretProtector Ring(string active, params (string Id, string Key)[] keys)
    {
        var options = new SecretsOptions { ActiveKey = active };
        foreach (var (id, key) in keys)
        {
            options.Keys[id] = key;
        }

        return new SecretProtector(Options.Create(options));
    }
}
