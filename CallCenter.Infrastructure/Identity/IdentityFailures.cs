using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Identity;

/// <summary>Turns Identity's failures into the house's errors.</summary>
internal static class IdentityFailures
{
    private static readonly Dictionary<string, Error> Known = new(StringComparer.Ordinal)
    {
        [nameof(IdentityErrorDescriber.DuplicateUserName)] = IdentityErrors.UserNameTaken,
        [nameof(IdentityErrorDescriber.InvalidUserName)] = IdentityErrors.UserNameFormat,
        [nameof(IdentityErrorDescriber.DuplicateEmail)] = IdentityErrors.EmailTaken,
        [nameof(IdentityErrorDescriber.InvalidEmail)] = IdentityErrors.EmailFormat,
        [nameof(IdentityErrorDescriber.PasswordTooShort)] = IdentityErrors.PasswordLength,
        [nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars)] = IdentityErrors.PasswordTooSimple,
        [nameof(IdentityErrorDescriber.ConcurrencyFailure)] = IdentityErrors.Conflict,
        [IdentityErrors.PasswordLength.Code] = IdentityErrors.PasswordLength,
        [IdentityErrors.PasswordHasUserName.Code] = IdentityErrors.PasswordHasUserName,
    };

    /// <summary>Null on success.</summary>
    public static Error? Translate(IdentityResult result)
    {
        if (result.Succeeded)
        {
            return null;
        }

        var first = result.Errors.First();
        return Known.TryGetValue(first.Code, out var error)
            ? error
            : throw new InvalidOperationException($"Identity failed unexpectedly: {first.Code}.");
    }

    /// <summary>After a refused save: which of the account's unique values someone else took at the same moment; null when none.</summary>
    public static async Task<Error?> TakenAsync(DbContext db, AppUser user, CancellationToken cancellationToken)
    {
        var others = db.Set<AppUser>().AsNoTracking().Where(u => u.Id != user.Id);
        if (await others.AnyAsync(u => u.NormalizedUserName == user.NormalizedUserName, cancellationToken))
        {
            return IdentityErrors.UserNameTaken;
        }

        return await others.AnyAsync(u => u.NormalizedEmail == user.NormalizedEmail, cancellationToken) ? IdentityErrors.EmailTaken : null;
    }
}
