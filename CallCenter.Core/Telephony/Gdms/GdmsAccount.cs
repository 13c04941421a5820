namespace CallCenter.Core.Telephony.Gdms;

/// <summary>The two clouds of the vendor. An account exists in one of them only; their data is separate.</summary>
public enum GdmsRegion
{
    /// <summary>www.gdms.cloud (United States and the rest of the world).</summary>
    Global,

    /// <summary>eu.gdms.cloud.</summary>
    Europe,
}

/// <summary>What signs in to GDMS. Not a record: its text must never show the secrets.</summary>
/// <param name="region">The cloud that holds the account.</param>
/// <param name="userName">GDMS user name (not the e-mail address).</param>
/// <param name="password">Plain password; only its double hash leaves this process.</param>
/// <param name="apiId">API ID (<c>client_id</c>) from GDMS, Others, API Developer.</param>
/// <param name="apiSecret">Secret key (<c>client_secret</c>) from the same page.</param>
/// <param name="baseAddress">Scheme, host and port to use instead of the region's, for laboratories; null otherwise.</param>
public sealed class GdmsAccount(
    GdmsRegion region, string userName, string password, string apiId, string apiSecret, Uri? baseAddress = null)
{
    /// <summary>Address that stands in for the region's cloud; checked against the outbound policy when used. Null: the region's.</summary>
    public Uri? BaseAddress { get; } = baseAddress;

    /// <summary>The cloud that holds the account.</summary>
    public GdmsRegion Region { get; } = region;

    /// <summary>GDMS user name (not the e-mail address).</summary>
    public string UserName { get; } = userName;

    /// <summary>Plain password.</summary>
    public string Password { get; } = password;

    /// <summary>API ID (<c>client_id</c>).</summary>
    public string ApiId { get; } = apiId;

    /// <summary>Secret key (<c>client_secret</c>).</summary>
    public string ApiSecret { get; } = apiSecret;

    /// <summary>The region only.</summary>
    public override string ToString() => $"GDMS account in {Region}";
}
