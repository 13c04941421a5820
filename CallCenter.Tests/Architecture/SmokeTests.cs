namespace CallCenter.Tests.Architecture;

public sealed class SmokeTests
{
    [Fact]
    public void One() => Assert.True(typeof(CallCenter.Core.Primitives.Error).IsSealed);
}
