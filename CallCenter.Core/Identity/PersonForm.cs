using System.Text.RegularExpressions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using FluentValidation;

namespace CallCenter.Core.Identity;

/// <summary>A new person as typed.</summary>
public sealed class PersonForm
{
    /// <summary>Longest user name, in characters.</summary>
    public const int UserNameMaxLength = 64;

    /// <summary>Longest display name, in characters.</summary>
    public const int DisplayNameMaxLength = 120;

    /// <summary>Longest e-mail address, in characters.</summary>
    public const int EmailMaxLength = 254;

    /// <summary>Name to sign in with.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Name as people see it.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Address; required, as it is how an existing person is found.</summary>
    public string Email { get; set; } = "";

    /// <summary>What the person will be; a tenant's first owner is always owner.</summary>
    public TenantRole Role { get; set; } = TenantRole.Agent;
}

/// <summary>Rules of <see cref="PersonForm"/>; each failure's error code is that of the <see cref="IdentityErrors"/> field.</summary>
public sealed partial class PersonFormValidator : AbstractValidator<PersonForm>
{
    /// <summary>Sets the rules.</summary>
    public PersonFormValidator()
    {
        RuleFor(f => f.UserName).Cascade(CascadeMode.Stop)
            .Must(IsUserName).As(IdentityErrors.UserNameFormat)
            .Must(name => !ExtensionName.Resembles(name)).As(IdentityErrors.UserNameIsNumber);
        RuleFor(f => f.DisplayName).Must(n => n?.Trim().Length is >= 1 and <= PersonForm.DisplayNameMaxLength).As(IdentityErrors.DisplayNameLength);
        RuleFor(f => f.Email).Must(IsEmail).As(IdentityErrors.EmailFormat);
        RuleFor(f => f.Role).IsInEnum().As(IdentityErrors.UnknownRole);
    }

    /// <summary>Whether the text can be a user name.</summary>
    public static bool IsUserName(string? text) => text is not null && UserNamePattern().IsMatch(text.Trim());

    /// <summary>Whether the text looks like an e-mail address; delivery is not tried.</summary>
    public static bool IsEmail(string? text) => text?.Trim() is { Length: <= PersonForm.EmailMaxLength } email && EmailPattern().IsMatch(email);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._@-]{1,62}[A-Za-z0-9]\z")]
    private static partial Regex UserNamePattern();

    [GeneratedRegex(@"^[^@\s<>""(),:;\\]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}\z")]
    private static partial Regex EmailPattern();
}
