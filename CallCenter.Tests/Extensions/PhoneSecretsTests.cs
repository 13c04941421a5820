using CallCenter.Core.Extensions;
using CallCenter.Core.Settings;
using CallCenter.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenter.Tests.Extensions;

public sealed class PhoneSecretsTests
{
    private static Gen<ExtensionPlan> Plans =>
        from length in Gen.Choose(0, 64)
        from classes in Gen.Choose(0, 15)
        select new ExtensionPlan
        {
            PasswordLength = length,
            PasswordUpper = (classes & 1) != 0,
            PasswordLower = (classes & 2) != 0,
            PasswordDigit = (classes & 4) != 0,
            PasswordSpecial = (classes & 8) != 0,
        };

    private static Gen<string> Numbers =>
        from length in Gen.Choose(2, 18)
        from digits in Gen.Choose(0, 9).ListOf(length)
        select string.Concat(digits);

    [Fact]
    public void NewSecret_AnyPlan_HasEachDemandedClassAndNothingElse() => Prop.ForAll(Plans.ToArbitrary(), plan =>
    {
        var secret = PhoneSecrets.NewSecret(plan).Reveal();

        var needed = Math.Clamp(plan.PasswordLength, ExtensionPlan.PasswordLengthMin, ExtensionPlan.PasswordLengthMax);
        var onlyFallback = !plan.PasswordUpper && !plan.PasswordDigit;
        return (secret.Length == needed
                && secret.Any(char.IsAsciiLetterUpper) == plan.PasswordUpper
                && secret.Any(char.IsAsciiLetterLower) == (plan.PasswordLower || onlyFallback)
                && secret.Any(char.IsAsciiDigit) == plan.PasswordDigit
                && secret.Any(c => !char.IsAsciiLetterOrDigit(c)) == plan.PasswordSpecial)
            .Label($"{plan.PasswordLength} {plan.PasswordUpper} {plan.PasswordLower} {plan.PasswordDigit} {plan.PasswordSpecial}: {secret}");
    }).Holds();

    [Fact]
    public void NewSecret_AnyPlan_NeedsNoEscapingAnywhereAndNoSecondLook() => Prop.ForAll(Plans.ToArbitrary(), plan =>
    {
        var secret = PhoneSecrets.NewSecret(plan).Reveal();

        return (Uri.EscapeDataString(secret) == secret
                && System.Security.SecurityElement.Escape(secret) == secret
                && secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
                && !secret.Any(c => "0Oo1lI|".Contains(c, StringComparison.Ordinal))
                && char.IsAsciiLetterOrDigit(secret[0]) && char.IsAsciiLetterOrDigit(secret[^1]))
            .Label(secret);
    }).Holds();

    [Fact]
    public void NewSecret_Thousands_NeverRepeatAndUseTheWholeAlphabet()
    {
        var secrets = Enumerable.Range(0, 5000).Select(_ => PhoneSecrets.NewSecret().Reveal()).ToList();

        Assert.Equal(secrets.Count, secrets.Distinct().Count());
        Assert.Equal(
            "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789-.".Order(),
            secrets.SelectMany(s => s).Distinct().Order());
    }

    [Fact]
    public void NewVoicemailPin_AnyNumber_IsDigitsWithoutRunsOrTheNumber() => Prop.ForAll(Numbers.ToArbitrary(), number =>
    {
        var pin = PhoneSecrets.NewVoicemailPin(number).Reveal();
        var steps = pin.Zip(pin[1..], (a, b) => b - a).ToList();
        var runs = steps.Zip(steps[1..], (a, b) => a == b && Math.Abs(a) <= 1).Any(run => run);

        return (pin.Length == PhoneSecrets.PinLength && pin.All(char.IsAsciiDigit) && !runs
                && (number.Length < 3 || !pin.Contains(number, StringComparison.Ordinal)))
            .Label($"{number}: {pin}");
    }).Holds();

    [Fact]
    public void Text_OfASecret_ShowsTheMask() => Assert.Equal(Core.Primitives.Secret.Mask, PhoneSecrets.NewSecret().ToString());
}
