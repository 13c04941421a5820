using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>Stands in where no adapter is registered.</summary>
internal sealed class NoPbxExtensions : IPbxExtensions
{
    public Task<Result<IReadOnlyList<PbxExtensionLine>>> ListAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default) =>
        Task.FromResult<Result<IReadOnlyList<PbxExtensionLine>>>(TelephonyErrors.Unsupported);

    public Task<Result<PbxExtension?>> FindAsync(PbxEndpoint pbx, string number, CancellationToken cancellationToken = default) =>
        Task.FromResult<Result<PbxExtension?>>(TelephonyErrors.Unsupported);

    public Task<Result<IReadOnlySet<string>>> ListTakenNumbersAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default) =>
        Task.FromResult<Result<IReadOnlySet<string>>>(TelephonyErrors.Unsupported);

    public Task<PbxWrite> AddAsync(PbxEndpoint pbx, PbxExtension extension, CancellationToken cancellationToken = default) => Unsupported();

    public Task<PbxWrite> ChangeAsync(
        PbxEndpoint pbx, string number, ExtensionProfile profile, IReadOnlyList<ExtensionField> fields, Secret? secret, CancellationToken cancellationToken = default) =>
        Unsupported();

    public Task<PbxWrite> DeleteAsync(PbxEndpoint pbx, string number, CancellationToken cancellationToken = default) => Unsupported();

    public Task<PbxWrite> ApplyAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default) => Unsupported();

    public Task<PbxWrite> CallAsync(PbxEndpoint pbx, string number, string destination, CancellationToken cancellationToken = default) => Unsupported();

    private static Task<PbxWrite> Unsupported() => Task.FromResult(PbxWrite.Refused(TelephonyErrors.Unsupported));
}
