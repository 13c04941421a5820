namespace CallCenter.Core.Extensions;

/// <summary>A line of the PBX's list, as far as presence is concerned.</summary>
/// <param name="Status">What the line does; never <see cref="LineStatus.Unknown"/>.</param>
/// <param name="Address">Address of the phone; empty when none.</param>
/// <param name="Model">Its model; empty when unknown.</param>
/// <param name="Kind">The kind of account in the PBX's word.</param>
/// <param name="Locked">The PBX has locked the account.</param>
public sealed record LineReading(LineStatus Status, string Address, string Model, string Kind, bool Locked);

/// <summary>
/// From readings to history, purely. Spans of one extension follow each other without overlap; the same reading again
/// changes nothing, so history does not depend on how often the PBX is read while nothing happens. A time in which the PBX
/// could not be read is no loss: the span goes on if the phone is still there, else it ends at the reading that shows so,
/// and <see cref="RegistrationSpan.SeenUntilUtc"/> says how long it was certainly there.
/// </summary>
public static class RegistrationRule
{
    /// <summary>Takes a reading into the presence and the open span.</summary>
    /// <param name="presence">Changed where the reading differs.</param>
    /// <param name="open">The span without an end; null when the line was last read as unregistered. Ended when the reading says so.</param>
    /// <param name="reading">What the PBX says.</param>
    /// <param name="readAtUtc">When.</param>
    /// <param name="readBeforeUtc">When it was read before, UTC: an open span is certain up to then. Null for never.</param>
    /// <returns>The span that begins; null when none does.</returns>
    public static RegistrationSpan? Take(
        ExtensionPresence presence, RegistrationSpan? open, LineReading reading, DateTime readAtUtc, DateTime? readBeforeUtc)
    {
        // A node whose clock is a little behind must not write history into the past of another's.
        var now = readAtUtc < presence.ReadAtUtc ? presence.ReadAtUtc : readAtUtc;
        var registered = reading.Status > LineStatus.Offline;

        // The PBX leaves address or model out now and then; that says nothing.
        var address = Cut(registered && open is not null && reading.Address.Length == 0 ? presence.Address : reading.Address);
        var model = Cut(registered && open is not null && reading.Model.Length == 0 ? presence.Model : reading.Model);
        RegistrationSpan? begun = null;
        if (open is not null && (!registered || IsOtherPhone(presence, address, model)))
        {
            if (readBeforeUtc is { } before && before > open.SeenUntilUtc)
            {
                open.SeenUntilUtc = before < now ? before : now;
            }

            open.LostAtUtc = now;
            presence.LastRegisteredAtUtc = open.SeenUntilUtc;
        }

        if (registered && open is not { LostAtUtc: null })
        {
            begun = new RegistrationSpan { ExtensionId = presence.ExtensionId, FromUtc = now, SeenUntilUtc = now, Address = address, Model = model };
            presence.LastRegisteredAtUtc = now;
        }

        // Another phone at the same line is a new span, but the line stays registered since it was.
        if (presence.SinceUtc is null || registered != (open is not null))
        {
            presence.SinceUtc = now;
        }

        if (begun is not null || open is { LostAtUtc: not null } || Differs(presence, reading, address, model))
        {
            presence.Status = reading.Status;
            (presence.Address, presence.Model, presence.Kind, presence.Locked) = (address, model, Cut(reading.Kind), reading.Locked);
            presence.ReadAtUtc = now;
        }

        return begun;
    }

    /// <summary>Moments at which the line was lost: ends of spans that no other phone followed at once.</summary>
    public static IEnumerable<DateTime> LossesOf(IReadOnlyCollection<RegistrationSpan> spans) =>
        spans.Select(span => span.LostAtUtc).OfType<DateTime>().Where(lost => spans.All(span => span.FromUtc != lost));

    private static bool Differs(ExtensionPresence presence, LineReading reading, string address, string model) =>
        presence.Status != reading.Status || presence.Address != address || presence.Model != model
        || presence.Kind != Cut(reading.Kind) || presence.Locked != reading.Locked;

    // Compared with what was read last, not with where the span began, and without the port: a phone behind a router changes that.
    private static bool IsOtherPhone(ExtensionPresence presence, string address, string model) =>
        AreOther(HostOf(presence.Address), HostOf(address)) || AreOther(presence.Model, model);

    private static bool AreOther(string before, string after) => before.Length > 0 && after.Length > 0 && before != after;

    private static string HostOf(string address)
    {
        var colon = address.LastIndexOf(':');
        var isPort = colon > 0 && colon < address.Length - 1 && address.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0
            && (address.IndexOf(':', StringComparison.Ordinal) == colon || address[colon - 1] == ']');
        return isPort ? address[..colon] : address;
    }

    private static string Cut(string text) => text.Length <= ExtensionPresence.TextMaxLength ? text : text[..ExtensionPresence.TextMaxLength];
}
