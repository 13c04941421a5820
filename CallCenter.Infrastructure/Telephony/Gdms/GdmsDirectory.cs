using System.Globalization;
using System.Text.Json;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Infrastructure.Telephony.Ucm;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Telephony.Gdms;

internal sealed class GdmsDirectory(
    GdmsClient client, GdmsDeviceReader reader, GdmsTimes times, IOptions<GdmsOptions> options, TimeProvider time) : IGdmsDirectory
{
    // Nobody has so many; it ends a list whose page count grows with every page.
    private const int MostPages = 1_000;

    public async Task<Result> CheckAccessAsync(GdmsAccount account, CancellationToken cancellationToken = default) =>
        Failure(await client.GetAsync(account, "org/list", anew: true, cancellationToken: cancellationToken)) is { } error ? error : Result.Success;

    public async Task<Result<IReadOnlyList<GdmsOrganization>>> GetOrganizationsAsync(
        GdmsAccount account, CancellationToken cancellationToken = default)
    {
        var reply = await client.GetAsync(account, "org/list", cancellationToken: cancellationToken);
        return Failure(reply) is { } error ? error : Rows(reply, GdmsRows.Organization);
    }

    public Task<Result<IReadOnlyList<GdmsSite>>> GetSitesAsync(
        GdmsAccount account, long organizationId, CancellationToken cancellationToken = default) =>
        ReadPagesAsync(
            page => client.GetAsync(
                account,
                "site/list",
                new Dictionary<string, string>
                {
                    ["orgId"] = Text(organizationId),
                    ["pageNum"] = Text(page),
                    ["pageSize"] = Text(options.Value.PageSize),
                },
                cancellationToken: cancellationToken),
            GdmsRows.Site);

    public async Task<Result<IReadOnlyList<GdmsDevice>>> GetDevicesAsync(
        GdmsAccount account, long? organizationId, CancellationToken cancellationToken = default) =>
        await ReadPagesAsync(page => ListDevicesAsync(account, organizationId, null, page, cancellationToken), ReadDevice) switch
        {
            // A device that moves while the pages are read may be on two of them.
            { Succeeded: true } read => read.Value.DistinctBy(d => d.Mac).ToList(),
            var failed => failed,
        };

    public Task<GdmsDeviceReading> ReadDevicesAsync(GdmsAccount account, long? organizationId, CancellationToken cancellationToken = default) =>
        reader.ReadAsync(page => ListDevicesAsync(account, organizationId, null, page, cancellationToken), options.Value.PageSize);

    public async Task<Result<GdmsAccountState>> GetAccountStateAsync(GdmsAccount account, string mac, CancellationToken cancellationToken = default)
    {
        if (MacText.Normalize(mac) is not { } wanted)
        {
            return GdmsErrors.DeviceNotFound;
        }

        var reply = await client.PostReadAsync(account, "device/account/status", new Dictionary<string, string> { ["mac"] = wanted }, cancellationToken);
        if (reply.Kind == GdmsReplyKind.Declined)
        {
            return GdmsErrors.DeviceNotFound;
        }

        if (Failure(reply) is { } error)
        {
            return error;
        }

        return reply.Root.Find("data") is { } data && GdmsRows.AccountState(data) is { } state ? state : GdmsErrors.UnexpectedReply;
    }

    public async Task<Result<GdmsDevice>> FindDeviceAsync(
        GdmsAccount account, long? organizationId, string mac, CancellationToken cancellationToken = default)
    {
        if (MacText.Normalize(mac) is not { } wanted)
        {
            return GdmsErrors.DeviceNotFound;
        }

        var reply = await ListDevicesAsync(account, organizationId, wanted, page: 1, cancellationToken);
        if (Failure(reply) is { } error)
        {
            return error;
        }

        var rows = Rows(reply, ReadDevice);
        if (rows.Error is { } broken)
        {
            return broken;
        }

        return rows.Value.FirstOrDefault(d => d.Mac == wanted) is { } device ? device : GdmsErrors.DeviceNotFound;
    }

    public async Task<Result<GdmsDeviceDetail>> GetDeviceDetailAsync(
        GdmsAccount account, string mac, CancellationToken cancellationToken = default)
    {
        if (MacText.Normalize(mac) is not { } wanted)
        {
            return GdmsErrors.DeviceNotFound;
        }

        var started = time.GetTimestamp();
        for (var isFirst = true; ; isFirst = false)
        {
            var reply = await AskDetailAsync(account, wanted, isFirst, cancellationToken);
            if (reply.Kind == GdmsReplyKind.Declined)
            {
                return GdmsErrors.DeviceNotFound;
            }

            if (Failure(reply) is { } error)
            {
                return error;
            }

            if (reply.Root.Find("data") is not { } data || ReadDevice(data) is not { } device)
            {
                return GdmsErrors.UnexpectedReply;
            }

            var accounts = GdmsRows.SipAccounts(data);
            if (accounts is not null
                || device.Status == GdmsDeviceStatus.Offline
                || time.GetElapsedTime(started) + options.Value.DetailInterval > options.Value.DetailPatience)
            {
                return new GdmsDeviceDetail(device, accounts ?? [], Fresh: accounts is not null);
            }

            await Task.Delay(options.Value.DetailInterval, time, cancellationToken);
        }
    }

    // In the URL without a body and without colons, as the clients that were seen to work do it: so nothing depends on how
    // encoded values are signed.
    private Task<GdmsReply> AskDetailAsync(GdmsAccount account, string mac, bool isFirst, CancellationToken cancellationToken) =>
        client.PostReadAsync(
            account,
            "device/detail",
            new Dictionary<string, string> { ["mac"] = mac, ["isFirst"] = isFirst ? "1" : "0" },
            cancellationToken);

    private Task<GdmsReply> ListDevicesAsync(
        GdmsAccount account, long? organizationId, string? mac, int page, CancellationToken cancellationToken)
    {
        var body = new Dictionary<string, object> { ["pageNum"] = page, ["pageSize"] = options.Value.PageSize };
        if (organizationId is { } organization)
        {
            body["orgId"] = organization;
        }

        if (mac is not null)
        {
            body["mac"] = mac;
        }

        return client.PostReadAsync(account, "device/list", body, cancellationToken);
    }

    private async Task<Result<IReadOnlyList<T>>> ReadPagesAsync<T>(Func<int, Task<GdmsReply>> readPage, Func<JsonElement, T?> readRow)
        where T : class
    {
        var all = new List<T>();
        for (var page = 1; page <= MostPages; page++)
        {
            var reply = await readPage(page);
            if (Failure(reply) is { } error)
            {
                return error;
            }

            var rows = Rows(reply, readRow);
            if (rows.Error is not null)
            {
                return rows;
            }

            all.AddRange(rows.Value);
            var last = GdmsRows.Pages(reply.Root) is { } pages ? page >= pages : rows.Value.Count < options.Value.PageSize;
            if (last || rows.Value.Count == 0)
            {
                break;
            }
        }

        return all;
    }

    // A row that cannot be read spoils the list: a list with gaps would look whole.
    private static Result<IReadOnlyList<T>> Rows<T>(GdmsReply reply, Func<JsonElement, T?> readRow)
        where T : class
    {
        if (GdmsRows.Find(reply.Root) is not { } elements)
        {
            return GdmsErrors.UnexpectedReply;
        }

        var rows = elements.Select(readRow).ToList();
        return rows.Contains(null) ? GdmsErrors.UnexpectedReply : rows.OfType<T>().ToList();
    }

    private static Error? Failure(GdmsReply reply) => GdmsFailures.Of(reply);

    private GdmsDevice? ReadDevice(JsonElement row) => GdmsRows.Device(row, times);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
