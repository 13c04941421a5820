using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Calls;

namespace CallCenter.Simulators.Ucm.Actions;

/// <summary>The calls that are going on now, as rows of channels.</summary>
internal static class ChannelActions
{
    public static UcmReply Bridged(UcmContext context) =>
        UcmList.Reply(context, "channel", [
            .. Legs(context.Pbx).Where(l => IsBridged(l.Leg, context.Pbx.Time.GetUtcNow())).Select(l => Bridge(context, l.Leg)),
            .. context.Pbx.Dialed.Live(context.Pbx).Where(d => d.Phase == DialPhase.Talking).Select(d => Bridge(context, d.ToLeg()))]);

    public static UcmReply Unbridged(UcmContext context)
    {
        var now = context.Pbx.Time.GetUtcNow();
        return UcmList.Reply(context, "channel", [
            .. Legs(context.Pbx).Where(l => !IsBridged(l.Leg, now)).SelectMany(l => Channels(context, l)),
            .. context.Pbx.Dialed.Live(context.Pbx).Where(d => d.Phase != DialPhase.Talking).SelectMany(d => d.ToRows(context.Pbx))]);
    }

    public static string StatusOf(string extension, IReadOnlyList<LedgerCall> live, UcmPbx pbx)
    {
        if (pbx.Accounts.AddressOf(extension) is null)
        {
            return "Unavailable";
        }

        if (pbx.Dialed.Live(pbx).FirstOrDefault(d => d.Concerns(extension)) is { } dialed)
        {
            return dialed.IsRinging(extension) ? "Ringing" : "InUse";
        }

        var now = pbx.Time.GetUtcNow();
        var legs = live.SelectMany(c => c.Legs).Where(l => l.Start <= now && l.End > now).ToList();
        return legs.Any(l => l.ChannelExtension == extension || (l.DestinationExtension == extension && IsBridged(l, now)))
            ? "InUse"
            : legs.Any(l => l.DestinationExtension == extension) ? "Ringing" : "Idle";
    }

    private static IEnumerable<(LedgerCall Call, LedgerLeg Leg)> Legs(UcmPbx pbx)
    {
        var now = pbx.Time.GetUtcNow();
        return pbx.LiveCalls.SelectMany(c => c.Legs.Where(l => l.Start <= now && l.End > now && !l.IsHeader).Select(l => (c, l)));
    }

    private static bool IsBridged(LedgerLeg leg, DateTimeOffset now) => leg.IsPerson && leg.Answer <= now;

    private static JsonObject Bridge(UcmContext context, LedgerLeg leg)
    {
        var answer = leg.Answer!.Value;
        var feature = Feature(leg);
        return new JsonObject
        {
            ["channel1"] = leg.Channel,
            ["channel2"] = leg.DestinationChannel,
            ["callerid1"] = leg.Source,
            ["callerid2"] = leg.AnsweredBy,
            ["name1"] = leg.SourceName,
            ["name2"] = NameOf(context.Pbx, leg.AnsweredBy),
            ["uniqueid1"] = leg.UniqueId,
            ["uniqueid2"] = SecondId(leg),
            ["bridge_id"] = BridgeId(leg),
            ["bridge_time"] = Local(context.Pbx, answer),
            ["bridge_timestamp"] = answer.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["inbound_trunk_name"] = leg.SourceTrunk,
            ["outbound_trunk_name"] = leg.DestinationTrunk,
            ["dial_service"] = "",
            ["have_send"] = "",
            ["feature_num"] = feature,
            ["feature_name"] = context.Pbx.Queues.Concat(context.Pbx.RingGroups).FirstOrDefault(g => g.Number == feature)?.Name ?? "",
            ["feature_calleenum"] = "",
            ["feature_calleename"] = "",
        };
    }

    // The caller's channel, and the ringing one seen from its own side: caller and connected party are swapped.
    private static IEnumerable<JsonObject> Channels(UcmContext context, (LedgerCall Call, LedgerLeg Leg) live)
    {
        var leg = live.Leg;
        var service = leg.Action.StartsWith("QUEUE", StringComparison.Ordinal) ? "queue" : "normal";
        yield return Row(leg.Channel, leg.Answer is null ? "Ring" : "Up", leg.Source, leg.SourceName, leg.Destination, leg.UniqueId);
        if (leg.DestinationChannel.Length > 0)
        {
            yield return Row(leg.DestinationChannel, "Ringing", leg.Destination, NameOf(context.Pbx, leg.Destination), leg.Source, SecondId(leg));
        }

        JsonObject Row(string channel, string state, string number, string name, string connected, string uniqueId) => new()
        {
            ["channel"] = channel,
            ["state"] = state,
            ["service"] = service,
            ["callernum"] = number,
            ["callername"] = name,
            ["connectednum"] = connected,
            ["connectedname"] = NameOf(context.Pbx, connected),
            ["alloc_time"] = Local(context.Pbx, leg.Start),
            ["uniqueid"] = uniqueId,
            ["linkedid"] = live.Call.UniqueId,
            ["inbound_trunk_name"] = leg.SourceTrunk,
            ["outbound_trunk_name"] = leg.DestinationTrunk,
        };
    }

    private static string Feature(LedgerLeg leg)
    {
        var open = leg.Action.IndexOf('[', StringComparison.Ordinal);
        return open < 0 ? "" : leg.Action[(open + 1)..^1];
    }

    // The called channel was made after the caller's; its number is in its name.
    private static string SecondId(LedgerLeg leg)
    {
        var sequence = Convert.ToInt64(leg.DestinationChannel[(leg.DestinationChannel.LastIndexOf('-') + 1)..], 16);
        return string.Create(CultureInfo.InvariantCulture, $"{leg.Start.ToUnixTimeSeconds()}.{sequence}");
    }

    private static string BridgeId(LedgerLeg leg)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, SimRandom.Hash(leg.Channel));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], SimRandom.Hash(leg.DestinationChannel));
        return new Guid(bytes).ToString();
    }

    internal static string NameOf(UcmPbx pbx, string extension) => pbx.Accounts.Running.GetValueOrDefault(extension)?.FullName ?? "";

    internal static string Local(UcmPbx pbx, DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, pbx.Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
