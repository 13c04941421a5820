using System.Buffers.Binary;
using CallCenter.Core.Recordings;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Recordings.Audio;

namespace CallCenter.Tests.Recordings;

public sealed class WavAudioTests
{
    [Fact]
    public async Task Read_WholeFile_PassesUnchangedAndIsMeasured()
    {
        var wav = WavFiles.Pcm16([.. Enumerable.Range(0, 16_000).Select(i => (short)(i < 8000 ? 0 : short.MaxValue))]);
        var audio = (await WavAudio.OpenAsync(new TricklingStream(wav), default))!;

        Assert.Equal(wav, await ReadAsync(audio));
        Assert.Equal(2, audio.Seconds);
        var outline = audio.Outline();
        Assert.Equal(100, outline.Length);
        Assert.All(outline[..50], peak => Assert.Equal(0, peak));
        Assert.All(outline[50..], peak => Assert.Equal(255, peak));
    }

    [Fact]
    public async Task Read_LessThanTheHeaderSays_IsCutOnlyAtTheEnd()
    {
        var audio = (await WavAudio.OpenAsync(new MemoryStream(WavFiles.Make(1, 16, new byte[1000], 1002)), default))!;

        await Assert.ThrowsAsync<CutAudioException>(() => ReadAsync(audio));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    [InlineData(800u)]
    public async Task Read_LengthUnknownOrMoreBehind_IsWhole(uint declared)
    {
        var wav = WavFiles.Make(1, 16, new byte[16_000], declared);

        Assert.Equal(wav, await ReadAsync((await WavAudio.OpenAsync(new MemoryStream(wav), default))!));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(20_479)]
    [InlineData(3_000_001)]
    public void Outline_AnyLength_StaysSmallAndKeepsTheLoudestPlaces(int samples)
    {
        var header = new WavHeader(WavCodec.Pcm, 1, 8000, 16, 16_000, 44, null);
        var meter = new PeakMeter(header);
        var bytes = new byte[samples * 2];
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(samples / 4 * 2), short.MinValue);
        for (var at = 0; at < bytes.Length; at += 4097)
        {
            meter.Add(bytes.AsSpan(at, Math.Min(4097, bytes.Length - at)));
        }

        var outline = meter.Outline();

        Assert.InRange(outline.Length, 1, PeakMeter.MostPeaks);
        Assert.Equal(1, outline.Count(peak => peak == 255));
        Assert.InRange((Array.IndexOf(outline, (byte)255) + 0.5) / outline.Length, samples > 1000 ? 0.24 : 0, samples > 1000 ? 0.26 : 1);
    }

    [Fact]
    public async Task Mulaw_OfLinearAudio_IsHalfAsLargeAndSoundsTheSame()
    {
        var samples = Enumerable.Range(0, 9000).Select(i => (short)(Math.Sin(i / 9.0) * 20_000)).ToArray();
        var source = (await WavAudio.OpenAsync(new TricklingStream(WavFiles.Pcm16(samples)), default))!;

        var mulaw = await ReadAsync(new MulawAudio(source));

        Assert.Equal(44 + samples.Length, mulaw.Length);
        Assert.Equal(WavCodec.Mulaw, WavHeader.Read(mulaw)!.Codec);
        Assert.All(samples.Zip(mulaw[44..]), pair => Assert.InRange(Math.Abs(pair.First - G711.FromMulaw(pair.Second)), 0, 1024));
        Assert.Equal(1, source.Seconds);
    }

    [Fact]
    public async Task Mulaw_OfCutAudio_IsCut()
    {
        var source = (await WavAudio.OpenAsync(new MemoryStream(WavFiles.Make(1, 16, new byte[1000], 1002)), default))!;

        await Assert.ThrowsAsync<CutAudioException>(() => ReadAsync(new MulawAudio(source)));
    }

    // Of ITU-T G.711, and as SoX and Asterisk give them.
    [Theory]
    [InlineData(0, 0xFF)]
    [InlineData(-1, 0x7F)]
    [InlineData(8, 0xFE)]
    [InlineData(100, 0xF2)]
    [InlineData(1000, 0xCE)]
    [InlineData(-1000, 0x4E)]
    [InlineData(8031, 0xA0)]
    [InlineData(32_124, 0x80)]
    [InlineData(32_767, 0x80)]
    [InlineData(-32_768, 0x00)]
    public void ToMulaw_KnownSamples_GiveTheStandardsCodes(short sample, byte code) => Assert.Equal(code, G711.ToMulaw(sample));

    [Fact]
    public void Mulaw_EveryCode_ComesBack() =>
        Assert.All(Enumerable.Range(0, 256).Where(code => code != 0x7F), code => Assert.Equal(code, G711.ToMulaw(G711.FromMulaw((byte)code))));

    [Theory]
    [InlineData(0xD5, 8)]
    [InlineData(0x55, -8)]
    [InlineData(0xAA, 32_256)]
    [InlineData(0x2A, -32_256)]
    public void FromAlaw_KnownCodes_GiveTheStandardsSamples(byte code, short sample) => Assert.Equal(sample, G711.FromAlaw(code));

    [Fact]
    public async Task RepairedWav_FromAnywhere_GivesTheTrueHeaderAndTheStoredRest()
    {
        var wav = WavFiles.Make(1, 16, [.. Enumerable.Range(0, 10_000).Select(i => (byte)i)], uint.MaxValue);
        await using var repaired = await RepairedWav.OpenAsync(new MemoryStream(wav), default);

        var all = await ReadAsync(repaired);

        Assert.Equal(10_000u, WavFiles.DataLengthOf(all));
        Assert.Equal(wav[44..], all[44..]);
        repaired.Position = 42;
        var some = new byte[10];
        await repaired.ReadExactlyAsync(some);
        Assert.Equal(all[42..52], some);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, 777);
        return copy.ToArray();
    }

    /// <summary>Comes in odd little pieces, as from a network.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 333)], cancellationToken);
    }
}
