using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using CallCenter.Simulators.Media;

namespace CallCenter.Simulators.Sip;

/// <summary>
/// The numbers that a PBX answers itself (echo, music, conference, parking) and the world beyond its trunk, as a SIP user agent with real
/// sound. It stands behind the proxy like everybody else; one task does all of its work, in order.
/// </summary>
internal sealed class SipMediaPeer : IAsyncDisposable
{
    private readonly SipMediaOptions _options;
    private readonly string _realm;
    private readonly Func<SipQuirks> _quirks;
    private readonly Action<SipMessage> _send;
    private readonly Lazy<MediaIdentity> _identity = new(() => new MediaIdentity());
    private readonly ConcurrentDictionary<string, SipLeg> _legs = new(StringComparer.Ordinal);
    private readonly SipMediaRooms _rooms;
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<string> _pressed = [];
    private readonly Task _working;
    private int _refreshed;

    /// <param name="options">What is answered.</param>
    /// <param name="realm">Name of the PBX in addresses.</param>
    /// <param name="quirks">How it signals at the moment.</param>
    /// <param name="send">Takes messages of the peer to the proxy.</param>
    public SipMediaPeer(SipMediaOptions options, string realm, Func<SipQuirks> quirks, Action<SipMessage> send)
    {
        (_options, _realm, _quirks, _send, _rooms) = (options, realm, quirks, send, new SipMediaRooms(options));
        _working = WorkAsync();
    }

    /// <summary>Dialogs at present.</summary>
    public IReadOnlyCollection<SipLeg> Legs => [.. _legs.Values];

    /// <summary>Keys that were pressed in all calls, as <c>number:key</c>.</summary>
    public IReadOnlyCollection<string> Pressed => [.. _pressed];

    /// <summary>How often a refresh of a session was answered.</summary>
    public int RefreshesAnswered => _refreshed;

    /// <summary>Whether it answers a number that no extension has.</summary>
    public bool Serves(string number) => IsOwn(number) || _options.IsOutside(number);

    /// <summary>Whether it is one of the PBX's own numbers.</summary>
    public bool IsOwn(string number) => _rooms.IsPlace(number) || number == _options.Echo || number == _options.Music || number == _options.Conference;

    public void Receive(SipMessage message) => _work.Writer.TryWrite(() => Handle(message));

    /// <summary>Calls an extension from outside.</summary>
    public void Call(SipOutsideCall call) => _work.Writer.TryWrite(() => Invite(call.Extension, call.Number, call.Name, null, null));

    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _stop.CancelAsync();
        await _working;
        foreach (var room in _legs.Values.Select(leg => leg.Room).OfType<MediaRoom>().Concat(_rooms.All).Distinct().ToList())
        {
            await room.DisposeAsync();
        }

        foreach (var leg in _legs.Values)
        {
            await leg.Media.DisposeAsync();
        }

        if (_identity.IsValueCreated)
        {
            _identity.Value.Dispose();
        }

        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        await foreach (var act in _work.Reader.ReadAllAsync())
        {
            try
            {
                act();
            }
            catch (Exception exception) when (exception is System.Net.Sockets.SocketException or ObjectDisposedException or FormatException)
            {
                // No port is left, or the call ended meanwhile: this message has no answer.
            }
        }
    }

    private void Handle(SipMessage message)
    {
        if (!message.IsRequest)
        {
            Answered(message);
            return;
        }

        var id = message["Call-ID"] ?? "";
        var leg = _legs.GetValueOrDefault(id);
        switch (message.Method)
        {
            case "INVITE" when leg is null:
                Begin(message, id);
                break;
            case "INVITE" or "UPDATE" when leg is not null:
                Change(leg, message);
                break;
            case "ACK":
                break;
            case "CANCEL" when leg?.Pending is { } pending:
                _send(SipReplies.To(message, 200, "OK"));
                _send(leg.Reply(pending, 487, "Request Terminated"));
                End(leg);
                break;
            case "BYE" when leg is not null:
                _send(leg.Reply(message, 200, "OK"));
                End(leg);
                break;
            case "REFER" when leg is not null:
                Refer(leg, message);
                break;
            case "INFO" or "NOTIFY" or "MESSAGE" or "OPTIONS" when leg is not null:
                _send(leg.Reply(message, 200, "OK"));
                break;
            default:
                _send(SipReplies.To(message, 481, "Call/Transaction Does Not Exist"));
                break;
        }
    }

    private void Begin(SipMessage invite, string id)
    {
        var number = SipAddress.TryParse(invite.RequestUri, out var target) ? target.User : "";
        var replaced = invite["Replaces"] is { } replaces ? Replaced(replaces) : null;
        if (invite["Replaces"] is not null && replaced is null)
        {
            _send(SipReplies.To(invite, 481, "Call/Transaction Does Not Exist"));
            return;
        }

        var leg = NewLeg(id, replaced?.Number ?? number, outgoing: false);
        if (leg.Media.Answer(invite.Body) is not { } answer)
        {
            _legs.TryRemove(id, out _);
            Forget(leg.Media);
            _send(SipReplies.To(invite, 488, "Not Acceptable Here"));
            return;
        }

        leg.Pending = invite;
        leg.Local = $"{invite["To"]};tag={leg.Tag}";
        (leg.Remote, leg.Target, leg.Routes) = (invite["From"] ?? "", UriOf(invite["Contact"]), [.. invite.All("Record-Route")]);
        if (replaced is not null)
        {
            (leg.Room, leg.Voice, replaced.Room, replaced.Voice) = (replaced.Room, replaced.Voice, null, null);
            leg.Room?.Leave(replaced.Media);
            leg.Room?.Join(leg.Media);
            Accept(leg, answer);
            HangUp(replaced);
        }
        else if (number == _options.Echo)
        {
            leg.Media.EchoFrom(leg.Media);
            Accept(leg, answer);
        }
        else if (_options.IsOutside(number))
        {
            (leg.Voice, leg.Room) = (MediaVoice.OfSomebody(), new MediaRoom());
            leg.Room.Join(leg.Voice);
            leg.Room.Join(leg.Media);
            _send(_quirks().EarlyMedia ? leg.Reply(invite, 183, "Session Progress", answer) : leg.Reply(invite, 180, "Ringing"));
            Later(_options.RingTime, () => Accept(leg, answer));
        }
        else
        {
            leg.Room = (number == _options.Music ? null : _rooms.Of(number)) ?? new MediaRoom();
            leg.Room.Join(leg.Media);
            Accept(leg, answer);
        }
    }

    private void Accept(SipLeg leg, byte[] answer)
    {
        if (leg.Pending is not { } invite || !_legs.ContainsKey(leg.CallId))
        {
            return;
        }

        (leg.Pending, leg.Established) = (null, true);
        var timer = _quirks().SessionSeconds;
        _send(timer > 0
            ? leg.Reply(invite, 200, "OK", answer, new SipHeader("Supported", "timer"), new SipHeader("Session-Expires", string.Create(CultureInfo.InvariantCulture, $"{timer};refresher=uas")))
            : leg.Reply(invite, 200, "OK", answer));
        if (timer > 0)
        {
            Refresh(leg, timer);
        }
    }

    // Asterisk renews a session by itself; what it sends must be answered, or it hangs up.
    private void Refresh(SipLeg leg, int seconds) => Later(TimeSpan.FromSeconds(seconds / 2.0), () =>
    {
        if (_legs.ContainsKey(leg.CallId))
        {
            _send(leg.Request("UPDATE", null, new SipHeader("Supported", "timer"), new SipHeader("Session-Expires", string.Create(CultureInfo.InvariantCulture, $"{seconds};refresher=uac"))));
            Refresh(leg, seconds);
        }
    });

    private void Change(SipLeg leg, SipMessage request)
    {
        leg.Target = request["Contact"] is { } contact ? UriOf(contact) : leg.Target;
        if (request.Body.Length == 0)
        {
            _send(leg.Reply(request, 200, "OK", request.Method == "INVITE" ? leg.Media.Offer() : null));
            return;
        }

        _send(leg.Media.Answer(request.Body) is { } answer ? leg.Reply(request, 200, "OK", answer) : leg.Reply(request, 488, "Not Acceptable Here"));
    }

    // The far side tells us whom to call instead.
    private void Refer(SipLeg leg, SipMessage refer)
    {
        if (!SipAddress.TryParse(refer["Refer-To"], out var target))
        {
            _send(leg.Reply(refer, 400, "Bad Refer-To"));
            return;
        }

        _send(leg.Reply(refer, 202, "Accepted"));
        Notify(leg, 100, "Trying", over: false);
        var query = target.Uri.IndexOf('?', StringComparison.Ordinal);
        var replaces = query < 0 ? null : Array.Find(target.Uri[(query + 1)..].Split('&'), part => part.StartsWith("Replaces=", StringComparison.OrdinalIgnoreCase));
        var value = replaces is null ? null : Uri.UnescapeDataString(replaces["Replaces=".Length..]);
        if (value is not null && Replaced(value) is { } ours)
        {
            // Both calls end at us: those two are behind the trunk, and talk there.
            Notify(leg, 200, "OK", over: true);
            HangUp(ours);
        }
        else if (value is null && Serves(target.User))
        {
            Move(leg, target.User);
        }
        else
        {
            Invite(target.User, leg.Number, NameOf(leg.Local), leg, value);
        }
    }

    // A voice needs no sound of a browser: it goes to the room by itself.
    private void Move(SipLeg leg, string number)
    {
        var room = _rooms.IsPlace(number) || number == _options.Conference ? _rooms.Of(number) : null;
        if (room is null && _rooms.IsPlace(number))
        {
            Notify(leg, 486, "Busy Here", over: true);
            return;
        }

        if (room is not null && leg.Voice is { } voice)
        {
            leg.Room?.Leave(voice);
            room.Join(voice);
            leg.Voice = null;
        }

        Notify(leg, 200, "OK", over: true);
    }

    private void Invite(string extension, string number, string name, SipLeg? referredBy, string? replaces)
    {
        var leg = NewLeg(SipLeg.NewTag() + "@" + SipLeg.Host, number, outgoing: true);
        leg.ReferredBy = referredBy;
        leg.Local = $"{(name.Length > 0 ? $"\"{Quoted(name)}\" " : "")}<sip:{number}@{_realm}>;tag={leg.Tag}";
        (leg.Remote, leg.Target) = ($"<sip:{extension}@{_realm}>", $"sip:{extension}@{_realm}");
        List<SipHeader> more = [new("Content-Type", "application/sdp"), new("P-Asserted-Identity", leg.Local[..leg.Local.IndexOf(";tag=", StringComparison.Ordinal)])];
        if (replaces is not null)
        {
            more.Add(new SipHeader("Replaces", replaces));
        }

        leg.Pending = leg.Request("INVITE", leg.Media.Offer(), [.. more]);
        _send(leg.Pending);
        Later(_options.CallerPatience, () =>
        {
            if (leg.Pending is { } pending && _legs.ContainsKey(leg.CallId))
            {
                _send(SipLeg.Follow(pending, "CANCEL", pending["To"] ?? ""));
            }
        });
    }

    // What the other side says to our INVITE.
    private void Answered(SipMessage response)
    {
        if (response.StatusCode / 100 == 2 && response["CSeq"]?.EndsWith("UPDATE", StringComparison.Ordinal) == true)
        {
            Interlocked.Increment(ref _refreshed);
        }

        if (response["CSeq"]?.EndsWith("INVITE", StringComparison.Ordinal) != true
            || _legs.GetValueOrDefault(response["Call-ID"] ?? "") is not { Outgoing: true, Pending: { } invite } leg)
        {
            return;
        }

        if (response.StatusCode is > 100 and < 200 && leg.ReferredBy is { } waiting)
        {
            Notify(waiting, response.StatusCode, response.Reason, over: false);
        }

        if (response.StatusCode < 200)
        {
            return;
        }

        (leg.Pending, leg.Remote) = (null, response["To"] ?? leg.Remote);
        var referrer = leg.ReferredBy;
        leg.ReferredBy = null;
        if (response.StatusCode >= 300)
        {
            _send(SipLeg.Follow(invite, "ACK", leg.Remote));
            End(leg);
        }
        else
        {
            (leg.Established, leg.Target) = (true, UriOf(response["Contact"]));
            leg.Routes = [.. response.All("Record-Route").Reverse()];
            _send(leg.Request("ACK"));
            leg.Media.Accept(response.Body);
            (leg.Voice, leg.Room) = (MediaVoice.OfSomebody(), new MediaRoom());
            leg.Room.Join(leg.Voice);
            leg.Room.Join(leg.Media);
        }

        if (referrer is not null)
        {
            Notify(referrer, response.StatusCode, response.Reason, over: true);
        }
    }

    private void Notify(SipLeg leg, int status, string reason, bool over)
    {
        if (_legs.ContainsKey(leg.CallId))
        {
            _send(leg.Request(
                "NOTIFY",
                System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"SIP/2.0 {status} {reason}\r\n")),
                new SipHeader("Event", "refer"),
                new SipHeader("Subscription-State", over ? "terminated;reason=noresource" : "active;expires=60"),
                new SipHeader("Content-Type", "message/sipfrag;version=2.0")));
        }
    }

    private SipLeg NewLeg(string id, string number, bool outgoing)
    {
        var leg = new SipLeg(id, number, outgoing, new MediaSession(_identity.Value, _options.Address));
        leg.Media.Pressed += key => _pressed.Add($"{number}:{key}");
        _legs[id] = leg;
        return leg;
    }

    private void HangUp(SipLeg leg)
    {
        _send(leg.Request("BYE"));
        End(leg);
    }

    private void End(SipLeg leg)
    {
        _legs.TryRemove(leg.CallId, out _);
        var left = leg.Room?.Leave(leg.Media) == true;
        if (leg.Room is { } room && leg.Voice is { } voice)
        {
            room.Leave(voice);
        }

        if (!left && leg.Room is { } parking && _rooms.IsPlace(parking))
        {
            // Whoever is left of a parked call that was picked up hangs up too.
            (leg.Room, leg.Voice) = (null, null);
            _legs.Values.Where(other => other.Room == parking && other != leg).ToList().ForEach(HangUp);
        }
        else if (left && leg.Room is { } empty)
        {
            _rooms.Forget(empty);
            Later(TimeSpan.Zero, () => _ = empty.DisposeAsync().AsTask());
        }

        Forget(leg.Media);
    }

    // Call-ID;to-tag=ours;from-tag=theirs (RFC 3891), either way round.
    private SipLeg? Replaced(string header)
    {
        var parts = header.Split(';', 2);
        return _legs.GetValueOrDefault(parts[0].Trim()) is { Established: true } leg && parts.Length == 2 && SipAddress.ReadParameters(parts[1]).ContainsValue(leg.Tag) ? leg : null;
    }

    private void Later(TimeSpan delay, Action act)
    {
        if (delay <= TimeSpan.Zero)
        {
            _work.Writer.TryWrite(act);
            return;
        }

        _ = Task.Delay(delay, TimeProvider.System, _stop.Token).ContinueWith(_ => _work.Writer.TryWrite(act), _stop.Token, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    private static void Forget(MediaSession media) => _ = Task.Run(async () => await media.DisposeAsync());

    private static string UriOf(string? address) => SipAddress.TryParse(address, out var parsed) ? parsed.Uri : "";

    private static string NameOf(string address) => address.StartsWith('"') && address.IndexOf('"', 1) is > 0 and var end ? address[1..end] : "";

    private static string Quoted(string name) => name.Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
