using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Persistence;

namespace CallCenter.Infrastructure.Identity;

/// <summary>Makes accounts for the services that place people; saving is theirs.</summary>
internal sealed class NewAccounts(UserManagers managers, TimeProvider time)
{
    private static readonly PersonFormValidator Rules = new();

    /// <summary>Adds a checked account to the context.</summary>
    /// <returns>The account, or an error of the form, of the name or address being taken, or of the password.</returns>
    public async Task<Result<AppUser>> AddAsync(
        CallCenterDbContext db, PersonForm form, Secret password, bool mustChangePassword, string? language = null)
    {
        if (Rules.Validate(form).FirstError() is { } wrong)
        {
            return wrong;
        }

        var user = new AppUser
        {
            Id = Guid.CreateVersion7(),
            UserName = form.UserName.Trim(),
            Email = form.Email.Trim(),
            EmailConfirmed = false,
            DisplayName = form.DisplayName.Trim(),
            Language = language,
            MustChangePassword = mustChangePassword,
            CreatedAtUtc = time.GetUtcNow().UtcDateTime,
            LockoutEnabled = true,
        };
        using var users = managers.Create(db);
        return IdentityFailures.Translate(await users.CreateAsync(user, password.Reveal())) is { } error ? error : user;
    }
}
