using CallCenter.Core.Primitives;
using FluentValidation;

namespace CallCenter.Core.Settings;

/// <summary>Rules of one settings form; the page and the service use the same. A masked secret counts as filled in.</summary>
/// <typeparam name="TForm">The form.</typeparam>
public abstract class SettingsFormValidator<TForm> : AbstractValidator<TForm>
    where TForm : class, ISettingsForm<TForm>, new()
{
    /// <summary>Stops at the first failure of each field.</summary>
    protected SettingsFormValidator() => RuleLevelCascadeMode = CascadeMode.Stop;

    /// <summary>At most one error for each field, <see cref="Error.Field"/> set. The form should be normalised.</summary>
    public IReadOnlyList<Error> Check(TForm form) =>
        [.. Validate(form).Errors.Select(failure => new Error(failure.ErrorCode, failure.ErrorMessage, failure.PropertyName))];
}

internal static class SettingsRules
{
    public static IRuleBuilderOptions<TForm, string> Filled<TForm>(this IRuleBuilder<TForm, string> rule, int maxLength) =>
        rule.NotEmpty().As(SettingsErrors.Required).MaximumLength(maxLength).As(SettingsErrors.TooLong);
}
