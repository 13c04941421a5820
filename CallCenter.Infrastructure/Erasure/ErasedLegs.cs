using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Erasure;
using CallCenter.Infrastructure.Calls;

namespace CallCenter.Infrastructure.Erasure;

/// <summary>Legs without erased numbers.</summary>
/// <param name="erasers">Each with the time up to which legs are without its numbers.</param>
internal sealed class ErasedLegs(IReadOnlyList<(DateTime UpToUtc, NumberEraser Eraser)> erasers)
{
    private const int EpochDigits = 10;

    private static readonly TimeSpan LongestCall = TimeSpan.FromDays(1);

    /// <summary>For one number.</summary>
    public ErasedLegs(DateTime upToUtc, NumberEraser eraser)
        : this([(upToUtc, eraser)])
    {
    }

    /// <summary>True for a leg that lost a number: its recordings are nobody's to fetch.</summary>
    public static bool Lost(Core.Telephony.CdrLeg leg) =>
        Holds(leg.Source) || Holds(leg.Destination) || Holds(leg.AnsweredBy) || Holds(leg.SourceDevice) || Holds(leg.DestinationDevice)
        || leg.RecordingFiles.Any(Holds);

    /// <summary>A text without any of them.</summary>
    public string Erase(string text) => erasers.Aggregate(text, (left, one) => one.Eraser.Erase(left));

    /// <summary>The leg without them; the same instance when it holds none.</summary>
    /// <param name="leg">As it came or as it is stored, with the vendor's row.</param>
    /// <param name="scratch">Is overwritten.</param>
    public CallLeg Of(CallLeg leg, CopyBuffer scratch)
    {
        foreach (var (upTo, eraser) in erasers)
        {
            if (BeganAtUtc(leg) <= upTo)
            {
                leg = Of(leg, eraser, scratch);
            }
        }

        return leg;
    }

    /// <summary>When its call began, as far as its ids tell: a call that was up while its number was erased is without it to its end.</summary>
    private static DateTime BeganAtUtc(CallLeg leg)
    {
        var began = leg.StartedAtUtc;
        foreach (var id in new[] { leg.UniqueId, leg.Session })
        {
            if (id.Length >= EpochDigits && long.TryParse(id.AsSpan(0, EpochDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
                && DateTime.UnixEpoch.AddSeconds(epoch) is var at && at < began && began - at < LongestCall)
            {
                began = at;
            }
        }

        return began;
    }

    private static bool Holds(string text) => text.Contains(ErasedNumber.Mark, StringComparison.Ordinal);

    private static CallLeg Of(CallLeg leg, NumberEraser eraser, CopyBuffer scratch)
    {
        var changed = false;
        var erased = new CallLeg
        {
            TenantId = leg.TenantId,
            PbxId = leg.PbxId,
            UniqueId = leg.UniqueId,
            AccountId = leg.AccountId,
            StartLocal = leg.StartLocal,
            CallId = leg.CallId,
            ContentHash = 0,
            Session = Erase(leg.Session),
            StartedAtUtc = leg.StartedAtUtc,
            AnsweredAtUtc = leg.AnsweredAtUtc,
            EndedAtUtc = leg.EndedAtUtc,
            DurationSeconds = leg.DurationSeconds,
            BillableSeconds = leg.BillableSeconds,
            Disposition = leg.Disposition,
            Direction = leg.Direction,
            Action = leg.Action,
            ActionTarget = Erase(leg.ActionTarget),
            Source = Erase(leg.Source),
            Destination = Erase(leg.Destination),
            CallerName = Erase(leg.CallerName),
            AnsweredBy = Erase(leg.AnsweredBy),
            SourceDevice = Erase(leg.SourceDevice),
            DestinationDevice = Erase(leg.DestinationDevice),
            ReachedDevice = leg.ReachedDevice,
            LastApplication = Erase(leg.LastApplication),
            LastData = Erase(leg.LastData),
            SourceTrunk = Erase(leg.SourceTrunk),
            DestinationTrunk = Erase(leg.DestinationTrunk),
            RecordingFiles = Erase(leg.RecordingFiles),
            Raw = Erase(leg.Raw),
        };
        if (!changed)
        {
            return leg;
        }

        scratch.Clear();
        CallLegMap.WriteContent(erased, scratch);
        erased.ContentHash = ContentHash.Of(scratch.Written.Span);
        return erased;

        string Erase(string text)
        {
            var without = eraser.Erase(text);
            changed |= !ReferenceEquals(without, text);
            return without;
        }
    }
}
