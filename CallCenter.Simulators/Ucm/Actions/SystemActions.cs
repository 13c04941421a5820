using System.Globalization;
using System.Text.Json.Nodes;

namespace CallCenter.Simulators.Ucm.Actions;

internal sealed class SystemActions(DateTimeOffset startedAt)
{
    // A UCM that has been up for a while, so that days show in the up-time.
    private static readonly TimeSpan UpBefore = new(2, 3, 4, 5);
    private DateTimeOffset? _appliedAt;
    private int _applying;

    public UcmReply Status(UcmContext context)
    {
        var now = TimeZoneInfo.ConvertTime(context.Pbx.SkewedNow, context.Pbx.Zone);
        var date = now.ToString(context.Quirks.DayFirstDates ? "dd-MM-yyyy HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var sign = now.Offset < TimeSpan.Zero ? '-' : '+';
        return UcmReply.Success(new JsonObject
        {
            ["part-number"] = "9660000000A",
            ["serial-number"] = "20AAAAAA00000000",
            ["up-time"] = Uptime(context.Pbx.Time.GetUtcNow() - startedAt + UpBefore, context.Quirks.Uptime),
            ["idle-time"] = "00:00:00",
            ["system-time"] = $"{date} UTC{sign}{now.Offset:hh\\:mm}",
            ["bindcode"] = "00000000",
            ["mac"] = context.Pbx.Options.Mac,
        });
    }

    public static UcmReply General(UcmContext context)
    {
        var version = context.Pbx.Options.FirmwareVersion;
        var reply = new JsonObject { ["product-model"] = context.Pbx.Options.ProductModel };
        foreach (var part in new[] { "base", "prog", "boot", "core", "rcvr", "lang", "gswave" })
        {
            reply[part + "-version"] = version;
        }

        return UcmReply.Success(reply);
    }

    public async Task<UcmReply> ApplyChangesAsync(UcmContext context)
    {
        if (context.Quirks.ConferenceRunning)
        {
            return UcmReply.Failure(UcmStatus.ConferenceRunning);
        }

        if (Interlocked.Exchange(ref _applying, 1) == 1)
        {
            return UcmReply.Failure(UcmStatus.TaskRunning);
        }

        try
        {
            var time = context.Pbx.Time;
            if (time.GetUtcNow() - _appliedAt < context.Pbx.Options.ApplySpacing)
            {
                return UcmReply.Failure(UcmStatus.TooOften);
            }

            // A client that hangs up does not stop a PBX that has begun.
            await Task.Delay(context.Quirks.ApplyTakes ?? context.Pbx.Options.ApplyDelay, time, CancellationToken.None);
            context.Pbx.Accounts.Apply();
            _appliedAt = time.GetUtcNow();
            return UcmReply.Success(new JsonObject { ["need_apply"] = "no" });
        }
        finally
        {
            Volatile.Write(ref _applying, 0);
        }
    }

    private static string Uptime(TimeSpan up, UptimeFormat format)
    {
        var clock = up.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture);
        return (format, up.Days) switch
        {
            (_, 0) => clock,
            (UptimeFormat.DaysAndClock, var days) => string.Create(CultureInfo.InvariantCulture, $"{days} {clock}"),
            (UptimeFormat.DaysInWords, var days) => string.Create(CultureInfo.InvariantCulture, $"{days} days {clock}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)up.TotalHours:D2}:{up.Minutes:D2}:{up.Seconds:D2}"),
        };
    }
}
