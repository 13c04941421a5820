using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Faults;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Simulators.Ucm;

/// <summary>What a simulated UCM is like when it starts.</summary>
public sealed record UcmSimulatorOptions
{
    /// <summary>Name under which the control endpoints show it.</summary>
    public string Name { get; init; } = "ucm";

    /// <summary>TCP port on 127.0.0.1; 0 takes a free one. A real one listens on 8089.</summary>
    public int Port { get; init; }

    public IReadOnlyList<UcmApiUser> Users { get; init; } = [new("portalapi", "Demo-Pass#1")];

    /// <summary>The PBX's own zone; that of <see cref="Calls"/> when null, else UTC.</summary>
    public TimeZoneInfo? Zone { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public UcmQuirks Quirks { get; init; } = new();

    public FaultSwitch Faults { get; init; } = new();

    /// <summary>Who calls; null for a PBX without calls of its own.</summary>
    public CallGeneratorOptions? Calls { get; init; }

    /// <summary>Extensions at the start; those of <see cref="Calls"/> when null.</summary>
    public IReadOnlyList<SimExtension>? Extensions { get; init; }

    public IReadOnlyList<SimGroup> Conferences { get; init; } = [];

    public IReadOnlyList<SimGroup> PagingGroups { get; init; } = [];

    /// <summary>A cookie that was not used for so long is expired.</summary>
    public TimeSpan SessionIdleLimit { get; init; } = TimeSpan.FromSeconds(600);

    public TimeSpan ChallengeLife { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The failed login that locks an address out.</summary>
    public int LoginAttempts { get; init; } = 5;

    public TimeSpan LockoutPeriod { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long applyChanges takes; 2 to 20 s on a real one.</summary>
    public TimeSpan ApplyDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>applyChanges sooner than this after the last answers -45.</summary>
    public TimeSpan ApplySpacing { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Passwords need upper and lower case, a digit and a special character.</summary>
    public bool StrongPasswords { get; init; } = true;

    /// <summary>
    /// A number that answers and plays back what is said. The UCM's papers name none; on a real one it is whatever the
    /// installer pointed at an echo application.
    /// </summary>
    public string EchoNumber { get; init; } = "*43";

    public string ProductModel { get; init; } = "UCM6301  V1.3A";

    public string FirmwareVersion { get; init; } = "1.0.27.12";

    /// <summary>In upper-case pairs with colons. The default is of a range for documentation.</summary>
    public string Mac { get; init; } = "00:00:5E:00:53:01";

    /// <summary>PKCS#12 file that keeps the certificate between runs; null makes a new one each time.</summary>
    public string? CertificateFile { get; init; }

    public string WebSocketPath { get; init; } = "/ws";

    /// <summary>Serves SIP over WebSocket on <see cref="WebSocketPath"/>; null answers 404 there.</summary>
    public Func<HttpContext, Task>? WebSocketHandler { get; init; }
}
