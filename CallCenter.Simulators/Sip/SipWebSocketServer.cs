using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Simulators.Sip;

/// <summary>
/// SIP over WebSocket (RFC 7118) for one path of a simulated PBX: registrar, and proxy between those who registered. Media goes from
/// browser to browser; there is no forking.
/// Give <see cref="HandleAsync"/> to the host for the path, usually <c>/ws</c>.
/// </summary>
public sealed class SipWebSocketServer
{
    private const string Subprotocol = "sip";
    private static readonly SipHeader Allow = new("Allow", "OPTIONS, REGISTER, INVITE, ACK, CANCEL, BYE, REFER, NOTIFY, INFO, UPDATE, MESSAGE");
    private static readonly TimeSpan BeforeReset = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, SipConnection> _open = new(StringComparer.Ordinal);
    private readonly SipRegistrar _registrar;
    private readonly SipProxy _proxy;
    private readonly SipServerOptions _options;
    private readonly SipCallWatch _watch;
    private volatile SipFaults _faults = new();
    private int _glare;
    private long _connections;
    private long _messages;

    public SipWebSocketServer(SipServerOptions options)
    {
        _options = options;
        _registrar = new SipRegistrar(options.Realm, options.PasswordOf, options.Time);
        _watch = new SipCallWatch(options.Time);
        _watch.Ended += call => CallEnded?.Invoke(call);
        _proxy = new SipProxy(options.Realm, _registrar, options.PasswordOf);
    }

    /// <summary>A call that passed here is over. Raised on the thread of the socket that ended it.</summary>
    public event Action<SipCallRecord>? CallEnded;

    /// <summary>A user's first binding came or last one went.</summary>
    public event Action<string, bool>? RegistrationChanged;

    /// <summary>What it does wrong; assign a changed copy.</summary>
    public SipFaults Faults
    {
        get => _faults;
        set
        {
            Interlocked.Exchange(ref _glare, value.Glare);
            _faults = value;
        }
    }

    /// <summary>Registrations in force.</summary>
    public IReadOnlyList<SipBinding> Bindings => _registrar.Bindings;

    /// <summary>Sockets opened so far.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Whole SIP messages read so far.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>The control endpoint of this server.</summary>
    public Hosting.ControlResource FaultsResource => new(() => Faults, patch => Faults = Hosting.ControlHost.Merge(Faults, patch));

    /// <summary>Who is connected; a POST of <c>{"drop": true}</c> breaks all sockets without a word.</summary>
    public Hosting.ControlResource ConnectionsResource => new(
        () => new { open = _open.Count, bindings = Bindings.Select(b => new { b.User, b.Contact.Uri, b.Expires }) },
        patch =>
        {
            if (patch["drop"]?.GetValue<bool>() == true)
            {
                DropConnections();
            }
        });

    /// <summary>Breaks all sockets without a word.</summary>
    public void DropConnections()
    {
        foreach (var connection in _open.Values)
        {
            connection.Abort();
        }
    }

    /// <summary>Breaks the sockets that a user registered over.</summary>
    public void DropConnections(string user)
    {
        foreach (var binding in Bindings.Where(b => b.User == user))
        {
            if (_open.TryGetValue(binding.ConnectionId, out var connection))
            {
                connection.Abort();
            }
        }
    }

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

        await using var connection = new SipConnection(socket, _options) { IsFrozen = () => Faults.Frozen };
        _open[connection.Id] = connection;
        try
        {
            await connection.RunAsync(bytes => Receive(bytes, connection), context.RequestAborted);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // The client or the network ended it; there is nobody left to tell.
            socket.Abort();
        }
        finally
        {
            _open.TryRemove(connection.Id, out _);
            var users = Bindings.Where(b => b.ConnectionId == connection.Id).Select(b => b.User).Distinct().ToList();
            _registrar.Drop(connection.Id);
            users.ForEach(TellRegistration);
        }
    }

    private void Receive(byte[] bytes, SipConnection connection)
    {
        var faults = Faults;
        if (!SipMessage.TryParse(bytes, out var message))
        {
            // What is no SIP cannot be answered; real servers drop it and keep the connection.
            return;
        }

        Interlocked.Increment(ref _messages);
        if (!SipReplies.CanAnswer(message) || (faults.Silent && message.IsRequest))
        {
            return;
        }

        if (faults.Garbage && message.IsRequest && message.Method != "ACK")
        {
            connection.Send("this is not the protocol you are looking for"u8.ToArray(), TimeSpan.Zero);
            return;
        }

        if (message.IsRequest)
        {
            _watch.Request(message);
        }

        var route = message.IsRequest ? Route(message, connection.Id, faults) : _proxy.Response(message);
        if (route is { Message.IsRequest: false, Message: var response })
        {
            _watch.Response(response);
        }

        if (route is { } found && _open.TryGetValue(found.ConnectionId, out var next))
        {
            next.Send(found.Message.ToBytes(), TimeSpan.FromMilliseconds(faults.DelayMilliseconds));
        }
    }

    private SipRoute? Route(SipMessage request, string connectionId, SipFaults faults) => request.Method switch
    {
        "OPTIONS" => new SipRoute(connectionId, Options(request, faults)),
        "REGISTER" => new SipRoute(connectionId, Register(request, connectionId, faults)),
        "INVITE" when DialledStatus(request, faults) is { } status => new SipRoute(connectionId, SipReplies.To(request, status, "Simulated")),
        "INVITE" or "ACK" or "CANCEL" or "BYE" or "REFER" or "NOTIFY" or "INFO" or "UPDATE" or "MESSAGE" => _proxy.Request(request, connectionId),
        _ => new SipRoute(connectionId, SipReplies.To(request, 405, "Method Not Allowed", Allow)),
    };

    private static SipMessage Options(SipMessage request, SipFaults faults) => faults.OptionsStatus != 0
        ? SipReplies.To(request, faults.OptionsStatus, "Simulated")
        : SipReplies.To(request, 200, "OK", Allow, new SipHeader("Accept", "application/sdp"), new SipHeader("Supported", "outbound, path"));

    private SipMessage Register(SipMessage request, string connectionId, SipFaults faults)
    {
        if (faults.RegisterStatus != 0 && request["Authorization"] is not null)
        {
            return SipReplies.To(request, faults.RegisterStatus, "Simulated");
        }

        var answer = _registrar.Handle(request, connectionId);
        if (answer.StatusCode == 200 && SipAddress.TryParse(request["To"], out var user))
        {
            TellRegistration(user.User);
        }

        return answer;
    }

    private void TellRegistration(string user) => RegistrationChanged?.Invoke(user, Bindings.Any(b => b.User == user));

    // The status that a knob gives this INVITE; null when it is to be relayed.
    private int? DialledStatus(SipMessage request, SipFaults faults)
    {
        if (SipAddress.TryParse(request["To"], out var to) && to.Parameters.ContainsKey("tag"))
        {
            return Interlocked.Decrement(ref _glare) >= 0 ? 491 : null;
        }

        return SipAddress.TryParse(request.RequestUri, out var target) && faults.StatusByNumber.TryGetValue(target.User, out var status) ? status : null;
    }
}
