namespace CallCenter.Simulators.Ucm;

/// <summary>One action that was asked for.</summary>
/// <param name="At">By the simulator's time provider.</param>
/// <param name="Action">Empty when the body was no request.</param>
/// <param name="User">Who; empty without a valid session.</param>
/// <param name="Status">What was answered; 0 for bare replies.</param>
/// <param name="Parameters">Without passwords, tokens and cookies.</param>
public sealed record UcmLoggedRequest(DateTimeOffset At, string Action, string User, int Status, IReadOnlyDictionary<string, string> Parameters);

/// <summary>The latest requests, oldest first.</summary>
public sealed class UcmRequestLog
{
    private const int Kept = 10_000;
    private static readonly HashSet<string> Secrets = ["token", "secret", "vmsecret", "user_password"];
    private readonly Lock _gate = new();
    private readonly Queue<UcmLoggedRequest> _requests = new();

    /// <summary>A snapshot.</summary>
    public IReadOnlyList<UcmLoggedRequest> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>How often an action was asked for.</summary>
    public int Count(string action) => All.Count(r => r.Action == action);

    internal void Add(DateTimeOffset at, UcmRequest? request, string user, int status)
    {
        var parameters = request?.Fields() ?? [];
        foreach (var name in parameters.Keys.Where(Secrets.Contains).ToList())
        {
            parameters[name] = "***";
        }

        foreach (var name in parameters.Where(p => p.Value == UcmRequest.Null).Select(p => p.Key).ToList())
        {
            parameters[name] = "null";
        }

        lock (_gate)
        {
            _requests.Enqueue(new UcmLoggedRequest(at, request?.Action ?? "", user, status, parameters));
            if (_requests.Count > Kept)
            {
                _requests.Dequeue();
            }
        }
    }
}
