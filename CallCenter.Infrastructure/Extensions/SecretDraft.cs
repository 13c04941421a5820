using System.Security.Cryptography;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>New secrets by a tenant's rules. No look-alikes, nothing that shells, JSON or phone templates trip over.</summary>
internal static class SecretDraft
{
    private const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Lower = "abcdefghijkmnopqrstuvwxyz";
    private const string Digits = "23456789";
    private const string Special = "!#%*+-=?@_";

    public static Secret Sip(ExtensionPlan? plan)
    {
        plan ??= new ExtensionPlan();
        string[] wanted = [.. Groups(plan)];
        string[] groups = wanted.Length == 0 ? [Lower] : wanted;
        var length = Math.Clamp(plan.PasswordLength, ExtensionPlan.PasswordLengthMin, ExtensionPlan.PasswordLengthMax);
        var characters = groups.Select(Pick).Concat(Enumerable.Range(0, length - groups.Length).Select(_ => Pick(string.Concat(groups)))).ToArray();
        RandomNumberGenerator.Shuffle(characters.AsSpan());
        return new Secret(new string(characters));
    }

    public static Secret Pin() => new(new string([.. Enumerable.Range(0, 6).Select(_ => Pick("0123456789"))]));

    private static IEnumerable<string> Groups(ExtensionPlan plan)
    {
        if (plan.PasswordUpper)
        {
            yield return Upper;
        }

        if (plan.PasswordLower)
        {
            yield return Lower;
        }

        if (plan.PasswordDigit)
        {
            yield return Digits;
        }

        if (plan.PasswordSpecial)
        {
            yield return Special;
        }
    }

    private static char Pick(string from) => from[RandomNumberGenerator.GetInt32(from.Length)];
}
