using System.Globalization;
using CallCenter.Core.Erasure;

namespace CallCenter.Infrastructure.Erasure;

/// <summary>What a certificate says, as one text to seal. Permanent: seals depend on it.</summary>
internal static class ErasureCertificate
{
    public static string Of(NumberErasure erasure, IEnumerable<ErasureHeld> held) => string.Join('\n',
        (string[])
        [
            erasure.Id.ToString("N"), erasure.TenantId.ToString("N"), erasure.Fingerprint, erasure.ByUserId.ToString("N"), erasure.ByName, erasure.Reason,
            Second(erasure.RequestedAtUtc), Second(erasure.FinishedAtUtc ?? default), erasure.Counts,
            .. held.OrderBy(call => call.CallStartedAtUtc).ThenBy(call => call.Id).Select(call => $"{Second(call.CallStartedAtUtc)} {call.ByName} {call.Reason}"),
        ]);

    // What a database keeps of a fraction is its own business.
    private static string Second(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
