using System.Security.Cryptography;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using Microsoft.AspNetCore.Identity;

namespace CallCenter.Infrastructure.Identity;

/// <summary>What Identity's own rules lack: a longest length, and not the user name inside.</summary>
internal sealed class PasswordRulesValidator : IPasswordValidator<AppUser>
{
    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user, string? password)
    {
        var text = password ?? "";
        var error = text.Length > PasswordRules.MaxLength ? IdentityErrors.PasswordLength
            : user.UserName is { Length: >= 3 } name && text.Contains(name, StringComparison.OrdinalIgnoreCase) ? IdentityErrors.PasswordHasUserName
            : null;
        return Task.FromResult(error is null
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = error.Code, Description = error.Message }));
    }
}

internal static class Passwords
{
    // No letters or digits that are mistaken for each other when read aloud or copied from paper.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Four groups of four: 79 bits, typed without trouble.</summary>
    public static Secret NewOneTimePassword()
    {
        while (true)
        {
            var letters = RandomNumberGenerator.GetString(Alphabet, 16);
            if (letters.Distinct().Count() > PasswordRules.MinDistinct)
            {
                return new Secret(string.Join('-', letters.Chunk(4).Select(group => new string(group))));
            }
        }
    }

    /// <summary>Checks the rules; null when the password is good.</summary>
    public static async Task<Error?> CheckAsync(UserManager<AppUser> users, AppUser user, Secret password)
    {
        foreach (var validator in users.PasswordValidators)
        {
            if (IdentityFailures.Translate(await validator.ValidateAsync(users, user, password.Reveal())) is { } error)
            {
                return error;
            }
        }

        return null;
    }
}
