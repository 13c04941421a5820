using System.Security.Cryptography;
using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Recordings.Store;

namespace CallCenter.Tests.Recordings;

public sealed class FolderRecordingStoreTests : IDisposable
{
    private const int Chunk = SealedFormat.ChunkBytes;

    private readonly StoreBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData((3 * Chunk) + 17)]
    public async Task Write_AnyLength_ComesBackWithItsSizeAndHash(int length)
    {
        var audio = RandomNumberGenerator.GetBytes(length);

        var stored = await _bench.WriteAsync(audio);

        Assert.Equal((length, Convert.ToHexStringLower(SHA256.HashData(audio))), (stored.SizeBytes, stored.Sha256));
        Assert.Equal(audio, await _bench.ReadAsync(stored));
        Assert.Equal([stored.StoreKey], _bench.Files);
        Assert.StartsWith($"{_bench.Tenant:N}/2026-11/", stored.StoreKey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_TheFile_HoldsNothingOfTheAudio()
    {
        var audio = Enumerable.Repeat((byte)'A', 4 * Chunk).ToArray();

        var bytes = await File.ReadAllBytesAsync(_bench.PathOf(await _bench.WriteAsync(audio)));

        Assert.Equal(-1, bytes.AsSpan().IndexOf("AAAAAA"u8));
    }

    [Fact]
    public async Task Read_FromTheMiddle_TouchesOnlyTheChunksAsked()
    {
        var audio = RandomNumberGenerator.GetBytes(5 * Chunk);
        var stored = await _bench.WriteAsync(audio);

        // Damage in the first chunk does not hinder the fourth.
        await FlipAsync(stored, SealedFormat.HeaderBytes + 5);
        await using var stream = (await _bench.Store.OpenAsync(_bench.Tenant, stored)).Value;
        stream.Position = (3 * Chunk) - 10;
        var middle = new byte[100];
        await stream.ReadExactlyAsync(middle);

        Assert.Equal(audio[((3 * Chunk) - 10)..((3 * Chunk) + 90)], middle);
        stream.Position = 0;
        await Assert.ThrowsAsync<SealedAudioException>(async () => await stream.ReadExactlyAsync(middle));
    }

    [Fact]
    public async Task Read_AnyBitFlipped_NeverGivesOtherAudio()
    {
        var audio = RandomNumberGenerator.GetBytes(Chunk + 300);
        var stored = await _bench.WriteAsync(audio);
        var path = _bench.PathOf(stored);
        var good = await File.ReadAllBytesAsync(path);
        var random = new Random(23);

        // Every bit of the header and of both tags, and many of the rest.
        var places = Enumerable.Range(0, SealedFormat.HeaderBytes * 8)
            .Concat(Enumerable.Range((SealedFormat.HeaderBytes + Chunk) * 8, SealedFormat.TagBytes * 8))
            .Concat(Enumerable.Range((good.Length - SealedFormat.TagBytes) * 8, SealedFormat.TagBytes * 8))
            .Concat(Enumerable.Range(0, 300).Select(_ => random.Next(good.Length * 8)));
        foreach (var bit in places)
        {
            var bad = (byte[])good.Clone();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(path, bad);

            Assert.Null(await _bench.TryReadAsync(stored));
        }

        await File.WriteAllBytesAsync(path, good);
        Assert.Equal(audio, await _bench.TryReadAsync(stored));
    }

    [Fact]
    public async Task Read_CutAnywhereOrLengthened_IsCorrupt()
    {
        var stored = await _bench.WriteAsync(RandomNumberGenerator.GetBytes(3 * Chunk));
        var path = _bench.PathOf(stored);
        var good = await File.ReadAllBytesAsync(path);
        foreach (var length in new[] { 0, 5, SealedFormat.HeaderBytes, (int)SealedFormat.ChunkOffset(1), (int)SealedFormat.ChunkOffset(2), good.Length - 1 })
        {
            await File.WriteAllBytesAsync(path, good[..length]);

            Assert.Null(await _bench.TryReadAsync(stored));

            // Nor for whoever changes the size in the row to fit.
            Assert.Null(await _bench.TryReadAsync(stored with { SizeBytes = Math.Max(0, length - SealedFormat.HeaderBytes - SealedFormat.TagBytes) }));
            Assert.Null(await _bench.TryReadAsync(stored with { SizeBytes = 2 * Chunk }));
        }

        await File.WriteAllBytesAsync(path, [.. good, 0]);
        Assert.Null(await _bench.TryReadAsync(stored));
    }

    [Fact]
    public async Task Read_ChunksInAnotherOrder_IsCorrupt()
    {
        var stored = await _bench.WriteAsync(RandomNumberGenerator.GetBytes(3 * Chunk));
        var path = _bench.PathOf(stored);
        var bytes = await File.ReadAllBytesAsync(path);
        var (first, second) = ((int)SealedFormat.ChunkOffset(0), (int)SealedFormat.ChunkOffset(1));
        var kept = bytes[first..second];
        bytes.AsSpan(second, kept.Length).CopyTo(bytes.AsSpan(first));
        kept.CopyTo(bytes.AsSpan(second));
        await File.WriteAllBytesAsync(path, bytes);

        Assert.Null(await _bench.TryReadAsync(stored));
    }

    [Fact]
    public async Task Read_FileOfAnotherRecording_IsCorrupt()
    {
        var mine = await _bench.WriteAsync(RandomNumberGenerator.GetBytes(2 * Chunk));
        var other = await _bench.WriteAsync(RandomNumberGenerator.GetBytes(2 * Chunk));

        Assert.Null(await _bench.TryReadAsync(mine with { StoreKey = other.StoreKey }));
        Assert.Null(await _bench.TryReadAsync(mine with { FileKey = other.FileKey }));
        File.Copy(_bench.PathOf(other), _bench.PathOf(mine), overwrite: true);
        Assert.Null(await _bench.TryReadAsync(mine));
    }

    [Fact]
    public async Task Read_AsAnotherTenant_IsCorruptAndNotOpened()
    {
        var stored = await _bench.WriteAsync([1, 2, 3]);
        var stranger = Guid.NewGuid();

        Assert.Null(await _bench.TryReadAsync(stored, stranger));
        Assert.Null(await _bench.TryReadAsync(stored with { StoreKey = stored.StoreKey.Replace($"{_bench.Tenant:N}", $"{stranger:N}", StringComparison.Ordinal) }, stranger));
        Assert.Equal(RecordingErrors.StoreFailed, (await _bench.Store.DeleteAsync(stranger, stored.StoreKey)).Error);
        Assert.Single(_bench.Files);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("{t}/2026-11/../../x.ccr")]
    [InlineData("{t}/2026-13/{r}-aabbccddeeff.ccr")]
    [InlineData("{t}/2026-11/{r}-AABBCCDDEEFF.ccr")]
    [InlineData("{t}/2026-11/{r}-aabbccddeeff.wav")]
    [InlineData("")]
    public void StoreKey_NotOfOurMaking_IsRefused(string text) =>
        Assert.Null(StoreKey.Parse(text.Replace("{t}", $"{_bench.Tenant:N}", StringComparison.Ordinal).Replace("{r}", $"{Guid.NewGuid():N}", StringComparison.Ordinal)));

    [Fact]
    public async Task Open_FileGone_IsMissingAndWithoutTheRootItIsTheStore()
    {
        var stored = await _bench.WriteAsync([1, 2, 3]);
        File.Delete(_bench.PathOf(stored));

        Assert.Equal(RecordingErrors.FileMissing, (await _bench.Store.OpenAsync(_bench.Tenant, stored)).Error);

        Directory.Delete(_bench.Root, recursive: true);
        Assert.Equal(RecordingErrors.StoreFailed, (await _bench.Store.OpenAsync(_bench.Tenant, stored)).Error);
        Directory.CreateDirectory(_bench.Root);
    }

    [Fact]
    public async Task Delete_TwiceOrNeverThere_Succeeds()
    {
        var stored = await _bench.WriteAsync([1, 2, 3]);

        Assert.True((await _bench.Store.DeleteAsync(_bench.Tenant, stored.StoreKey)).Succeeded);
        Assert.True((await _bench.Store.DeleteAsync(_bench.Tenant, stored.StoreKey)).Succeeded);
        Assert.True((await _bench.Store.DeleteAsync(_bench.Tenant, StoreKey.New(_bench.Tenant, StoreBench.Started.AddYears(-2), Guid.NewGuid()).ToString())).Succeeded);
        Assert.Empty(_bench.Files);
    }

    [Fact]
    public async Task Write_SourceFails_LeavesNothingAndTellsTheSourcesFailure()
    {
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() =>
            _bench.Store.WriteAsync(_bench.Tenant, Guid.NewGuid(), StoreBench.Started, new BreakingStream(2 * Chunk, new InvalidDataException("cut"))));

        Assert.Equal("cut", failure.Message);
        Assert.Empty(_bench.Files);
    }

    [Fact]
    public async Task Write_Cancelled_LeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _bench.Store.WriteAsync(_bench.Tenant, Guid.NewGuid(), StoreBench.Started, new MemoryStream(new byte[3 * Chunk]), cancel.Token));

        Assert.Empty(_bench.Files);
    }

    [Fact]
    public async Task Write_DiskFullHalfWay_IsStoreFullAndLeavesNothing()
    {
        using var bench = new StoreBench(new FullDisk());

        var result = await bench.Store.WriteAsync(bench.Tenant, Guid.NewGuid(), StoreBench.Started, new MemoryStream(new byte[Chunk]));

        Assert.Equal(RecordingErrors.StoreFull, result.Error);
        Assert.Empty(bench.Files);
    }

    [Fact]
    public async Task Write_LessRoomThanToKeep_IsStoreFull()
    {
        using var bench = new StoreBench(keepFreeMegabytes: 1_000_000_000);

        Assert.Equal(RecordingErrors.StoreFull, (await bench.Store.WriteAsync(bench.Tenant, Guid.NewGuid(), StoreBench.Started, new MemoryStream([1]))).Error);
        Assert.Equal(RecordingErrors.StoreFull, bench.Store.Look().Trouble);
        Assert.Null(_bench.Store.Look().Trouble);
    }

    [Fact]
    public async Task CleanIncoming_TakesWhatWasLeftBehindAndNothingElse()
    {
        var stored = await _bench.WriteAsync([1]);
        var incoming = Path.Combine(_bench.Root, $"{_bench.Tenant:N}", ".incoming");
        var (old, young, open) = (Path.Combine(incoming, "old.part"), Path.Combine(incoming, "young.part"), Path.Combine(incoming, "open.part"));
        foreach (var path in new[] { old, young, open })
        {
            await File.WriteAllBytesAsync(path, [1]);
            File.SetLastWriteTimeUtc(path, _bench.Clock.GetUtcNow().UtcDateTime.AddHours(path == young ? -0.5 : -2));
        }

        await using (File.Open(open, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(1, _bench.Store.CleanIncoming(_bench.Tenant));
        }

        Assert.Equal(new[] { stored.StoreKey, Path.GetRelativePath(_bench.Root, open), Path.GetRelativePath(_bench.Root, young) }.Order(), _bench.Files.Order());
    }

    [Fact]
    public async Task CleanOthers_KeepsTheOneTheRowNamesAndOtherRecordings()
    {
        var recording = Guid.NewGuid();
        var (named, lost, other) = (await _bench.WriteAsync([1], recording), await _bench.WriteAsync([2], recording), await _bench.WriteAsync([3]));

        Assert.Equal(1, _bench.Store.CleanOthers(_bench.Tenant, recording, named.StoreKey));

        Assert.Equal(new[] { named.StoreKey, other.StoreKey }.Order(), _bench.Files.Order());
        Assert.DoesNotContain(lost.StoreKey, _bench.Files);
    }

    private async Task FlipAsync(StoredAudio stored, int at)
    {
        var bytes = await File.ReadAllBytesAsync(_bench.PathOf(stored));
        bytes[at] ^= 1;
        await File.WriteAllBytesAsync(_bench.PathOf(stored), bytes);
    }

    /// <summary>Every write fails with the system's own "no space left".</summary>
    private sealed class FullDisk : StoreDisk
    {
        public override Stream Create(string path)
        {
            File.WriteAllBytes(path, []);
            return new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        }
    }
}
