using CallCenter.Core.Primitives;
using FluentValidation;

namespace CallCenter.Core.Extensions;

/// <summary>A wish for a new extension.</summary>
public sealed class NewExtension
{
    /// <summary>The number; empty for the next free one.</summary>
    public string Number { get; set; } = "";

    /// <summary>Its settings.</summary>
    public ExtensionProfile Profile { get; set; } = new();

    /// <summary>Whose it will be; null for nobody.</summary>
    public Guid? UserId { get; set; }
}

/// <summary>Rules of <see cref="ExtensionProfile"/>; each failure's error code is that of the <see cref="ExtensionErrors"/> field.</summary>
public sealed class ExtensionProfileValidator : AbstractValidator<ExtensionProfile>
{
    /// <summary>Sets the rules.</summary>
    public ExtensionProfileValidator()
    {
        RuleFor(p => p.Name).Cascade(CascadeMode.Stop)
            .Must(name => name.Trim().Length > 0).As(ExtensionErrors.NameRequired)
            .Must(IsName).As(ExtensionErrors.NameFormat);
        RuleFor(p => p.Email).Must(email => email.Length == 0 || IsEmail(email)).As(ExtensionErrors.EmailFormat);
        RuleFor(p => p.CallerId).Must(id => id.Length == 0 || IsDigits(id, 2, ExtensionProfile.DialMaxLength)).As(ExtensionErrors.CallerIdFormat);
        RuleFor(p => p.RingTimeoutSeconds)
            .Must(seconds => seconds is null or (>= ExtensionProfile.RingTimeoutMin and <= ExtensionProfile.RingTimeoutMax))
            .As(ExtensionErrors.RingTimeoutRange);
        RuleFor(p => p.ForwardAlways).Must(IsTarget).As(ExtensionErrors.ForwardFormat);
        RuleFor(p => p.ForwardBusy).Must(IsTarget).As(ExtensionErrors.ForwardFormat);
        RuleFor(p => p.ForwardNoAnswer).Must(IsTarget).As(ExtensionErrors.ForwardFormat);
    }

    /// <summary>True for 2 to 18 ASCII digits.</summary>
    public static bool IsNumber(string number) => IsDigits(number, 2, Extension.NumberMaxLength);

    // What ends up in SIP display names, dial plans and shell scripts of the PBX: no quotes, brackets, control characters.
    private static bool IsName(string name) =>
        name.Length <= ExtensionProfile.NameMaxLength && !name.Any(c => char.IsControl(c) || "\"<>\\`$;|&{}[]".Contains(c, StringComparison.Ordinal));

    private static bool IsEmail(string email) =>
        email.Length <= ExtensionProfile.EmailMaxLength && email.IndexOf('@') is > 0 and var at && at == email.LastIndexOf('@')
        && at < email.Length - 1 && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';' or '"');

    private static bool IsTarget(string target) =>
        target.Length <= ExtensionProfile.DialMaxLength && target.All(c => char.IsAsciiDigit(c) || c is '*' or '#' or '+');

    private static bool IsDigits(string text, int least, int most) =>
        text.Length >= least && text.Length <= most && text.All(char.IsAsciiDigit);
}
