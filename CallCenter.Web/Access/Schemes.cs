namespace CallCenter.Web.Access;

/// <summary>Names of the cookies that say who is there.</summary>
internal static class Schemes
{
    /// <summary>A signed-in session.</summary>
    public const string Session = "cc-session";

    /// <summary>The few minutes between the password and the code.</summary>
    public const string SecondFactor = "cc-second-factor";
}
