using System.Security.Cryptography;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;

namespace CallCenter.Core.Extensions;

/// <summary>
/// Makes SIP secrets and mailbox PINs from the system's cryptographic source. No character looks like another (0 O o, 1 l I |),
/// and none means anything to SIP URIs, XML and query strings, shells, or a UCM.
/// </summary>
public static class PhoneSecrets
{
    /// <summary>Digits of a mailbox PIN.</summary>
    public const int PinLength = 6;

    private const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Lower = "abcdefghijkmnpqrstuvwxyz";
    private const string Digits = "23456789";

    // The underscore would be safe too, but a rule that is written as \W does not count it as special.
    private const string Special = "-.";

    // A dash in front is an option to a shell, a dot at the end is dropped by programs that find addresses in text.
    private const string Ends = Upper + Lower + Digits;

    /// <summary>A SIP secret by the tenant's rules: as long as they say, each demanded class in it, no other class used.</summary>
    public static Secret NewSecret(ExtensionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var length = Math.Clamp(plan.PasswordLength, ExtensionPlan.PasswordLengthMin, ExtensionPlan.PasswordLengthMax);
        List<string> classes = [];
        Demand(plan.PasswordUpper, Upper);
        Demand(plan.PasswordLower || !(plan.PasswordUpper || plan.PasswordDigit), Lower);
        Demand(plan.PasswordDigit, Digits);
        Demand(plan.PasswordSpecial, Special);
        var alphabet = string.Concat(classes);
        while (true)
        {
            // Drawn again as a whole: mending a draw would make some secrets likelier than others.
            var drawn = RandomNumberGenerator.GetString(alphabet, length);
            if (Ends.Contains(drawn[0], StringComparison.Ordinal) && Ends.Contains(drawn[^1], StringComparison.Ordinal)
                && classes.TrueForAll(c => drawn.AsSpan().ContainsAny(c)))
            {
                return new Secret(drawn);
            }
        }

        void Demand(bool demanded, string characters)
        {
            if (demanded)
            {
                classes.Add(characters);
            }
        }
    }

    /// <summary>A secret of sixteen characters with every class, for what nobody has to type.</summary>
    public static Secret NewSecret() => NewSecret(new ExtensionPlan());

    /// <summary>A mailbox PIN: digits, no three alike or in a row, and nothing of the extension's own number.</summary>
    public static Secret NewVoicemailPin(string number)
    {
        while (true)
        {
            var drawn = RandomNumberGenerator.GetString("0123456789", PinLength);
            if (!HasRun(drawn) && !Resembles(drawn, number))
            {
                return new Secret(drawn);
            }
        }
    }

    private static bool HasRun(string pin)
    {
        for (var i = 2; i < pin.Length; i++)
        {
            var step = pin[i] - pin[i - 1];
            if (step is >= -1 and <= 1 && pin[i - 1] - pin[i - 2] == step)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Resembles(string pin, string number) =>
        number.Length > 2
        && (pin.Contains(number, StringComparison.Ordinal) || number.Contains(pin, StringComparison.Ordinal)
            || pin.StartsWith(number[..Math.Min(4, number.Length)], StringComparison.Ordinal)
            || pin.EndsWith(number[^Math.Min(4, number.Length)..], StringComparison.Ordinal));
}
