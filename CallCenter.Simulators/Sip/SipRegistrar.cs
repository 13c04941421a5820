using System.Globalization;

namespace CallCenter.Simulators.Sip;

/// <summary>Where a user can be reached: the contact as registered, and the WebSocket it came over.</summary>
public sealed record SipBinding(string User, SipAddress Contact, string ConnectionId, DateTimeOffset Expires);

/// <summary>Registrations (RFC 3261, 10.3), challenged with digest. Expiry is by the clock, not by timers.</summary>
internal sealed class SipRegistrar(string realm, Func<string, string?> passwordOf, TimeProvider time)
{
    private const int DefaultExpires = 300, LongestExpires = 3600;

    private readonly Lock _gate = new();
    private readonly List<SipBinding> _bindings = [];
    private readonly SipDigest _digest = new(realm, time);

    /// <summary>Bindings in force.</summary>
    public IReadOnlyList<SipBinding> Bindings
    {
        get
        {
            lock (_gate)
            {
                Expire();
                return [.. _bindings];
            }
        }
    }

    public SipMessage Handle(SipMessage request, string connectionId)
    {
        if (!SipAddress.TryParse(request["To"], out var to))
        {
            return SipReplies.To(request, 400, "Bad To");
        }

        var (verdict, user) = _digest.Check(request["Authorization"], request.Method, passwordOf);
        return verdict switch
        {
            SipDigest.Verdict.Missing or SipDigest.Verdict.Stale => SipReplies.To(
                request, 401, "Unauthorized", new SipHeader("WWW-Authenticate", _digest.Challenge(verdict == SipDigest.Verdict.Stale))),
            SipDigest.Verdict.Right when user == to.User => Register(request, user, connectionId),
            _ => SipReplies.To(request, 403, "Forbidden"),
        };
    }

    /// <summary>The challenge to a call without the right credentials; null lets it pass.</summary>
    public SipMessage? Challenge(SipMessage request, int status)
    {
        var proxy = status == 407;
        var (verdict, user) = _digest.Check(request[proxy ? "Proxy-Authorization" : "Authorization"], request.Method, passwordOf);
        return verdict == SipDigest.Verdict.Right && SipAddress.TryParse(request["From"], out var from) && from.User == user
            ? null
            : SipReplies.To(
                request,
                status,
                proxy ? "Proxy Authentication Required" : "Unauthorized",
                new SipHeader(proxy ? "Proxy-Authenticate" : "WWW-Authenticate", _digest.Challenge(verdict == SipDigest.Verdict.Stale)));
    }

    /// <summary>Forgets what came over a connection that is gone.</summary>
    public void Drop(string connectionId)
    {
        lock (_gate)
        {
            _bindings.RemoveAll(b => b.ConnectionId == connectionId);
        }
    }

    private SipMessage Register(SipMessage request, string user, string connectionId)
    {
        var contacts = request.All("Contact").Where(c => c.Length > 0).ToList();
        lock (_gate)
        {
            Expire();
            if (contacts is ["*"])
            {
                _bindings.RemoveAll(b => b.User == user);
            }
            else
            {
                foreach (var contact in contacts)
                {
                    if (!SipAddress.TryParse(contact, out var address))
                    {
                        return SipReplies.To(request, 400, "Bad Contact");
                    }

                    // Requests in a dialog find their way by it: nobody takes another's.
                    if (_bindings.Any(b => b.User != user && b.Contact.User == address.User && b.Contact.Host == address.Host))
                    {
                        return SipReplies.To(request, 403, "Contact Of Another");
                    }

                    Bind(user, address, Seconds(address, request), connectionId);
                }
            }

            return SipReplies.To(request, 200, "OK", [.. _bindings.Where(b => b.User == user).Select(Show)]);
        }
    }

    private void Bind(string user, SipAddress contact, int seconds, string connectionId)
    {
        _bindings.RemoveAll(b => b.User == user && b.Contact.Uri == contact.Uri);
        if (seconds > 0)
        {
            _bindings.Add(new SipBinding(user, contact, connectionId, time.GetUtcNow().AddSeconds(seconds)));
        }
    }

    private static int Seconds(SipAddress contact, SipMessage request)
    {
        var text = contact.Parameters.GetValueOrDefault("expires") ?? request["Expires"];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? Math.Min(seconds, LongestExpires)
            : DefaultExpires;
    }

    private SipHeader Show(SipBinding binding) => new("Contact", string.Create(
        CultureInfo.InvariantCulture, $"<{binding.Contact.Uri}>;expires={Math.Ceiling((binding.Expires - time.GetUtcNow()).TotalSeconds)}"));

    private void Expire()
    {
        var now = time.GetUtcNow();
        _bindings.RemoveAll(b => b.Expires <= now);
    }
}
