namespace CallCenter.Simulators.Sip;

/// <summary>A call that the proxy saw from its INVITE to its end.</summary>
/// <param name="CallId">SIP Call-ID.</param>
/// <param name="From">Who called.</param>
/// <param name="To">Who was called.</param>
/// <param name="Start">When the INVITE came.</param>
/// <param name="Answer">When it was answered; null when it was not.</param>
/// <param name="End">When it was refused, given up or hung up.</param>
/// <param name="Status">Final status of the INVITE; 200 when answered.</param>
public sealed record SipCallRecord(string CallId, string From, string To, DateTimeOffset Start, DateTimeOffset? Answer, DateTimeOffset End, int Status)
{
    /// <summary>The caller's name, where the call told one.</summary>
    public string FromName { get; init; } = "";

    /// <summary>The PBX answers this number itself.</summary>
    public bool IsOwnNumber { get; init; }
}

/// <summary>Looks at what passes a proxy that itself keeps nothing, and tells of calls that ended: the PBX writes its call detail from it.</summary>
internal sealed class SipCallWatch(TimeProvider time, Func<string, bool> isOwnNumber)
{
    // What never ends, as both sides were killed, is forgotten.
    private const int MostCalls = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SipCallRecord> _calls = new(StringComparer.Ordinal);

    /// <summary>Raised on the thread of the socket that ended it.</summary>
    public event Action<SipCallRecord>? Ended;

    public void Request(SipMessage request)
    {
        if (request["Call-ID"] is not { Length: > 0 } id)
        {
            return;
        }

        if (request.Method == "BYE")
        {
            End(id, 200);
        }
        else if (request.Method == "INVITE" && SipAddress.TryParse(request["To"], out var to) && !to.Parameters.ContainsKey("tag")
            && SipAddress.TryParse(request["From"], out var from) && SipAddress.TryParse(request.RequestUri, out var target))
        {
            lock (_gate)
            {
                if (_calls.Count >= MostCalls)
                {
                    _calls.Remove(_calls.MinBy(call => call.Value.Start).Key);
                }

                var now = time.GetUtcNow();
                _calls.TryAdd(id, new SipCallRecord(id, from.User, target.User, now, null, now, 0)
                {
                    FromName = (request["From"] ?? "") is ['"', .. var rest] && rest.IndexOf('"', StringComparison.Ordinal) is >= 0 and var end ? rest[..end] : "",
                    IsOwnNumber = isOwnNumber(target.User),
                });
            }
        }
    }

    public void Response(SipMessage response)
    {
        if (response["Call-ID"] is not { Length: > 0 } id || response.StatusCode is < 200 or 401 or 407
            || response["CSeq"]?.EndsWith("INVITE", StringComparison.Ordinal) != true)
        {
            return;
        }

        if (response.StatusCode >= 300)
        {
            lock (_gate)
            {
                // A refused re-INVITE ends no call.
                if (!_calls.TryGetValue(id, out var call) || call.Answer is not null)
                {
                    return;
                }
            }

            End(id, response.StatusCode);
            return;
        }

        lock (_gate)
        {
            if (_calls.TryGetValue(id, out var call) && call.Answer is null)
            {
                _calls[id] = call with { Answer = time.GetUtcNow(), Status = response.StatusCode };
            }
        }
    }

    private void End(string id, int status)
    {
        SipCallRecord? ended;
        lock (_gate)
        {
            if (!_calls.Remove(id, out ended))
            {
                return;
            }
        }

        Ended?.Invoke(ended with { End = time.GetUtcNow(), Status = ended.Answer is null ? status : 200 });
    }
}
