namespace CallCenter.Core.Identity;

/// <summary>What a password must be: long. No composition rules, as they make passwords guessable and people unhappy.</summary>
public static class PasswordRules
{
    /// <summary>Shortest password, in characters.</summary>
    public const int MinLength = 12;

    /// <summary>Longest password, in characters; bounds the work of hashing.</summary>
    public const int MaxLength = 128;

    /// <summary>Fewest different characters.</summary>
    public const int MinDistinct = 5;
}
