using FluentValidation;
using FluentValidation.Results;

namespace CallCenter.Core.Primitives;

/// <summary>Ties FluentValidation to the house's errors.</summary>
public static class ValidationRules
{
    /// <summary>The rule fails with <paramref name="error"/>: its code becomes the failure's code.</summary>
    public static IRuleBuilderOptions<T, TProperty> As<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, Error error) =>
        rule.WithErrorCode(error.Code).WithMessage(error.Message);

    /// <summary>The first failure as an error with its field; null when valid.</summary>
    public static Error? FirstError(this ValidationResult result) =>
        result.Errors is [var first, ..] ? new Error(first.ErrorCode, first.ErrorMessage, first.PropertyName) : null;
}
