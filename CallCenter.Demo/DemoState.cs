using System.Security.Cryptography;
using System.Text.Json;
using CallCenter.Demo.Postgres;

namespace CallCenter.Demo;

/// <summary>What is made up once and must stay as it is while the data lives: the settings in the database repeat it.</summary>
public sealed record DemoState
{
    // No letters or digits that read alike.
    private const string Letters = "abcdefghijkmnpqrstuvwxyz";
    private const string Digits = "23456789";

    /// <summary>Password of every demo account.</summary>
    public required string Password { get; init; }

    /// <summary>Key of the portal's key ring, 32 bytes in base64.</summary>
    public required string Key { get; init; }

    /// <summary>Credentials of the simulated peers, by peer.</summary>
    public required IReadOnlyDictionary<string, string> PeerPasswords { get; init; }

    /// <summary>Ports of the last start, by peer.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = new Dictionary<string, int>();

    /// <summary>First day of the simulated calls; null before the first start.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>False until tenants and accounts are all there.</summary>
    public bool Seeded { get; init; }

    public static async Task<DemoState> LoadOrCreateAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        if (File.Exists(folder.State))
        {
            await using var stream = File.OpenRead(folder.State);
            if (await JsonSerializer.DeserializeAsync<DemoState>(stream, cancellationToken: cancellationToken) is { } known)
            {
                return known;
            }
        }

        var fresh = Create();
        await fresh.SaveAsync(folder, cancellationToken);
        return fresh;
    }

    public static DemoState Create() => new()
    {
        Password = $"{Word(1, upper: true)}{Word(4)}-{Number(4)}-{Word(6)}",
        Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        PeerPasswords = new Dictionary<string, string>(),
    };

    public string PeerPassword(string peer) => PeerPasswords[peer];

    /// <summary>The state with a password for each of the peers that has none yet.</summary>
    public DemoState WithPeers(IEnumerable<string> peers) => this with
    {
        PeerPasswords = peers.ToDictionary(peer => peer, peer => PeerPasswords.GetValueOrDefault(peer) ?? $"{Word(1, upper: true)}{Word(5)}{Number(4)}"),
    };

    public Task SaveAsync(DemoFolder folder, CancellationToken cancellationToken) =>
        PrivateFile.WriteAsync(folder.State, JsonSerializer.Serialize(this), cancellationToken);

    private static string Word(int length, bool upper = false)
    {
        var word = new string(RandomNumberGenerator.GetItems<char>(Letters, length));
        return upper ? word.ToUpperInvariant() : word;
    }

    private static string Number(int length) => new(RandomNumberGenerator.GetItems<char>(Digits, length));
}
