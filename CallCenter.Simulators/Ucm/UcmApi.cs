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
    private int _writing;

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
            ["applyChanges"] = new(UcmPermissions.Apply, system.ApplyChangesAsync, UcmActionKind.Apply),
            ["listAccount"] = new(UcmPermissions.Extensions, AccountActions.ListAccount),
            ["getSIPAccount"] = new(UcmPermissions.Extensions, AccountActions.GetSipAccount),
            ["addSIPAccountAndUser"] = new(UcmPermissions.Extensions, AccountActions.Add, UcmActionKind.Write),
            ["updateSIPAccount"] = new(UcmPermissions.Extensions, AccountActions.UpdateSip, UcmActionKind.Write),
            ["updateUser"] = new(UcmPermissions.Extensions, AccountActions.UpdateUser, UcmActionKind.Write),
            ["deleteUser"] = new(UcmPermissions.Extensions, AccountActions.DeleteUser, UcmActionKind.Write),
            ["listUser"] = new(UcmPermissions.Extensions, AccountActions.ListUser),
            ["getUser"] = new(UcmPermissions.Extensions, AccountActions.GetUser),
            ["listVoIPTrunk"] = new(UcmPermissions.Trunks, InventoryActions.Trunks),
            ["listInboundRoute"] = new(UcmPermissions.Routes, InventoryActions.InboundRoutes),
            ["listQueue"] = new(UcmPermissions.Queues, InventoryActions.Queues),
            ["listRingGroup"] = new(UcmPermissions.RingGroups, InventoryActions.RingGroups),
            ["listIVR"] = new(UcmPermissions.Ivr, InventoryActions.Menus),
            ["listConference"] = new(UcmPermissions.Conferences, InventoryActions.Conferences),

            // Both spellings are in use.
            ["listPaginggroup"] = new(UcmPermissions.Paging, InventoryActions.PagingGroups),
            ["listPagingGroup"] = new(UcmPermissions.Paging, InventoryActions.PagingGroups),
            ["dialExtension"] = new(UcmPermissions.CallControl, CallActions.DialExtension, UcmActionKind.Call),
            ["listBridgedChannels"] = new(UcmPermissions.Channels, ChannelActions.Bridged),
            ["listUnBridgedChannels"] = new(UcmPermissions.Channels, ChannelActions.Unbridged),
            ["cdrapi"] = new(UcmPermissions.Cdr, cdr.Cdr),
            ["getRecordInfosByCall"] = new(UcmPermissions.Cdr, cdr.RecordInfos),
            ["recapi"] = new(UcmPermissions.Recordings, cdr.Recording, UcmActionKind.File),
        };
    }

    /// <summary>The most calls that were under way at once in one session.</summary>
    public int MostParallel => Volatile.Read(ref _mostParallel);

    public async Task HandleAsync(HttpContext context)
    {
        _pbx.Schedule?.AdvanceTo(_pbx.Time.GetUtcNow());
        var request = await ReadAsync(context);
        var (reply, user, mishap) = await AnswerAsync(request, context);
        _log.Add(_pbx.Time.GetUtcNow(), request, user, reply.Status);
        await UcmAnswer.SendAsync(context, reply, mishap);
    }

    private async Task<(UcmReply Reply, string User, UcmMishap Mishap)> AnswerAsync(UcmRequest? request, HttpContext context)
    {
        switch (request?.Action)
        {
            case null or "":
                return (UcmReply.InvalidParameters(), "", default);
            case "challenge":
                return (request.Text("user") is { Length: > 0 } name ? _sessions.Challenge(name) : UcmReply.InvalidParameters(), "", default);
            case "login":
                return (Login(request, context.Connection.RemoteIpAddress ?? IPAddress.Loopback), request.Text("user") ?? "", default);
        }

        if (request.Text("cookie") is not { Length: > 0 } cookie)
        {
            return (UcmReply.Failure(UcmStatus.NeedAuthentication), "", default);
        }

        if (_actions.TryGetValue(request.Action, out var action) && action.Kind == UcmActionKind.Write && _pbx.Mishaps.EndsSession())
        {
            _pbx.Options.Faults.ExpireSessionsOnce();
        }

        if (_sessions.Find(cookie) is not { } session)
        {
            return (UcmReply.Failure(UcmStatus.CookieError), "", default);
        }

        var (reply, mishap) = await RunAsync(request, action, session, context.RequestAborted);
        return (reply, session.User.Name, mishap);
    }

    private UcmReply Login(UcmRequest request, IPAddress address) =>
        request.Text("user") is { Length: > 0 } user && request.Text("token") is { } token
            ? _sessions.Login(user, token, address, _quirks())
            : UcmReply.InvalidParameters();

    private async Task<(UcmReply Reply, UcmMishap Mishap)> RunAsync(UcmRequest request, UcmAction? action, UcmSession session, CancellationToken cancelled)
    {
        var quirks = _quirks();
        if (request.Action == "logout")
        {
            _sessions.Close(session);
            return (UcmReply.Success(new JsonObject()), default);
        }

        if (action is null)
        {
            return (UcmReply.Failure(quirks.UnknownActionStatus), default);
        }

        if (!session.User.May(action.Permission, request.Action))
        {
            return (UcmReply.Failure(UcmStatus.NoPermission), default);
        }

        if (action.Kind == UcmActionKind.Write && (quirks.ExtensionsReadOnly || !session.User.May(UcmPermissions.ExtensionWrites, request.Action)))
        {
            return (UcmReply.Failure(quirks.MissingWriteStatus), default);
        }

        var mishap = _pbx.Mishaps.Next(action.Kind);
        if (mishap.Kind is UcmMishapKind.DropRequest or UcmMishapKind.Refuse)
        {
            return (UcmReply.Failure(mishap.Status), mishap);
        }

        var parallel = session.Enter();
        try
        {
            InterlockedMax(parallel);
            if (parallel > 1 && quirks.ParallelCallsFail)
            {
                return (UcmReply.Failure(UcmStatus.AbnormalError), default);
            }

            var context = new UcmContext(request, session, _pbx, quirks, cancelled);
            return (action.Kind == UcmActionKind.Write ? await WriteAsync(action, context) : await action.Run(context), mishap);
        }
        finally
        {
            session.Leave();
        }
    }

    private async Task<UcmReply> WriteAsync(UcmAction action, UcmContext context)
    {
        try
        {
            if (Interlocked.Increment(ref _writing) > 1)
            {
                return UcmReply.Failure(context.Quirks.WriteCollisionStatus);
            }

            if (context.Quirks.WriteTakes > TimeSpan.Zero)
            {
                // A client that hangs up does not stop a write that has begun.
                await Task.Delay(context.Quirks.WriteTakes, _pbx.Time, CancellationToken.None);
            }

            return await action.Run(context);
        }
        finally
        {
            Interlocked.Decrement(ref _writing);
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
