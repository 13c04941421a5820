using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Simulators.Sip;

/// <summary>How the endpoint misbehaves or varies.</summary>
public sealed record SipFaults
{
    /// <summary>HTTP status instead of the upgrade (such as 403 or 503); 0 is off.</summary>
    public int HttpStatus { get; init; }

    /// <summary>The socket opens, but the subprotocol is not confirmed even when it was offered.</summary>
    public bool NoSubprotocol { get; init; }

    /// <summary>A client that does not offer <c>sip</c> gets a socket without subprotocol instead of HTTP 400.</summary>
    public bool AcceptWithoutOffer { get; init; }

    /// <summary>Requests are read and not answered; keepalives go on.</summary>
    public bool Silent { get; init; }

    /// <summary>Answers are text that is no SIP.</summary>
    public bool Garbage { get; init; }

    /// <summary>OPTIONS is answered with this status instead of 200; 0 is off.</summary>
    public int OptionsStatus { get; init; }

    /// <summary>The socket is aborted as soon as it is open.</summary>
    public bool DropAfterOpen { get; init; }
}

/// <summary>What the endpoint serves.</summary>
public sealed record SipServerOptions
{
    /// <summary>Digest realm; Asterisk's own is <c>asterisk</c>.</summary>
    public string Realm { get; init; } = "asterisk";

    /// <summary>Secret of a user; null for an unknown user.</summary>
    public required Func<string, string?> PasswordOf { get; init; }

    /// <summary>Pause between the bare CRLF frames that the UCM sends; null sends none.</summary>
    public TimeSpan? KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>
/// SIP over WebSocket (RFC 7118) for one path of a simulated PBX: OPTIONS and REGISTER; calls are refused.
/// Give <see cref="HandleAsync"/> to the host for the path, usually <c>/ws</c>.
/// </summary>
public sealed class SipWebSocketServer(SipServerOptions options)
{
    private const string Subprotocol = "sip";
    private static readonly TimeSpan BeforeReset = TimeSpan.FromMilliseconds(100);

    private readonly SipRegistrar _registrar = new(options.Realm, options.PasswordOf, options.Time);
    private volatile SipFaults _faults = new();
    private long _connections;
    private long _messages;

    /// <summary>What it does wrong; assign a changed copy.</summary>
    public SipFaults Faults
    {
        get => _faults;
        set => _faults = value;
    }

    /// <summary>Registrations in force.</summary>
    public IReadOnlyList<SipBinding> Bindings => _registrar.Bindings;

    /// <summary>Sockets opened so far.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Whole SIP messages read so far.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>The control endpoint of this server.</summary>
    public Hosting.ControlResource FaultsResource => new(() => Faults, patch => Faults = Hosting.ControlHost.Merge(Faults, patch));

    /// <summary>Serves one request of the path; returns when its socket is closed.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var faults = Faults;
        var offered = context.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol, StringComparer.OrdinalIgnoreCase);
        if (faults.HttpStatus != 0 || !context.WebSockets.IsWebSocketRequest || (!offered && !faults.AcceptWithoutOffer))
        {
            context.Response.StatusCode = faults.HttpStatus != 0 ? faults.HttpStatus : StatusCodes.Status400BadRequest;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(offered && !faults.NoSubprotocol ? Subprotocol : null);
        Interlocked.Increment(ref _connections);
        if (faults.DropAfterOpen)
        {
            // A reset throws away what the client has not read yet; this lets the upgrade arrive.
            await Task.Delay(BeforeReset, context.RequestAborted);
            socket.Abort();
            return;
        }

        await using var connection = new SipConnection(socket, options);
        try
        {
            await connection.RunAsync(bytes => Answer(bytes, connection.Id), context.RequestAborted);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // The client or the network ended it; there is nobody left to tell.
            socket.Abort();
        }
        finally
        {
            _registrar.Drop(connection.Id);
        }
    }

    private byte[]? Answer(byte[] bytes, string connectionId)
    {
        var faults = Faults;
        if (!SipMessage.TryParse(bytes, out var message))
        {
            // What is no SIP cannot be answered; real servers drop it and keep the connection.
            return null;
        }

        Interlocked.Increment(ref _messages);
        if (faults.Silent || !message.IsRequest || message.Method == "ACK" || !SipReplies.CanAnswer(message))
        {
            return null;
        }

        return faults.Garbage ? "this is not the protocol you are looking for"u8.ToArray() : Reply(message, connectionId, faults).ToBytes();
    }

    private SipMessage Reply(SipMessage request, string connectionId, SipFaults faults)
    {
        var allow = new SipHeader("Allow", "OPTIONS, REGISTER, INVITE, ACK, CANCEL, BYE");
        return request.Method switch
        {
            "OPTIONS" when faults.OptionsStatus != 0 => SipReplies.To(request, faults.OptionsStatus, "Simulated"),
            "OPTIONS" => SipReplies.To(request, 200, "OK", allow, new SipHeader("Accept", "application/sdp"), new SipHeader("Supported", "outbound, path")),
            "REGISTER" => _registrar.Handle(request, connectionId),
            "INVITE" => IsRegistered(request.RequestUri) ? SipReplies.To(request, 486, "Busy Here") : SipReplies.To(request, 404, "Not Found"),
            "BYE" or "CANCEL" => SipReplies.To(request, 481, "Call/Transaction Does Not Exist"),
            _ => SipReplies.To(request, 405, "Method Not Allowed", allow),
        };
    }

    private bool IsRegistered(string uri) =>
        SipAddress.TryParse(uri, out var target) && _registrar.Bindings.Any(b => b.User == target.User);
}
