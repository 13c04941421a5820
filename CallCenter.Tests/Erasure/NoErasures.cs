using CallCenter.Infrastructure.Erasure;
using CallCenter.Infrastructure.Security;
using Microsoft.Extensions.Options;

namespace CallCenter.Tests.Erasure;

/// <summary>For tests of writers in whose databases nothing was ever erased: no key is read.</summary>
internal static class NoErasures
{
    public static ErasedNumbers Numbers { get; } = new(new SecretProtector(Options.Create(new SecretsOptions())));
}
