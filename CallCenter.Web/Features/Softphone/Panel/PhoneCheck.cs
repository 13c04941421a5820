using System.Globalization;
using System.Text;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>Parts of the check of the own phone, in order. Names are permanent: support reads them.</summary>
public enum PhoneCheckStep
{
    /// <summary>The browser may use a microphone that hears something.</summary>
    Microphone,

    /// <summary>The WebSocket to the PBX.</summary>
    Socket,

    /// <summary>The PBX sends calls here.</summary>
    Registration,

    /// <summary>Ways for the sound.</summary>
    Network,

    /// <summary>A call to the echo extension, its loss and round trip.</summary>
    Echo,
}

/// <summary>How a part went.</summary>
public enum PhoneCheckState
{
    /// <summary>Not begun.</summary>
    Waiting,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, with a reserve.</summary>
    Weak,

    /// <summary>Does not work.</summary>
    Bad,

    /// <summary>Could not be tried.</summary>
    Skipped,
}

/// <summary>One part's outcome.</summary>
/// <param name="Step">The part.</param>
/// <param name="State">How it went.</param>
/// <param name="Figures">What was measured, in words of no language: <c>loss 0.4 %, rtt 22 ms</c>.</param>
/// <param name="Code">Error of the phone; null for none.</param>
public sealed record PhoneCheckResult(PhoneCheckStep Step, PhoneCheckState State, string Figures, string? Code)
{
    /// <summary>Nobody was there to be measured.</summary>
    public bool Unreached { get; init; }
}

/// <summary>What the browser gathered; <c>portal/doctor.ts</c> has the same names.</summary>
public sealed record IceReport(int Host, int Srflx, int Relay, int Ms, bool Stun, bool Turn, string? Error);

/// <summary>Reads snapshots as a doctor does. Pure.</summary>
public static class PhoneCheck
{
    // Below this a room is silent, or the wrong microphone is chosen.
    private const double Audible = 0.02;
    private const double WeakLoss = 1;
    private const double BadLoss = 5;
    private const double WeakRoundTrip = 250;
    private const double BadRoundTrip = 500;

    /// <summary>Permission, device and the loudest level that was heard.</summary>
    public static PhoneCheckResult Microphone(DevicesSnapshot devices, double loudest)
    {
        var figures = string.Create(CultureInfo.InvariantCulture, $"permission {devices.Permission}, microphones {devices.Microphones.Count}, level {loudest:0.00}");
        return (devices.Permission, devices.Microphones.Count) switch
        {
            (Permission.Denied, _) => new(PhoneCheckStep.Microphone, PhoneCheckState.Bad, figures, "microphone.denied"),
            (_, 0) => new(PhoneCheckStep.Microphone, PhoneCheckState.Bad, figures, "microphone.missing"),
            _ => new(PhoneCheckStep.Microphone, loudest >= Audible ? PhoneCheckState.Good : PhoneCheckState.Weak, figures, null),
        };
    }

    /// <summary>Whether the socket is open.</summary>
    public static PhoneCheckResult Socket(LineSnapshot line)
    {
        var open = line.State is LineState.Registering or LineState.Registered or LineState.AuthFailed && line.Cause != "line.session";
        return new(PhoneCheckStep.Socket, open ? PhoneCheckState.Good : PhoneCheckState.Bad, Figures(line), open ? null : line.Cause ?? "line.down");
    }

    /// <summary>Whether the PBX took the account.</summary>
    public static PhoneCheckResult Registration(LineSnapshot line) => line.State == LineState.Registered
        ? new(PhoneCheckStep.Registration, PhoneCheckState.Good, Figures(line), null)
        : new(PhoneCheckStep.Registration, PhoneCheckState.Bad, Figures(line), line.Cause ?? "line.down");

    /// <summary>Whether there are ways for the sound, and those that the servers should have found.</summary>
    public static PhoneCheckResult Network(IceReport report)
    {
        var figures = string.Create(CultureInfo.InvariantCulture, $"host {report.Host}, srflx {report.Srflx}, relay {report.Relay}, {report.Ms} ms, stun {report.Stun}, turn {report.Turn}");
        if (report.Error is { } error)
        {
            return new(PhoneCheckStep.Network, PhoneCheckState.Bad, $"{figures}, {error}", error == "session" ? "line.session" : null);
        }

        // Without a NAT the STUN server finds what is there already, and browsers do not tell it twice: its absence means nothing.
        var lacks = report.Turn && report.Relay == 0;
        var none = report.Host + report.Srflx + report.Relay == 0;
        return new(PhoneCheckStep.Network, none ? PhoneCheckState.Bad : lacks ? PhoneCheckState.Weak : PhoneCheckState.Good, figures, null);
    }

    /// <summary>Loss and round trip of a call to the echo extension.</summary>
    /// <param name="samples">Figures while it ran.</param>
    /// <param name="end">How it ended, when it ended by itself; null when we ended it.</param>
    public static PhoneCheckResult Echo(IReadOnlyList<QualitySnapshot> samples, EndedCall? end)
    {
        var told = samples.Where(sample => sample.Mos is not null).ToList();
        if (told.Count == 0)
        {
            var why = end is null ? "no figures" : string.Create(CultureInfo.InvariantCulture, $"{end.Cause} {end.SipCode}");
            return new(PhoneCheckStep.Echo, PhoneCheckState.Bad, why.Trim(), null) { Unreached = true };
        }

        var (loss, trip) = (told.Average(sample => sample.LossPct ?? 0), told.Where(sample => sample.RttMs is not null).Select(sample => sample.RttMs!.Value).DefaultIfEmpty(0).Average());
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"mos {told.Average(sample => sample.Mos!.Value):0.0}, loss {loss:0.0} %, rtt {trip:0} ms, jitter {told.Average(sample => sample.JitterMs ?? 0):0} ms, samples {told.Count}");
        var state = loss > BadLoss || trip > BadRoundTrip ? PhoneCheckState.Bad : loss > WeakLoss || trip > WeakRoundTrip ? PhoneCheckState.Weak : PhoneCheckState.Good;
        return new(PhoneCheckStep.Echo, state, figures, null);
    }

    /// <summary>The whole as support wants it: English names, figures, nothing secret and no number but the own extension.</summary>
    public static string Text(IEnumerable<PhoneCheckResult> results, string extension, DateTime nowUtc, string browser)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"CallCenter phone check, {nowUtc:yyyy-MM-dd HH:mm:ss} UTC, extension {extension}\n");
        foreach (var result in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"{result.Step,-13}{result.State,-8} {result.Figures}{(result.Code is { } code ? $" [{code}]" : "")}\n");
        }

        return text.Append(browser).Append('\n').ToString();
    }

    private static string Figures(LineSnapshot line) => string.Create(
        CultureInfo.InvariantCulture, $"line {line.State}{(line.SipCode is { } code ? $", SIP {code}" : "")}{(line.RttMs is { } rtt ? $", rtt {rtt:0} ms" : "")}");
}
