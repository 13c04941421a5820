namespace CallCenter.Tests.Recordings;

/// <summary>Gives so many zeros, then fails.</summary>
internal sealed class BreakingStream(int length, Exception failure) : MemoryStream(new byte[length])
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await base.ReadAsync(buffer, cancellationToken) is var read and > 0 ? read : throw failure;
}
