using CallCenter.Core.Doctor;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Infrastructure.Doctor;

/// <summary>Token, device and its state in GDMS.</summary>
internal sealed class GdmsSteps(DoctorCase patient, IGdmsDirectory directory, IOutboundPolicy policy)
{
    private GdmsDevice? _device;

    private GdmsEndpoint Gdms => patient.Gdms.Value;

    public async Task<StepOutcome> TokenAsync(CancellationToken cancellationToken)
    {
        if (patient.Gdms.Error is { } error)
        {
            return error == SettingsErrors.GdmsNotConfigured
                ? StepOutcome.Skipped(DiagnosisCodes.GdmsNotConfigured)
                : StepOutcome.Failed(DiagnosisCodes.GdmsSecretUnreadable);
        }

        if (Gdms.Account.BaseAddress is { } laboratory
            && (await policy.ResolveAsync(laboratory.DnsSafeHost, cancellationToken)).Error == TelephonyErrors.AddressNotAllowed)
        {
            return StepOutcome.Failed(DiagnosisCodes.GdmsNotAllowed, laboratory.DnsSafeHost);
        }

        return (await directory.CheckAccessAsync(Gdms.Account, cancellationToken)).Error is { } refusal
            ? Describe(refusal)
            : StepOutcome.Passed(DiagnosisCodes.GdmsTokenOk);
    }

    public async Task<StepOutcome> DeviceAsync(CancellationToken cancellationToken)
    {
        var found = await directory.FindDeviceAsync(Gdms.Account, Gdms.OrganizationId, Gdms.DeviceMac, cancellationToken);
        if (found.Error is { } error)
        {
            return Describe(error);
        }

        _device = found.Value;
        return StepOutcome.Passed(DiagnosisCodes.GdmsDeviceFound, _device.Name, _device.Model);
    }

    public Task<StepOutcome> OnlineAsync(CancellationToken cancellationToken) => Task.FromResult(_device!.Status switch
    {
        GdmsDeviceStatus.Online => StepOutcome.Passed(DiagnosisCodes.GdmsOnline),
        GdmsDeviceStatus.Offline => StepOutcome.Failed(DiagnosisCodes.GdmsOffline),
        GdmsDeviceStatus.Abnormal => StepOutcome.Warning(DiagnosisCodes.GdmsAbnormal),
        _ => StepOutcome.Warning(DiagnosisCodes.GdmsStatusUnknown),
    });

    private StepOutcome Describe(Error error) => StepOutcome.Failed(
        error.Code switch
        {
            _ when error == GdmsErrors.CredentialsRejected => DiagnosisCodes.GdmsWrongCredentials,
            _ when error == GdmsErrors.SignatureRejected => DiagnosisCodes.GdmsSignature,
            _ when error == GdmsErrors.Throttled => DiagnosisCodes.GdmsThrottled,
            _ when error == GdmsErrors.SessionExpired => DiagnosisCodes.GdmsSessionExpired,
            _ when error == GdmsErrors.NoPermission => DiagnosisCodes.GdmsNoPermission,
            _ when error == GdmsErrors.Declined => DiagnosisCodes.GdmsDeclined,
            _ when error == GdmsErrors.UnexpectedReply => DiagnosisCodes.GdmsGarbage,
            _ when error == GdmsErrors.DeviceNotFound => DiagnosisCodes.GdmsDeviceUnknown,
            _ when error == TelephonyErrors.AddressNotAllowed => DiagnosisCodes.GdmsNotAllowed,
            _ => DiagnosisCodes.GdmsUnreachable,
        },
        Gdms.DeviceMac);
}
