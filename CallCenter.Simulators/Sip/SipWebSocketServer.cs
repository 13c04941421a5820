using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Simulators.Sip;

/// <summary>
/// SIP over WebSocket (RFC 7118) for one path of a simulated PBX: registrar, and proxy between those who registered and, where there are
/// <see cref="SipServerOptions.Media"/>, the PBX's own numbers and its trunk. Sound between browsers goes from one to the other; there is no forking.
/// Give <see cref="HandleAsync"/> to the host for the path, usually <c>/ws</c>.
/// </summary>
public sealed class SipWebSocketServer : IAsyncDisposable
{
    private const string Subprotocol = "sip";
    private static readonly SipHeader Allow = new("Allow", "OPTIONS, REGISTER, INVITE, ACK, CANCEL, BYE, REFER, NOTIFY, INFO, UPDATE, MESSAGE");
    private static readonly TimeSpan BeforeReset = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, SipConnection> _open = new(StringComparer.Ordinal);
    private readonly SipRegistrar _registrar;
    private readonly SipProxy _proxy;
    private readonly SipServerOptions _options;
    private readonly SipCallWatch _watch;
    private readonly SipMediaPeer? _media;
    private volatile SipFaults _faults = new();
    private volatile SipQuirks _quirks = new();
    private SipOutsideCall _lastOutside = new() { Number = "+353209101234", Name = "Nora Byrne" };
    private int _glare;
    private long _connections;
    private long _messages;

    public SipWebSocketServer(SipServerOptions options)
    {
        _options = options;
        _registrar = new SipRegistrar(options.Realm, options.PasswordOf, options.Time);
        _watch = new SipCallWatch(options.Time, number => _media?.IsOwn(number) == true);
        _watch.Ended += call => CallEnded?.Invoke(call);
        _media = options.Media is { } media ? new SipMediaPeer(media, options.Realm, () => Quirks, message => Dispatch(message, SipProxy.Own)) : null;
        _proxy = new SipProxy(options.Realm, _registrar, options.PasswordOf, number => _media?.Serves(number) == true, () => Quirks);
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

    /// <summary>How it differs from others without being wrong; assign a changed copy.</summary>
    public SipQuirks Quirks
    {
        get => _quirks;
        set => _quirks = value;
    }

    /// <summary>Calls that the PBX itself answered or made and that are not over: whom it plays, packets of sound that came in.</summary>
    public IReadOnlyList<SipMediaCall> MediaCalls => [.. _media?.Legs.Select(leg => new SipMediaCall(leg.CallId, leg.Number, leg.Outgoing, leg.Established, leg.Media.PacketsIn)) ?? []];

    /// <summary>Keys that were pressed in such calls, as <c>number:key</c>.</summary>
    public IReadOnlyCollection<string> PressedKeys => _media?.Pressed ?? [];

    /// <summary>How often phones answered the refresh of a session, see <see cref="SipQuirks.SessionSeconds"/>.</summary>
    public int RefreshesAnswered => _media?.RefreshesAnswered ?? 0;

    /// <summary>Registrations in force.</summary>
    public IReadOnlyList<SipBinding> Bindings => _registrar.Bindings;

    /// <summary>Sockets opened so far.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Whole SIP messages read so far.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>The control endpoint of this server.</summary>
    public Hosting.ControlResource FaultsResource => new(() => Faults, patch => Faults = Hosting.ControlHost.Merge(Faults, patch));

    /// <summary>How the server signals.</summary>
    public Hosting.ControlResource QuirksResource => new(() => Quirks, patch => Quirks = Hosting.ControlHost.Merge(Quirks, patch));

    /// <summary>Calls from outside: a POST of <c>{"extension": "1001", "number": "+353209101234", "name": "Nora", "count": 1}</c> makes them.</summary>
    public Hosting.ControlResource OutsideCallsResource => new(() => _lastOutside, patch => CallFromOutside(Hosting.ControlHost.Merge(_lastOutside, patch)));

    /// <summary>Who is connected; a POST of <c>{"drop": true}</c> breaks all sockets without a word.</summary>
    public Hosting.ControlResource ConnectionsResource => new(
        () => new { drop = false, open = _open.Count, bindings = Bindings.Select(b => new { b.User, b.Contact.Uri, b.Expires }) },
        patch =>
        {
            if (patch["drop"]?.GetValue<bool>() == true)
            {
                DropConnections();
            }
        });

    /// <summary>Calls an extension from outside; the caller speaks when it is answered.</summary>
    /// <exception cref="System.Text.Json.JsonException">The order makes no sense.</exception>
    public void CallFromOutside(SipOutsideCall order)
    {
        if (_media is null || order.Extension.Length == 0 || order.Count is < 1 or > 20 || !order.Number.TrimStart('+').All(char.IsAsciiDigit) || order.Number.Length is 0 or > 20)
        {
            throw new System.Text.Json.JsonException("A call from outside needs an extension, a number of digits and a count of 1 to 20.");
        }

        _lastOutside = order;
        var (sign, digits) = (order.Number.StartsWith('+') ? "+" : "", order.Number.TrimStart('+'));
        for (var i = 0; i < order.Count; i++)
        {
            var next = (System.Numerics.BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) + i).ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(digits.Length, '0');
            _media.Call(order with { Number = sign + next, Count = 1 });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_media is not null)
        {
            await _media.DisposeAsync();
        }
    }

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

        if (Quirks.TryingFirst && message.Method == "INVITE")
        {
            connection.Send(SipReplies.Trying(message).ToBytes(), TimeSpan.FromMilliseconds(faults.DelayMilliseconds));
        }

        Dispatch(message, connection.Id);
    }

    private void Dispatch(SipMessage message, string connectionId)
    {
        var faults = Faults;
        if (message.IsRequest)
        {
            _watch.Request(message);
        }

        var route = message.IsRequest ? Route(message, connectionId, faults) : _proxy.Response(message);
        if (route is { Message.IsRequest: false, Message: var response })
        {
            _watch.Response(response);
        }

        if (route is not { } found)
        {
            return;
        }

        if (found.ConnectionId == SipProxy.Own)
        {
            _media?.Receive(found.Message);
        }
        else if (_open.TryGetValue(found.ConnectionId, out var next))
        {
            next.Send(found.Message.ToBytes(), TimeSpan.FromMilliseconds(faults.DelayMilliseconds));
        }
    }

    private SipRoute? Route(SipMessage request, string connectionId, SipFaults faults) => request.Method switch
    {
        "OPTIONS" => new SipRoute(connectionId, Options(request, faults)),
        "REGISTER" => new SipRoute(connectionId, Register(request, connectionId, faults)),
        "INVITE" when connectionId != SipProxy.Own && Challenge(request) is { } challenge => new SipRoute(connectionId, challenge),
        "INVITE" when Redirected(request) is { } elsewhere => new SipRoute(connectionId, SipReplies.To(request, 302, "Moved Temporarily", new SipHeader("Contact", $"<sip:{elsewhere}@{_options.Realm}>"))),
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

    private SipMessage? Challenge(SipMessage request) =>
        Quirks.InviteChallenge != 0 && SipAddress.TryParse(request["To"], out var to) && !to.Parameters.ContainsKey("tag")
            ? _registrar.Challenge(request, Quirks.InviteChallenge)
            : null;

    private string? Redirected(SipMessage request) =>
        SipAddress.TryParse(request.RequestUri, out var target) ? Quirks.RedirectByNumber.GetValueOrDefault(target.User) : null;

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
