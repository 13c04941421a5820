namespace CallCenter.Tests.Support;

/// <summary>Settings that every host of the portal needs and tests do not care about.</summary>
internal static class TestKeys
{
    /// <summary>A key ring, and loopback allowed for simulated peers.</summary>
    public static Dictionary<string, string?> Settings => new()
    {
        ["Secrets:ActiveKey"] = "test",
        ["Secrets:Keys:test"] = Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)i)]),
        ["Outbound:Allow:0"] = "127.0.0.0/8",
    };
}
