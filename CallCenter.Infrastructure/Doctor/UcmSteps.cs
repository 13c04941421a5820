using System.Globalization;
using CallCenter.Core.Doctor;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Infrastructure.Doctor;

/// <summary>What can be asked of a UCM's HTTPS API without changing anything. One conversation, one login attempt.</summary>
internal sealed class UcmSteps(DoctorCase patient, UcmConversation conversation, DoctorOptions options, TimeProvider time)
{
    // Complaints about parameters: the UCM looked at the request, so the action is permitted.
    private static readonly int[] ParameterComplaints = [-1, -15, -16, -24, -25, -26, -43, -44];

    private string _challenge = "";
    private UcmSystemStatus? _status;

    private PbxEndpoint Pbx => patient.Pbx!;

    public async Task<StepOutcome> ApiAsync(CancellationToken cancellationToken)
    {
        if (Pbx.Kind != PbxKind.Ucm)
        {
            return StepOutcome.Skipped(DiagnosisCodes.ApiUnsupported);
        }

        var outcome = await conversation.ChallengeAsync(cancellationToken);
        if (outcome.Failure is { } failure)
        {
            return failure.Kind is UcmFailureKind.HttpStatus or UcmFailureKind.Redirected
                ? StepOutcome.Failed(DiagnosisCodes.ApiOff, failure.HttpStatus ?? 0)
                : Describe(failure);
        }

        _challenge = UcmConversation.ChallengeOf(outcome.Reply!);
        return StepOutcome.Passed(DiagnosisCodes.ApiOn);
    }

    public async Task<StepOutcome> LoginAsync(CancellationToken cancellationToken)
    {
        if (patient.PbxSecretUnreadable)
        {
            return StepOutcome.Failed(DiagnosisCodes.LoginSecretUnreadable);
        }

        var outcome = await conversation.LoginAsync(_challenge, cancellationToken);
        if (outcome.Failure is not { } failure)
        {
            return StepOutcome.Passed(DiagnosisCodes.LoginOk);
        }

        if (failure.Error == TelephonyErrors.WrongCredentials)
        {
            return failure.RemainingAttempts is { } remaining
                ? StepOutcome.Failed(DiagnosisCodes.LoginWrongCounted, remaining)
                : StepOutcome.Failed(DiagnosisCodes.LoginWrong);
        }

        return failure.Error == TelephonyErrors.LockedOut ? StepOutcome.Failed(DiagnosisCodes.LoginLockedOut) : Describe(failure);
    }

    // A filter that finds little: the question is whether we may ask.
    public Task<StepOutcome> CdrAsync(CancellationToken cancellationToken) => ProbeAsync(cancellationToken, ("cdrapi", new()
    {
        ["format"] = "json",
        ["numRecords"] = "1",
        ["startTime"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
    }));

    // No such file: a permitted user is told so, in JSON.
    public Task<StepOutcome> RecordingsAsync(CancellationToken cancellationToken) => ProbeAsync(cancellationToken, ("recapi", new()
    {
        ["filedir"] = "monitor",
        ["filename"] = "callcenter-connection-doctor.wav",
    }));

    public Task<StepOutcome> ExtensionsAsync(CancellationToken cancellationToken) => ProbeAsync(
        cancellationToken,
        ("listAccount", new() { ["item_num"] = "1", ["page"] = "1", ["options"] = "extension" }),
        ("getSIPAccount", []));

    // Without an extension there is nothing to write to: the UCM answers "not permitted" or complains of the parameters.
    public Task<StepOutcome> ExtensionsWriteAsync(CancellationToken cancellationToken) =>
        ProbeAsync(cancellationToken, ("addSIPAccountAndUser", []), ("updateSIPAccount", []));

    public Task<StepOutcome> QueuesAsync(CancellationToken cancellationToken) =>
        ProbeAsync(cancellationToken, ("listQueue", new() { ["item_num"] = "1", ["page"] = "1", ["options"] = "extension" }));

    public Task<StepOutcome> ChannelsAsync(CancellationToken cancellationToken) =>
        ProbeAsync(cancellationToken, ("listBridgedChannels", []), ("listUnBridgedChannels", []));

    public async Task<StepOutcome> SystemAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var outcome = await conversation.ExecuteAsync("getSystemStatus", null, cancellationToken);
        if (outcome.Reply is { } reply)
        {
            // The answer was written about half-way between question and arrival.
            _status = UcmSystem.ReadStatus(reply, asked + ((time.GetUtcNow() - asked) / 2));
        }

        return Judge([("getSystemStatus", outcome), ("getSystemGeneralStatus", await conversation.ExecuteAsync("getSystemGeneralStatus", null, cancellationToken))]);
    }

    public Task<StepOutcome> ClockAsync(CancellationToken cancellationToken)
    {
        if (_status?.Clock?.Skew is not { } skew)
        {
            return Task.FromResult(StepOutcome.Warning(DiagnosisCodes.ClockUnreadable));
        }

        var seconds = (int)Math.Round(Math.Abs(skew.TotalSeconds));
        if (skew.Duration() < options.ClockWarning)
        {
            return Task.FromResult(StepOutcome.Passed(DiagnosisCodes.ClockOk, seconds));
        }

        var code = skew > TimeSpan.Zero ? DiagnosisCodes.ClockFast : DiagnosisCodes.ClockSlow;
        return Task.FromResult(skew.Duration() < options.ClockFailure ? StepOutcome.Warning(code, seconds) : StepOutcome.Failed(code, seconds));
    }

    public Task<StepOutcome> OffsetAsync(CancellationToken cancellationToken)
    {
        // A PBX that will not say shows it in its call detail.
        if ((_status?.Clock?.Offset ?? patient.LearnedOffset) is not { } offset)
        {
            return Task.FromResult(StepOutcome.Warning(DiagnosisCodes.OffsetUnknown, Pbx.TimeZoneId));
        }

        var expected = TimeZoneInfo.FindSystemTimeZoneById(Pbx.TimeZoneId).GetUtcOffset(time.GetUtcNow());
        return Task.FromResult(offset == expected
            ? StepOutcome.Passed(DiagnosisCodes.OffsetOk, Text(offset), Pbx.TimeZoneId)
            : StepOutcome.Warning(DiagnosisCodes.OffsetDiffers, Text(offset), Text(expected), Pbx.TimeZoneId));
    }

    private static string Text(TimeSpan offset) =>
        $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset.ToString("hh\\:mm", CultureInfo.InvariantCulture)}";

    private static StepOutcome Judge(IReadOnlyList<(string Action, UcmOutcome Outcome)> answers)
    {
        var missing = new List<string>();
        StepOutcome? other = null;
        foreach (var (action, outcome) in answers)
        {
            if (outcome.Failure is not { } failure || (failure.Status is { } status && ParameterComplaints.Contains(status)))
            {
                continue;
            }

            if (failure.Error == TelephonyErrors.NotPermitted)
            {
                missing.Add(action);
            }
            else
            {
                other ??= Describe(failure);
            }
        }

        return missing.Count > 0
            ? StepOutcome.Failed(DiagnosisCodes.PermissionMissing, string.Join(", ", missing))
            : other ?? StepOutcome.Passed(DiagnosisCodes.PermissionGranted, string.Join(", ", answers.Select(a => a.Action)));
    }

    private static StepOutcome Describe(UcmFailure failure) => failure.Kind switch
    {
        UcmFailureKind.TimedOut => StepOutcome.Failed(DiagnosisCodes.AnswerTimedOut),
        UcmFailureKind.Dropped => StepOutcome.Failed(DiagnosisCodes.AnswerDropped),
        UcmFailureKind.CertificateRefused => StepOutcome.Failed(DiagnosisCodes.AnswerUntrusted),
        UcmFailureKind.HttpStatus or UcmFailureKind.Redirected => StepOutcome.Failed(DiagnosisCodes.ApiOff, failure.HttpStatus ?? 0),
        UcmFailureKind.NotJson or UcmFailureKind.WrongShape or UcmFailureKind.TooLarge => StepOutcome.Failed(DiagnosisCodes.AnswerGarbage),
        UcmFailureKind.NameNotFound or UcmFailureKind.AddressNotAllowed or UcmFailureKind.Unreachable or UcmFailureKind.TlsFailed =>
            StepOutcome.Failed(DiagnosisCodes.AnswerUnreachable),
        UcmFailureKind.Api when failure.Error == TelephonyErrors.SessionLost || failure.Status == UcmStatus.WrongCredentials =>
            StepOutcome.Failed(DiagnosisCodes.SessionLost),
        UcmFailureKind.Api when failure.Error == TelephonyErrors.Busy => StepOutcome.Warning(DiagnosisCodes.AnswerBusy, failure.Status ?? 0),
        UcmFailureKind.Api when failure.Error == TelephonyErrors.LockedOut => StepOutcome.Failed(DiagnosisCodes.LoginLockedOut),
        _ => StepOutcome.Failed(DiagnosisCodes.AnswerRefused, failure.Status ?? 0),
    };

    private async Task<StepOutcome> ProbeAsync(CancellationToken cancellationToken, params (string Action, Dictionary<string, string> Parameters)[] probes)
    {
        var answers = new List<(string, UcmOutcome)>();
        foreach (var (action, parameters) in probes)
        {
            answers.Add((action, await conversation.ExecuteAsync(action, parameters, cancellationToken)));
        }

        return Judge(answers);
    }
}
