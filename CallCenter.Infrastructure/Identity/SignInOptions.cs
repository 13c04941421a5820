using System.ComponentModel.DataAnnotations;

namespace CallCenter.Infrastructure.Identity;

/// <summary>Section <c>SignIn</c>. Only failed attempts count, so a whole office behind one address can begin its shift.</summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>Failures from one address (IPv6: one /64) within the window before it must wait.</summary>
    [Range(1, 10_000)]
    public int FailuresPerAddress { get; set; } = 30;

    /// <summary>Failures for one name within the window before it must wait, whether the account exists or not.</summary>
    [Range(1, 10_000)]
    public int FailuresPerAccount { get; set; } = 10;

    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Failures in a row that close an account.</summary>
    [Range(1, 100)]
    public int LockoutFailures { get; set; } = 5;

    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan LockoutDuration { get; set; } = TimeSpan.FromMinutes(15);
}
