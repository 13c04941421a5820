using System.Security.Cryptography;
using System.Text.Json;

namespace CallCenter.Demo.Postgres;

/// <summary>What a second start must know of the first.</summary>
internal sealed record PrivatePostgresState(string Password, int? Port)
{
    private const string FileName = "server.json";

    public static async Task<PrivatePostgresState> LoadOrCreateAsync(string directory, CancellationToken cancellationToken)
    {
        var file = Path.Combine(directory, FileName);
        if (File.Exists(file))
        {
            await using var stream = File.OpenRead(file);
            if (await JsonSerializer.DeserializeAsync<PrivatePostgresState>(stream, cancellationToken: cancellationToken) is { Password.Length: > 0 } known)
            {
                return known;
            }
        }

        var fresh = new PrivatePostgresState(RandomNumberGenerator.GetHexString(32, lowercase: true), null);
        await fresh.SaveAsync(directory, cancellationToken);
        return fresh;
    }

    public Task SaveAsync(string directory, CancellationToken cancellationToken) =>
        PrivateFile.WriteAsync(Path.Combine(directory, FileName), JsonSerializer.Serialize(this), cancellationToken);
}
