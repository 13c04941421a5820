using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Core.Primitives;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>A talk with one UCM, step by step; the doctor shows each step, <see cref="UcmSession"/> runs them by itself.</summary>
internal sealed class UcmConversation : IAsyncDisposable
{
    private readonly UcmTransport _transport;
    private readonly string _user;
    private readonly Secret _password;
    private readonly CredentialMemory _memory;
    private string? _cookie;

    public UcmConversation(UcmTransport transport, string user, Secret password, CredentialMemory memory)
    {
        _transport = transport;
        _user = user;
        _password = password;
        _memory = memory;
    }

    public bool LoggedIn => _cookie is not null;

    /// <summary>Asks for a challenge. Success proves that the HTTPS API is on and answers; a UCM gives one to unknown users too.</summary>
    /// <returns>A reply to read with <see cref="ChallengeOf"/>.</returns>
    public async Task<UcmOutcome> ChallengeAsync(CancellationToken cancellationToken)
    {
        var outcome = await _transport.SendAsync(
            "challenge", null, new Dictionary<string, string> { ["user"] = _user, ["version"] = "1.0" }, cancellationToken);
        return outcome.Reply is { } reply && ChallengeOf(reply).Length == 0 ? UcmBody.WrongShape("challenge") : outcome;
    }

    public static string ChallengeOf(UcmReply reply) => reply.Response.Text("challenge");

    /// <summary>Proves the password. The one step that a UCM counts and locks out for.</summary>
    public async Task<UcmOutcome> LoginAsync(string challenge, CancellationToken cancellationToken)
    {
        var outcome = await _transport.SendAsync(
            "login", null, new Dictionary<string, string> { ["user"] = _user, ["token"] = Token(challenge, _password.Reveal()) }, cancellationToken);
        if (outcome.Failure is { } failure)
        {
            _memory.NoteFailure(failure);
            return failure;
        }

        var cookie = outcome.Reply!.Response.Text("cookie");
        if (cookie.Length == 0)
        {
            return UcmBody.WrongShape("login");
        }

        _memory.NoteSuccess();
        _cookie = cookie;
        return outcome;
    }

    /// <summary>Runs an action in this conversation's session, without renewing it.</summary>
    public Task<UcmOutcome> ExecuteAsync(
        string action, IReadOnlyDictionary<string, string>? parameters = null, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(action, _cookie, parameters, cancellationToken);

    /// <summary>As <see cref="ExecuteAsync"/>, for an answer that is a file.</summary>
    public Task<UcmOutcome> DownloadAsync(
        string action, IReadOnlyDictionary<string, string>? parameters, UcmTake take, CancellationToken cancellationToken) =>
        _transport.DownloadAsync(action, _cookie, parameters, take, cancellationToken);

    /// <summary>Ends the session on the UCM; succeeds when there is none.</summary>
    public async Task<UcmOutcome?> LogoutAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _cookie, null) is not { } cookie)
        {
            return null;
        }

        return await _transport.SendAsync("logout", cookie, null, cancellationToken);
    }

    /// <summary>Forgets a session that the UCM no longer knows.</summary>
    public void Forget() => _cookie = null;

    public async ValueTask DisposeAsync()
    {
        await LogoutAsync(CancellationToken.None);
        _transport.Dispose();
    }

    /// <summary>lowercase_hex(MD5(challenge + password)), as the UCM prescribes.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "The UCM's login accepts nothing else; TLS protects the exchange.")]
    internal static string Token(string challenge, string password) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(challenge + password)));
}
