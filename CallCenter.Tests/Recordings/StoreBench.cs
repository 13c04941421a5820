using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Recordings.Store;
using CallCenter.Infrastructure.Security;
using CallCenter.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CallCenter.Tests.Recordings;

/// <summary>A folder store in a folder of its own.</summary>
internal sealed class StoreBench : IDisposable
{
    public static readonly DateTime Started = new(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc);

    public StoreBench(StoreDisk? disk = null, int keepFreeMegabytes = 0)
    {
        var secrets = new SecretsOptions { ActiveKey = "test", Keys = { ["test"] = TestKeys.Settings["Secrets:Keys:test"]! } };
        Protector = new SecretProtector(Options.Create(secrets));
        Store = new FolderRecordingStore(
            Options.Create(new RecordingStoreOptions { Folder = Root, KeepFreeMegabytes = keepFreeMegabytes }), Protector, disk ?? new StoreDisk(), Clock,
            NullLogger<FolderRecordingStore>.Instance);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("callcenter-store-").FullName;

    public Guid Tenant { get; } = Guid.NewGuid();

    public ManualClock Clock { get; } = new(DateTimeOffset.UtcNow);

    public SecretProtector Protector { get; }

    public FolderRecordingStore Store { get; }

    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path))];

    public string PathOf(StoredAudio audio) => Path.Combine(Root, audio.StoreKey);

    public async Task<StoredAudio> WriteAsync(byte[] audio, Guid? recording = null) =>
        (await Store.WriteAsync(Tenant, recording ?? Guid.NewGuid(), Started, new MemoryStream(audio))).Value;

    public async Task<byte[]> ReadAsync(StoredAudio audio)
    {
        await using var stream = (await Store.OpenAsync(Tenant, audio)).Value;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>What reading the whole gives: the bytes, or null for a failure of any of the expected kinds.</summary>
    public async Task<byte[]?> TryReadAsync(StoredAudio audio, Guid? tenant = null)
    {
        var opened = await Store.OpenAsync(tenant ?? Tenant, audio);
        if (opened.Error is { } error)
        {
            Assert.Equal(RecordingErrors.FileCorrupt, error);
            return null;
        }

        await using var stream = opened.Value;
        try
        {
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            return copy.ToArray();
        }
        catch (SealedAudioException)
        {
            return null;
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
