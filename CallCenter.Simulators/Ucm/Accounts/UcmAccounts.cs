using System.Globalization;
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
    private readonly HashSet<string> _locked = [];
    private Dictionary<string, UcmAccount> _running = [];
    private bool _dirty;
    private int _users;

    internal UcmAccounts(UcmPhones phones) => Phones = phones;

    /// <summary>Where their phones are.</summary>
    public UcmPhones Phones { get; }

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

    /// <summary>Contact address of a registered phone; null when there is none, or while the extension is out of service.</summary>
    public string? AddressOf(string extension) =>
        Running.TryGetValue(extension, out var account) && account.IsInService ? Phones.AddressOf(extension) : null;

    /// <summary>Notes that a phone registered, or with a null address that it left.</summary>
    public void SetRegistered(string extension, string? address)
    {
        if (address is null)
        {
            Phones.Leave(extension);
        }
        else
        {
            Phones.Register(extension, address);
        }
    }

    /// <summary>Whether a phone with this secret would be let in: what is in force counts, not what is only written.</summary>
    public bool WouldRegister(string extension, string secret) =>
        Running.TryGetValue(extension, out var account) && account.IsInService && !IsLocked(extension) && account.Secret == secret;

    /// <summary>Locks the account, as the PBX does after failed registrations, or lifts the lock.</summary>
    public void SetLocked(string extension, bool locked)
    {
        lock (_gate)
        {
            if (locked)
            {
                _locked.Add(extension);
            }
            else
            {
                _locked.Remove(extension);
            }
        }
    }

    /// <summary>Whether the PBX has locked it.</summary>
    public bool IsLocked(string extension)
    {
        lock (_gate)
        {
            return _locked.Contains(extension);
        }
    }

    /// <summary>Puts an account there as if somebody had made it in the web UI, and applied it.</summary>
    public void MakeInWebUi(IReadOnlyDictionary<string, string> fields)
    {
        lock (_gate)
        {
            var account = Create(fields);
            _configured[account.Extension] = account;
            _running = new Dictionary<string, UcmAccount>(_running) { [account.Extension] = account };
        }
    }

    /// <summary>Changes SIP fields as somebody in the web UI does, and applies them.</summary>
    /// <exception cref="KeyNotFoundException">There is no such extension.</exception>
    public void ChangeInWebUi(string extension, params IEnumerable<KeyValuePair<string, string>> fields)
    {
        lock (_gate)
        {
            var account = _configured[extension];
            account = account with { Sip = Merge(account.Sip, fields) };
            _configured[extension] = account;
            _running = new Dictionary<string, UcmAccount>(_running) { [extension] = account };
        }
    }

    /// <summary>Removes an extension as somebody in the web UI does, and applies that.</summary>
    public void RemoveInWebUi(string extension)
    {
        lock (_gate)
        {
            _configured.Remove(extension);
            _running = new Dictionary<string, UcmAccount>(_running.Where(a => a.Key != extension));
        }

        Phones.Forget(e => e == extension);
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
            _running = new Dictionary<string, UcmAccount>(_configured);
        }

        Phones.Register(extension.Number, $"192.0.2.{10 + (index % 200)}:5060 (GRP2614)");
    }

    internal UcmAccount? Find(string extension)
    {
        lock (_gate)
        {
            return _configured.GetValueOrDefault(extension);
        }
    }

    internal UcmAddition Add(IReadOnlyDictionary<string, string> fields, int limit)
    {
        lock (_gate)
        {
            if (_configured.ContainsKey(fields["extension"]))
            {
                return UcmAddition.Exists;
            }

            if (limit > 0 && _configured.Count >= limit)
            {
                return UcmAddition.Full;
            }

            _configured[fields["extension"]] = Create(fields);
            _dirty = true;
            return UcmAddition.Added;
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
            Phones.Forget(e => !_running.ContainsKey(e));
        }
    }

    private UcmAccount Create(IReadOnlyDictionary<string, string> fields)
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
            ["ring_timeout"] = UcmRequest.Null,
            ["cidnumber"] = "",
            ["cfu"] = "",
            ["cfb"] = "",
            ["cfn"] = "",
            ["dnd"] = "no",
        };
        var user = new Dictionary<string, string>
        {
            ["user_name"] = fields["extension"],
            ["user_id"] = (++_users).ToString(CultureInfo.InvariantCulture),
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

internal enum UcmAddition
{
    Added,
    Exists,
    Full,
}
