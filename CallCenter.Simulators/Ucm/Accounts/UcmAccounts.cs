using CallCenter.Simulators.Calls;

namespace CallCenter.Simulators.Ucm.Accounts;

/// <summary>
/// The extensions of the PBX, twice: as configured, which every write changes at once, and as running, which
/// applyChanges brings up to date. Safe for concurrent use.
/// </summary>
public sealed class UcmAccounts
{
    private static readonly string[] UserFields =
        ["first_name", "last_name", "email", "language", "department", "phone_number", "family_number", "fax", "privilege", "user_password"];

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, UcmAccount> _configured = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _registered = [];
    private Dictionary<string, UcmAccount> _running = [];
    private bool _dirty;

    /// <summary>True when something was written that is not applied.</summary>
    public bool NeedsApply
    {
        get
        {
            lock (_gate)
            {
                return _dirty;
            }
        }
    }

    /// <summary>As written, applied or not.</summary>
    public IReadOnlyList<UcmAccount> Configured
    {
        get
        {
            lock (_gate)
            {
                return [.. _configured.Values];
            }
        }
    }

    /// <summary>As phones and callers meet them.</summary>
    public IReadOnlyDictionary<string, UcmAccount> Running
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>Contact address of a registered phone, or null.</summary>
    public string? AddressOf(string extension)
    {
        lock (_gate)
        {
            return _registered.GetValueOrDefault(extension);
        }
    }

    /// <summary>Notes that a phone registered, or with a null address that it left.</summary>
    public void SetRegistered(string extension, string? address)
    {
        lock (_gate)
        {
            if (address is null)
            {
                _registered.Remove(extension);
            }
            else
            {
                _registered[extension] = address;
            }
        }
    }

    /// <summary>An extension that was there before the simulator started, with a registered phone.</summary>
    internal void Seed(SimExtension extension, int index)
    {
        var fields = new Dictionary<string, string>
        {
            ["extension"] = extension.Number,
            ["fullname"] = extension.Name,
            ["secret"] = $"Sim-{extension.Number}-Phone",
            ["user_password"] = $"Sim-{extension.Number}-User",
            ["vmsecret"] = "48" + extension.Number,
            ["permission"] = "internal-local-national",
            ["enable_webrtc"] = "yes",
            ["email"] = $"{extension.Number}@example.test",
        };
        lock (_gate)
        {
            _configured[extension.Number] = Create(fields);
            _registered[extension.Number] = $"192.0.2.{10 + (index % 200)}:5060 (GRP2614)";
            _running = new Dictionary<string, UcmAccount>(_configured);
        }
    }

    internal UcmAccount? Find(string extension)
    {
        lock (_gate)
        {
            return _configured.GetValueOrDefault(extension);
        }
    }

    /// <summary>False when the extension exists.</summary>
    internal bool Add(IReadOnlyDictionary<string, string> fields)
    {
        lock (_gate)
        {
            var added = _configured.TryAdd(fields["extension"], Create(fields));
            _dirty |= added;
            return added;
        }
    }

    internal bool UpdateSip(string extension, IReadOnlyDictionary<string, string> fields) =>
        Change(extension, a => a with { Sip = Merge(a.Sip, fields.Where(f => f.Key is not ("fullname" or "extension") && !UserFields.Contains(f.Key))) });

    internal bool UpdateUser(string extension, IReadOnlyDictionary<string, string> fields) => Change(extension, a =>
    {
        var user = Merge(a.User, fields.Where(f => UserFields.Contains(f.Key)));
        var name = $"{user.GetValueOrDefault("first_name")} {user.GetValueOrDefault("last_name")}".Trim();
        return new UcmAccount(name.Length == 0 ? a.Sip : Merge(a.Sip, [new("fullname", name)]), user);
    });

    internal bool Delete(string extension)
    {
        lock (_gate)
        {
            var removed = _configured.Remove(extension);
            _dirty |= removed;
            return removed;
        }
    }

    internal void Apply()
    {
        lock (_gate)
        {
            _running = new Dictionary<string, UcmAccount>(_configured);
            _dirty = false;
            foreach (var gone in _registered.Keys.Where(e => !_running.ContainsKey(e)).ToList())
            {
                _registered.Remove(gone);
            }
        }
    }

    private static UcmAccount Create(IReadOnlyDictionary<string, string> fields)
    {
        var sip = new Dictionary<string, string>
        {
            ["account_type"] = "SIP",
            ["hasvoicemail"] = "yes",
            ["skip_vmsecret"] = "no",
            ["call_waiting"] = "yes",
            ["enable_webrtc"] = "no",
            ["max_contacts"] = "1",
            ["auto_record"] = "off",
            ["allow"] = "ulaw,alaw,gsm,g726,g722,g729,h264,ilbc,opus",
            ["dtmfmode"] = "rfc2833",
            ["encryption"] = "no",
            ["nat"] = "yes",
            ["directmedia"] = "no",
            ["enable_qualify"] = "no",
            ["out_of_service"] = "no",
            ["presence_status"] = "available",
        };
        var user = new Dictionary<string, string>
        {
            ["user_name"] = fields["extension"],
            ["user_id"] = fields["extension"],
            ["privilege"] = "3",
        };
        return new UcmAccount(
            Merge(sip, fields.Where(f => !UserFields.Contains(f.Key))),
            Merge(user, fields.Where(f => UserFields.Contains(f.Key))));
    }

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> old, IEnumerable<KeyValuePair<string, string>> changes)
    {
        var merged = new Dictionary<string, string>(old);
        foreach (var (name, value) in changes)
        {
            merged[name] = value;
        }

        return merged;
    }

    private bool Change(string extension, Func<UcmAccount, UcmAccount> change)
    {
        lock (_gate)
        {
            if (!_configured.TryGetValue(extension, out var account))
            {
                return false;
            }

            _configured[extension] = change(account);
            _dirty = true;
            return true;
        }
    }
}
