using System.Collections.Concurrent;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Telephony.Ucm.Recordings;

/// <summary>
/// Recordings of a UCM by <c>recapi</c>. Whether it wants the month's folder in the name, and in which directory a queue's recordings
/// are, differs between firmware: all ways are tried, the one that worked last first.
/// </summary>
internal sealed class UcmRecordings(IUcmGateway gateway, ILogger<UcmRecordings> logger) : IPbxRecordings
{
    private const string Action = "recapi";

    private readonly ConcurrentDictionary<(Guid TenantId, Guid PbxId), UcmFileWay> _worked = new();

    public PbxKind Kind => PbxKind.Ucm;

    public async Task<Result<T>> FetchAsync<T>(
        PbxEndpoint pbx, string name, Func<Stream, CancellationToken, Task<Result<T>>> take, CancellationToken cancellationToken = default)
    {
        if (!UcmFileWay.IsUsable(name))
        {
            return PbxRecordingErrors.NameUnusable;
        }

        foreach (var way in UcmFileWay.For(name, _worked.GetValueOrDefault((pbx.TenantId, pbx.PbxId))))
        {
            Result<T>? taken = null;
            var outcome = await gateway.DownloadAsync(
                pbx, Action, way.Parameters(name), async (audio, token) => taken = await take(audio, token), cancellationToken);
            if (outcome.Failure is not { } failure)
            {
                _worked[(pbx.TenantId, pbx.PbxId)] = way;
                return taken ?? PbxRecordingErrors.NotAudio;
            }

            if (!MeansNoFile(failure))
            {
                logger.LogDebug("UCM {PbxId} gave no recording: {Kind}, status {Status}", pbx.PbxId, failure.Kind, failure.Status);
                return ToError(failure);
            }
        }

        return PbxRecordingErrors.NoSuchFile;
    }

    // The reference knows no action that starts or stops recording in the middle of a call.
    public Task<Result> PauseAsync(PbxEndpoint pbx, string channel, bool pause, CancellationToken cancellationToken = default) =>
        Task.FromResult(Result.FromError(TelephonyErrors.Unsupported));

    // Which status means "no such file" is nowhere written; old firmware answers HTTP 404.
    private static bool MeansNoFile(UcmFailure failure) =>
        failure.HttpStatus == 404 || (failure.Kind == UcmFailureKind.Api && failure.Error == TelephonyErrors.Refused);

    private static Error ToError(UcmFailure failure) => failure.Kind switch
    {
        UcmFailureKind.NotJson or UcmFailureKind.WrongShape => PbxRecordingErrors.NotAudio,
        UcmFailureKind.Dropped => PbxRecordingErrors.Cut,
        _ => failure.Error,
    };
}
