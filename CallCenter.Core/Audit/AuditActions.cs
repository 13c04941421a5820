namespace CallCenter.Core.Audit;

/// <summary>Acts of identity and tenancy. Other features list theirs beside their service. Permanent, as they are stored.</summary>
public static class AuditActions
{
    /// <summary>Signed in (platform chain).</summary>
    public const string SignedIn = "identity.signed_in";

    /// <summary>A wrong password or code for an existing account (platform chain).</summary>
    public const string SignInFailed = "identity.sign_in_failed";

    /// <summary>A wrong password where it had to be typed again in an open session (platform chain).</summary>
    public const string PasswordRefused = "identity.password_refused";

    /// <summary>Too many failures in a row closed the account for a while (platform chain).</summary>
    public const string LockedOut = "identity.locked_out";

    /// <summary>Signed out (platform chain).</summary>
    public const string SignedOut = "identity.signed_out";

    /// <summary>Changed the own password (platform chain).</summary>
    public const string PasswordChanged = "identity.password_changed";

    /// <summary>Switched on the second factor (platform chain).</summary>
    public const string TwoFactorEnabled = "identity.two_factor_enabled";

    /// <summary>Switched off the second factor (platform chain).</summary>
    public const string TwoFactorDisabled = "identity.two_factor_disabled";

    /// <summary>Made new recovery codes (platform chain).</summary>
    public const string RecoveryCodesRenewed = "identity.recovery_codes_renewed";

    /// <summary>Signed in with a recovery code (platform chain).</summary>
    public const string RecoveryCodeUsed = "identity.recovery_code_used";

    /// <summary>The command-line verb made a platform administrator (platform chain).</summary>
    public const string AdministratorCreated = "identity.administrator_created";

    /// <summary>A new account was made in the tenant.</summary>
    public const string UserCreated = "users.created";

    /// <summary>An existing person was added to the tenant.</summary>
    public const string UserAdded = "users.added";

    /// <summary>A person's role changed.</summary>
    public const string UserRoleChanged = "users.role_changed";

    /// <summary>A person's place in the tenant was closed.</summary>
    public const string UserDisabled = "users.disabled";

    /// <summary>A person's place in the tenant was opened again.</summary>
    public const string UserEnabled = "users.enabled";

    /// <summary>A person got a new one-time password.</summary>
    public const string UserPasswordReset = "users.password_reset";

    /// <summary>A tenant was created (platform chain).</summary>
    public const string TenantCreated = "tenants.created";

    /// <summary>A tenant's facts changed (platform chain).</summary>
    public const string TenantChanged = "tenants.changed";

    /// <summary>A tenant was suspended (platform chain).</summary>
    public const string TenantSuspended = "tenants.suspended";

    /// <summary>A tenant was resumed (platform chain).</summary>
    public const string TenantResumed = "tenants.resumed";
}
