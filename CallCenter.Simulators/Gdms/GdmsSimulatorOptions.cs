namespace CallCenter.Simulators.Gdms;

/// <summary>One GDMS region. Two regions are two simulators with their own data.</summary>
public sealed record GdmsSimulatorOptions
{
    /// <summary>Accounts that may sign in at the start.</summary>
    public IReadOnlyList<GdmsLogin> Logins { get; init; } = [new("portal", "Demo-Pass#1", "100001", "DEMOSECRETDEMOSECRET")];

    public IReadOnlyList<SimulatedOrganization> Organizations { get; init; } = [new(1, "Default")];

    public IReadOnlyList<SimulatedSite> Sites { get; init; } = [new(11, 1, "HQ")];

    public IReadOnlyList<SimulatedDevice> Devices { get; init; } =
    [
        new("C074AD001122", "20AAAAAA00000001", 1, 11) { Name = "PBX", ProductName = "UCM6301", FirmwareVersion = "1.0.27.12" },
        new("AABBCC001122", "20AAAAAA00000000", 1, 11) { Name = "Reception", SipAccounts = ["1001"] },
    ];

    public IReadOnlyList<SimulatedSipServer> SipServers { get; init; } = [new(21, "PBX", "pbx.example.test")];

    public IReadOnlyList<SimulatedSipAccount> SipAccounts { get; init; } = [new(31, "1001", "Reception", 21, 1)];

    public IReadOnlyList<SimulatedTemplateGroup> TemplateGroups { get; init; } = [new(41, "Phones", 1)];

    /// <summary>MAC to serial number of devices that were made but are in no account; device/add knows only these.</summary>
    public IReadOnlyDictionary<string, string> Factory { get; init; } = new Dictionary<string, string>();

    public GdmsQuirks Quirks { get; init; } = new();

    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>HTTPS with a self-signed certificate. Off by default: the real cloud's certificate is trusted, a simulator's is not.</summary>
    public bool Https { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
