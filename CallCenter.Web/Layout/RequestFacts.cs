namespace CallCenter.Web.Layout;

/// <summary>What a circuit needs of the request that began it; travels encrypted with the root component.</summary>
/// <param name="RemoteAddress">Address of the client, for the audit log; null when unknown.</param>
/// <param name="ArabicDigits">The reader's digits.</param>
public sealed record RequestFacts(string? RemoteAddress, bool ArabicDigits)
{
    /// <summary>Of no request.</summary>
    public static readonly RequestFacts None = new(null, false);
}
