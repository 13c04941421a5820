using CallCenter.Core.Doctor;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Probes;

namespace CallCenter.Infrastructure.Doctor;

/// <summary>The STUN server.</summary>
internal sealed class StunSteps(StunAddress? stun, IOutboundPolicy policy, StunProbe probe, DoctorOptions options)
{
    public async Task<StepOutcome> BindingAsync(CancellationToken cancellationToken)
    {
        if (stun is null)
        {
            return StepOutcome.Skipped(DiagnosisCodes.StunNotConfigured);
        }

        var addresses = await policy.ResolveAsync(stun.Host, cancellationToken);
        if (addresses.Error is { } error)
        {
            var code = error == TelephonyErrors.AddressNotAllowed ? DiagnosisCodes.StunNotAllowed : DiagnosisCodes.StunNameNotFound;
            return StepOutcome.Failed(code, stun.Host);
        }

        var result = await probe.RunAsync(new ProbeTarget(stun.Host, stun.Port, addresses.Value), options.StunTimeout, cancellationToken);
        return result.Outcome switch
        {
            StunOutcome.Mapped => StepOutcome.Passed(DiagnosisCodes.StunMapped, result.MappedEndPoint?.ToString() ?? ""),
            StunOutcome.NameNotFound => StepOutcome.Failed(DiagnosisCodes.StunNameNotFound, stun.Host),
            StunOutcome.Refused => StepOutcome.Failed(DiagnosisCodes.StunRefused, stun.Port),
            StunOutcome.ErrorResponse => StepOutcome.Failed(DiagnosisCodes.StunError, result.ErrorCode ?? 0),
            StunOutcome.WrongTransaction => StepOutcome.Failed(DiagnosisCodes.StunWrongTransaction),
            StunOutcome.Garbage => StepOutcome.Failed(DiagnosisCodes.StunGarbage),
            _ => StepOutcome.Failed(DiagnosisCodes.StunNoAnswer),
        };
    }
}
