using CallCenter.Core.Primitives;

namespace CallCenter.Core.Identity;

/// <summary>Expected failures of sign-in, accounts and people.</summary>
public static class IdentityErrors
{
    /// <summary>One answer for an unknown name, a wrong password or code, a locked and a disabled account.</summary>
    public static readonly Error SignInFailed = new("identity.sign_in_failed", "The sign-in details are not right, or the account is closed for now.");

    /// <summary>Too many attempts from this address or for this name.</summary>
    public static readonly Error TooManyAttempts = new("identity.too_many_attempts", "Too many attempts. Wait a few minutes and try again.");

    /// <summary>The step before the code is too long ago, or was never made.</summary>
    public static readonly Error SignInExpired = new("identity.sign_in_expired", "The sign-in took too long. Begin again.");

    /// <summary>The current password is wrong.</summary>
    public static readonly Error WrongPassword = new("identity.wrong_password", "The current password is not right.", "CurrentPassword");

    /// <summary>Shorter than <see cref="PasswordRules.MinLength"/> or longer than <see cref="PasswordRules.MaxLength"/>.</summary>
    public static readonly Error PasswordLength = new("identity.password_length", "The password must have 12 to 128 characters.", "NewPassword");

    /// <summary>Made of too few different characters.</summary>
    public static readonly Error PasswordTooSimple = new("identity.password_too_simple", "The password repeats too few characters.", "NewPassword");

    /// <summary>Contains the user name.</summary>
    public static readonly Error PasswordHasUserName = new("identity.password_has_user_name", "The password must not contain the user name.", "NewPassword");

    /// <summary>Equal to the current one.</summary>
    public static readonly Error PasswordUnchanged = new("identity.password_unchanged", "The new password must differ from the current one.", "NewPassword");

    /// <summary>The six-digit code does not fit the key; also when the phone's clock is off.</summary>
    public static readonly Error WrongCode = new("identity.wrong_code", "The code is not right. Check the clock of your phone.", "Code");

    /// <summary>The second factor is on already, or its set-up was not begun.</summary>
    public static readonly Error TwoFactorState = new("identity.two_factor_state", "The second factor was changed meanwhile. Load the page again.");

    /// <summary>Not <c>en</c>, <c>ar</c> or none.</summary>
    public static readonly Error UnknownLanguage = new("identity.unknown_language", "This language is not available.", "Language");

    /// <summary>No such person in this tenant.</summary>
    public static readonly Error NotFound = new("identity.not_found", "The person was not found.");

    /// <summary>3 to 64 of letters, digits, dot, hyphen, underscore and at sign, a letter or digit first and last.</summary>
    public static readonly Error UserNameFormat = new("identity.user_name_format", "Use 3 to 64 letters, digits, dots, hyphens or underscores.", "UserName");

    /// <summary>Reads as an extension, with which people sign in too; a new account could stand in the way of another tenant's people.</summary>
    public static readonly Error UserNameIsNumber = new(
        "identity.user_name_is_number", "A user name cannot be a number alone: numbers are for signing in with an extension.", "UserName");

    /// <summary>Someone has this user name.</summary>
    public static readonly Error UserNameTaken = new("identity.user_name_taken", "This user name is taken.", "UserName");

    /// <summary>Not an e-mail address.</summary>
    public static readonly Error EmailFormat = new("identity.email_format", "This is not an e-mail address.", "Email");

    /// <summary>Someone has this e-mail address; the person can be added instead of created.</summary>
    public static readonly Error EmailTaken = new("identity.email_taken", "Someone has this e-mail address already. Add the existing person instead.", "Email");

    /// <summary>No account with this e-mail address.</summary>
    public static readonly Error EmailUnknown = new("identity.email_unknown", "Nobody has this e-mail address.", "Email");

    /// <summary>The person belongs to the tenant already.</summary>
    public static readonly Error AlreadyMember = new("identity.already_member", "This person belongs to the tenant already.", "Email");

    /// <summary>Empty or longer than allowed.</summary>
    public static readonly Error DisplayNameLength = new("identity.display_name_length", "Give a name of at most 120 characters.", "DisplayName");

    /// <summary>Not a role.</summary>
    public static readonly Error UnknownRole = new("identity.unknown_role", "This role does not exist.", "Role");

    /// <summary>The tenant would be left without an active owner.</summary>
    public static readonly Error LastOwner = new("identity.last_owner", "A tenant needs at least one active owner.");

    /// <summary>Only owners may make, change or disable owners.</summary>
    public static readonly Error OwnerOnly = new("identity.owner_only", "Only an owner may do this.");

    /// <summary>Nobody disables or resets themselves here.</summary>
    public static readonly Error NotYourself = new("identity.not_yourself", "You cannot do this to yourself.");

    /// <summary>The account also belongs to another tenant or to a platform administrator, so this tenant may not take it over.</summary>
    public static readonly Error SharedAccount = new("identity.shared_account", "This account is used beyond this tenant; only its owner can change its password.");

    /// <summary>Someone else changed the person meanwhile.</summary>
    public static readonly Error Conflict = new("identity.conflict", "Someone else changed this person meanwhile. Load the page again.");
}
