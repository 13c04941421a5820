using System.Buffers.Binary;
using CallCenter.Core.Recordings;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Recordings;

public sealed class WavHeaderTests
{
    [Fact]
    public void Read_PlainFile_KnowsFormatAndPlaceOfSamples()
    {
        var header = WavHeader.Read(WavFiles.Pcm16(1, 2, 3));

        Assert.Equal(new WavHeader(WavCodec.Pcm, 1, 8000, 16, 16_000, 44, 6), header);
        Assert.Equal(2.5, header!.SecondsOf(40_000));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    public void Read_LengthNeverWritten_IsUnknown(uint declared) => Assert.Null(WavHeader.Read(WavFiles.Make(1, 16, new byte[8], declared))!.DataLength);

    [Fact]
    public void Read_ChunksOfOddLengthBefore_AreSteppedOver() =>
        Assert.Equal(44 + 8 + 6, WavHeader.Read(WavFiles.Make(1, 16, new byte[8], before: ("LIST", 5)))!.DataOffset);

    [Theory]
    [InlineData(6, 8, WavCodec.Alaw)]
    [InlineData(7, 8, WavCodec.Mulaw)]
    [InlineData(49, 0, WavCodec.Other)]
    public void Read_OtherFormats_AreNamed(short tag, short bits, WavCodec codec)
    {
        var wav = WavFiles.Make(tag, bits, new byte[65]);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), 1625);

        Assert.Equal((codec, codec == WavCodec.Other ? 1625 : 8000), (WavHeader.Read(wav)!.Codec, WavHeader.Read(wav)!.ByteRate));
    }

    [Theory]
    [InlineData("")]
    [InlineData("RIFF")]
    [InlineData("RIFFxxxxWAVE")]
    [InlineData("{\"response\":{},\"status\":-6}")]
    [InlineData("<html><body>500 nginx</body></html>")]
    public void Read_NoWavFile_IsNull(string text) => Assert.Null(WavHeader.Read(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Read_AnyBytes_NeitherThrowsNorPointsOutside() =>
        Prop.ForAll<byte[]>(bytes => IsSane(bytes)).Holds(2000, 300);

    [Fact]
    public void Read_GoodFileWithAnyBytesChanged_NeitherThrowsNorPointsOutside()
    {
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var wav = WavFiles.Make(1, 16, new byte[20], before: round % 2 == 0 ? ("LIST", 10) : null);
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                wav[random.Next(wav.Length)] = (byte)random.Next(256);
            }

            Assert.True(IsSane(wav[..random.Next(wav.Length + 1)]));
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    [InlineData(5000u)]
    public void Repair_WrongLengths_AreThoseOfTheFile(uint declared)
    {
        var wav = WavFiles.Make(1, 16, new byte[200], declared);

        var repaired = WavHeader.Repair(wav, wav.Length)!;

        Assert.Equal((44, 200u, 236u), (repaired.Length, WavFiles.DataLengthOf(repaired), BinaryPrimitives.ReadUInt32LittleEndian(repaired.AsSpan(4))));
    }

    [Fact]
    public void Repair_ChunksBehindTheSamples_KeepTheLengthOfTheSamples()
    {
        var wav = WavFiles.Make(1, 16, new byte[200], 120);

        Assert.Equal(120u, WavFiles.DataLengthOf(WavHeader.Repair(wav, wav.Length)!));
    }

    private static bool IsSane(byte[] bytes) =>
        WavHeader.Read(bytes) is not { } header
        || (header.DataOffset <= bytes.Length && header.Channels > 0 && header.ByteRate > 0 && header.FrameBytes > 0
            && header.SecondsOf(long.MaxValue) > 0 && WavHeader.Repair(bytes, bytes.Length)!.Length == header.DataOffset);
}
