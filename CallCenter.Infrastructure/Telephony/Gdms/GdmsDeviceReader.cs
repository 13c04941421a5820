using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Infrastructure.Telephony.Gdms;

/// <summary>Reads the device list page by page and keeps what it gets: a page that fails is missing, not the whole list.</summary>
internal sealed class GdmsDeviceReader(GdmsTimes times)
{
    private const int MostPages = 1_000;

    /// <param name="readPage">Page number, from 1, to its answer.</param>
    /// <param name="pageSize">As asked for.</param>
    public async Task<GdmsDeviceReading> ReadAsync(Func<int, Task<GdmsReply>> readPage, int pageSize)
    {
        var devices = new Dictionary<string, GdmsDevice>(StringComparer.Ordinal);
        Error? failure = null;
        int? total = null;
        int? pages = null;
        for (var page = 1; page <= Math.Min(pages ?? MostPages, MostPages); page++)
        {
            var reply = await readPage(page);
            if (GdmsFailures.Of(reply) is { } error)
            {
                failure ??= error;

                // Only a fault of the moment lets the next page be worth asking for, and only when it is known to exist.
                if (pages is null || reply.Kind is not (GdmsReplyKind.ServerError or GdmsReplyKind.Unreachable or GdmsReplyKind.Garbage))
                {
                    break;
                }

                continue;
            }

            if (GdmsRows.Find(reply.Root) is not { } rows)
            {
                failure ??= GdmsErrors.UnexpectedReply;
                break;
            }

            foreach (var row in rows)
            {
                if (GdmsRows.Device(row, times) is { } device)
                {
                    devices[device.Mac] = device;
                }
                else
                {
                    failure ??= GdmsErrors.UnexpectedReply;
                }
            }

            // The largest it ever said: a list that shrinks while it is read is read again before anything is missed.
            total = Math.Max(total ?? 0, reply.Root.Find("data")?.WholeNumber("total") ?? reply.Root.WholeNumber("total") ?? 0);
            pages = GdmsRows.Pages(reply.Root) ?? pages;
            if (rows.Count == 0 || (pages is null && rows.Count < pageSize))
            {
                break;
            }
        }

        // A device that leaves an earlier page while later ones are read pulls another over the edge, unseen.
        return new GdmsDeviceReading([.. devices.Values], failure, failure is null && devices.Count >= (total ?? 0));
    }
}
