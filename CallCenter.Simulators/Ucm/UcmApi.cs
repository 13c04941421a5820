using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Ucm.Actions;
using CallCenter.Simulators.Ucm.Sessions;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Simulators.Ucm;

/// <summary><c>POST /api</c>: the envelope, the session, the permission, the action. Always HTTP 200.</summary>
internal sealed class UcmApi
{
    private readonly UcmPbx _pbx;
    private readonly UcmRequestLog _log;
    private readonly UcmSessions _sessions;
    private readonly Func<UcmQuirks> _quirks;
    private readonly Dictionary<string, UcmAction> _actions;
    private int _mostParallel;

    public UcmApi(UcmPbx pbx, UcmRequestLog log, Func<UcmQuirks> quirks)
    {
        _pbx = pbx;
        _log = log;
        _quirks = quirks;
        _sessions = new UcmSessions(pbx.Options, pbx.Options.Faults, pbx.Time);
        var system = new SystemActions(pbx.Time.GetUtcNow());
        var cdr = new CdrActions(pbx.Ledger);
        _actions = new Dictionary<string, UcmAction>
        {
            ["getSystemStatus"] = new(UcmPermissions.System, system.Status),
            ["getSystemGeneralStatus"] = new(UcmPermissions.System, SystemActions.General),
            ["applyChanges"] = new(UcmPermissions.Apply, system.ApplyChangesAsync),
            ["listAccount"] = new(UcmPermissions.Extensions, AccountActions.ListAccount),
            ["getSIPAccount"] = new(UcmPermissions.Extensions, AccountActions.GetSipAccount),
            ["addSIPAccountAndUser"] = new(UcmPermissions.Extensions, AccountActions.Add),
            ["updateSIPAccount"] = new(UcmPermissions.Extensions, AccountActions.UpdateSip),
            ["updateUser"] = new(UcmPermissions.Extensions, AccountActions.UpdateUser),
            ["deleteUser"] = new(UcmPermissions.Extensions, AccountActions.DeleteUser),
            ["listUser"] = new(UcmPermissions.Extensions, AccountActions.ListUser),
            ["getUser"] = new(UcmPermissions.Extensions, AccountActions.GetUser),
            ["listVoIPTrunk"] = new(UcmPermissions.Trunks, InventoryActions.Trunks),
            ["listInboundRoute"] = new(UcmPermissions.Routes, InventoryActions.InboundRoutes),
            ["listQueue"] = new(UcmPermissions.Queues, InventoryActions.Queues),
            ["listRingGroup"] = new(UcmPermissions.RingGroups, InventoryActions.RingGroups),
            ["listBridgedChannels"] = new(UcmPermissions.Channels, ChannelActions.Bridged),
            ["listUnBridgedChannels"] = new(UcmPermissions.Channels, ChannelActions.Unbridged),
            ["cdrapi"] = new(UcmPermissions.Cdr, cdr.Cdr),
            ["getRecordInfosByCall"] = new(UcmPermissions.Cdr, cdr.RecordInfos),
            ["recapi"] = new(UcmPermissions.Recordings, cdr.Recording),
        };
    }

    /// <summary>The most calls that were under way at once in one session.</summary>
    public int MostParallel => Volatile.Read(ref _mostParallel);

    public async Task HandleAsync(HttpContext context)
    {
        _pbx.Schedule?.AdvanceTo(_pbx.Time.GetUtcNow());
        var request = await ReadAsync(context);
        var (reply, user) = await AnswerAsync(request, context);
        _log.Add(_pbx.Time.GetUtcNow(), request, user, reply.Status);
        var bytes = reply.ToBytes();
        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private async Task<(UcmReply Reply, string User)> AnswerAsync(UcmRequest? request, HttpContext context)
    {
        switch (request?.Action)
        {
            case null or "":
                return (UcmReply.InvalidParameters(), "");
            case "challenge":
                return (request.Text("user") is { Length: > 0 } name ? _sessions.Challenge(name) : UcmReply.InvalidParameters(), "");
            case "login":
                return (Login(request, context.Connection.RemoteIpAddress ?? IPAddress.Loopback), request.Text("user") ?? "");
        }

        if (request.Text("cookie") is not { Length: > 0 } cookie)
        {
            return (UcmReply.Failure(UcmStatus.NeedAuthentication), "");
        }

        if (_sessions.Find(cookie) is not { } session)
        {
            return (UcmReply.Failure(UcmStatus.CookieError), "");
        }

        return (await RunAsync(request, session, context.RequestAborted), session.User.Name);
    }

    private UcmReply Login(UcmRequest request, IPAddress address) =>
        request.Text("user") is { Length: > 0 } user && request.Text("token") is { } token
            ? _sessions.Login(user, token, address, _quirks())
            : UcmReply.InvalidParameters();

    private async Task<UcmReply> RunAsync(UcmRequest request, UcmSession session, CancellationToken cancelled)
    {
        var quirks = _quirks();
        if (request.Action == "logout")
        {
            _sessions.Close(session);
            return UcmReply.Success(new JsonObject());
        }

        if (!_actions.TryGetValue(request.Action, out var action))
        {
            return UcmReply.Failure(quirks.UnknownActionStatus);
        }

        if (!session.User.May(action.Permission, request.Action))
        {
            return UcmReply.Failure(UcmStatus.NoPermission);
        }

        var parallel = session.Enter();
        try
        {
            InterlockedMax(parallel);
            return parallel > 1 && quirks.ParallelCallsFail
                ? UcmReply.Failure(UcmStatus.AbnormalError)
                : await action.Run(new UcmContext(request, session, _pbx, quirks, cancelled));
        }
        finally
        {
            session.Leave();
        }
    }

    private void InterlockedMax(int value)
    {
        for (var seen = _mostParallel; seen < value; seen = _mostParallel)
        {
            Interlocked.CompareExchange(ref _mostParallel, value, seen);
        }
    }

    private static async Task<UcmRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("request", out var request) && request.ValueKind == JsonValueKind.Object
                ? new UcmRequest(request.Clone())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
