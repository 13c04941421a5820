using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Infrastructure.Telephony.Ucm;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Telephony.Gdms;

/// <summary>
/// Access tokens per account: one sign-in at a time, renewed shortly before they end. A refresh token is used once and
/// forgotten, whatever comes of it; the password follows.
/// </summary>
internal sealed class GdmsTokens(GdmsTransport transport, GdmsAddresses addresses, IOptions<GdmsOptions> options, TimeProvider time)
{
    private const int EntriesKept = 1_000;
    private static readonly TimeSpan DefaultLife = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, Entry> _entries = new();

    /// <summary>A token that should still live, or why there is none.</summary>
    /// <param name="account">What signs in.</param>
    /// <param name="rejected">A token that GDMS has refused: it is not given again. Null at first.</param>
    /// <param name="anew">Sign in with the password whatever is remembered, also a refusal.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<(string? Token, GdmsReply? Failure)> GetAsync(
        GdmsAccount account, string? rejected, bool anew, CancellationToken cancellationToken)
    {
        var entry = EntryOf(account);
        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (anew || entry.Token == rejected)
            {
                entry.Token = null;
                entry.RefreshToken = null;
            }

            if (entry.Token is not null && now < entry.RenewAt)
            {
                return (entry.Token, null);
            }

            if (!anew && now < entry.RefusedUntil)
            {
                return (null, new GdmsReply(GdmsReplyKind.CredentialsRejected));
            }

            var reply = await RefreshAsync(entry, account, cancellationToken) ?? await SignInAsync(account, cancellationToken);
            return Note(entry, reply);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private (string? Token, GdmsReply? Failure) Note(Entry entry, GdmsReply reply)
    {
        entry.Token = null;
        entry.RefreshToken = null;
        if (reply.Kind != GdmsReplyKind.Ok)
        {
            if (reply.Kind == GdmsReplyKind.CredentialsRejected)
            {
                entry.RefusedUntil = time.GetUtcNow() + options.Value.CredentialCooldown;
            }

            return (null, reply);
        }

        var life = reply.Root.WholeNumber("expires_in") is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : DefaultLife;
        var margin = options.Value.TokenMargin < life / 2 ? options.Value.TokenMargin : life / 2;
        entry.Token = reply.Root.Text("access_token");
        entry.RefreshToken = reply.Root.Text("refresh_token") is { Length: > 0 } refresh ? refresh : null;
        entry.RenewAt = time.GetUtcNow() + life - margin;
        entry.RefusedUntil = default;
        return (entry.Token, null);
    }

    // Null: nothing to refresh with, or it did not work and the password must do.
    private async Task<GdmsReply?> RefreshAsync(Entry entry, GdmsAccount account, CancellationToken cancellationToken)
    {
        if (entry.RefreshToken is not { } refresh)
        {
            return null;
        }

        entry.RefreshToken = null;
        var reply = await PostAsync(account, [new("grant_type", "refresh_token"), new("refresh_token", refresh)], cancellationToken);
        return reply.Kind == GdmsReplyKind.Ok ? reply : null;
    }

    private Task<GdmsReply> SignInAsync(GdmsAccount account, CancellationToken cancellationToken) => PostAsync(
        account,
        [
            new("grant_type", "password"),
            new("username", account.UserName),
            new("password", GdmsSigner.HashPassword(account.Password)),
        ],
        cancellationToken);

    private async Task<GdmsReply> PostAsync(
        GdmsAccount account, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        // By form, not by query: addresses end up in the logs of proxies.
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(addresses.Of(account), "/oapi/oauth/token"))
        {
            Content = new FormUrlEncodedContent(
                [.. fields, new("client_id", account.ApiId), new("client_secret", account.ApiSecret)]),
        };
        return await transport.SendAsync(request, account.BaseAddress is not null, GdmsReplyReader.ReadToken, cancellationToken);
    }

    private Entry EntryOf(GdmsAccount account)
    {
        if (_entries.Count > EntriesKept)
        {
            foreach (var (key, old) in _entries.Where(e => time.GetUtcNow() > e.Value.RenewAt && time.GetUtcNow() > e.Value.RefusedUntil))
            {
                _entries.TryRemove(new KeyValuePair<string, Entry>(key, old));
            }
        }

        return _entries.GetOrAdd(KeyOf(account), _ => new Entry());
    }

    // A hash, so that a memory dump of the keys shows no secret; every part counts, so that a corrected password is tried at once.
    private string KeyOf(GdmsAccount account) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{addresses.Of(account)}\n{account.UserName}\n{account.Password}\n{account.ApiId}\n{account.ApiSecret}"))));

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public string? Token { get; set; }

        public string? RefreshToken { get; set; }

        public DateTimeOffset RenewAt { get; set; }

        public DateTimeOffset RefusedUntil { get; set; }
    }
}
