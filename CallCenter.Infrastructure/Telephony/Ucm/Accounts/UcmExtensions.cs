using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Telephony.Ucm.Accounts;

/// <summary>Extensions of UCMs. What each firmware does differently, and why this acts as it does: docs/telephony.md, adr/0013.</summary>
internal sealed class UcmExtensions(IUcmGateway gateway, ILogger<UcmExtensions> logger) : IPbxExtensions
{
    private const string ListColumns = "extension,account_type,fullname,status,addr,out_of_service,lockflag";

    // Other things with numbers, as far as they may be listed. The second of a pair is another firmware's spelling.
    private static readonly (string Action, string Key)[] OtherLists =
    [
        ("listQueue", "queue"), ("listRingGroup", "ringgroup"), ("listIVR", "ivr"), ("listConference", "conference"), ("listVoicemailGroup", "vmgroup"),
        ("listPaginggroup", "paginggroup"),
    ];

    private readonly UcmLists _lists = new(gateway);
    private readonly UcmAccountMemory _memory = new();

    public async Task<Result<IReadOnlyList<PbxExtensionLine>>> ListAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default)
    {
        if (pbx.Kind != PbxKind.Ucm)
        {
            return TelephonyErrors.Unsupported;
        }

        var (rows, failure) = await _lists.ReadAsync(
            pbx, "listAccount", "account", ListColumns, row => UcmAccountReader.Line(row)?.Number, cancellationToken);
        if (failure is not null)
        {
            return Noted(pbx, failure).Error;
        }

        List<PbxExtensionLine> lines = [.. rows.Select(UcmAccountReader.Line).OfType<PbxExtensionLine>()];
        _memory.NoteNumbers(pbx, [.. lines.Select(l => l.Number)]);
        return lines;
    }

    public async Task<Result<PbxExtension?>> FindAsync(PbxEndpoint pbx, string number, CancellationToken cancellationToken = default)
    {
        if (pbx.Kind != PbxKind.Ucm)
        {
            return TelephonyErrors.Unsupported;
        }

        var outcome = await gateway.TryAsync(
            pbx, "getSIPAccount", new Dictionary<string, string> { [UcmExtensionFields.Number] = number }, cancellationToken);
        if (outcome.Failure is { } failure)
        {
            return failure.Status switch
            {
                UcmStatus.NoSuchItem => (PbxExtension?)null,
                UcmStatus.DataChanged or UcmStatus.InvalidValue or UcmStatus.GetFailed or UcmStatus.UpdateFailed or UcmStatus.UserNameDoesNotExist =>
                    await IsListedAsync(pbx, number, cancellationToken) is { } listed ? listed ? Noted(pbx, failure).Error : (PbxExtension?)null : failure.Error,
                _ => Noted(pbx, failure).Error,
            };
        }

        if (UcmAccountReader.Account(outcome.Reply!.Response, number) is not { } account)
        {
            return (PbxExtension?)null;
        }

        if (account.ValueKind == System.Text.Json.JsonValueKind.Undefined)
        {
            return TelephonyErrors.Garbage;
        }

        var user = await UserAsync(pbx, number, cancellationToken);
        return user.Error is { } error ? error : UcmExtensionFields.Read(number, account, user.Value);
    }

    public async Task<Result<IReadOnlySet<string>>> ListTakenNumbersAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default)
    {
        if (pbx.Kind != PbxKind.Ucm)
        {
            return TelephonyErrors.Unsupported;
        }

        var taken = new HashSet<string>();
        var accounts = await CollectAsync(pbx, "listAccount", "account", ListColumns, taken, cancellationToken);
        if (accounts is not null)
        {
            return Noted(pbx, accounts).Error;
        }

        _memory.NoteNumbers(pbx, [.. taken]);
        (string Action, string Key, string? Columns)[] more = [("listUser", "user_id", null), .. OtherLists.Select(l => (l.Action, l.Key, (string?)null))];
        foreach (var (action, key, columns) in more)
        {
            // What may not be listed cannot be avoided either; the PBX still refuses a number that is taken.
            if (await CollectAsync(pbx, action, key, columns, taken, cancellationToken) is { } failure && !MeansNotOffered(Noted(pbx, failure)))
            {
                return failure.Error;
            }
        }

        return taken;
    }

    public async Task<PbxWrite> AddAsync(PbxEndpoint pbx, PbxExtension extension, CancellationToken cancellationToken = default)
    {
        if (pbx.Kind != PbxKind.Ucm)
        {
            return PbxWrite.Refused(TelephonyErrors.Unsupported);
        }

        var secret = extension.Secret ?? throw new ArgumentException("A new extension needs a secret.", nameof(extension));
        var pin = extension.VoicemailPin ?? PhoneSecrets.NewVoicemailPin(extension.Number);

        // Nobody learns the user's own password: people sign in here, not at the PBX.
        var sent = UcmExtensionFields.ForAdd(extension.Number, extension.Profile, secret, pin, PhoneSecrets.NewSecret());
        var outcome = await gateway.TryAsync(pbx, "addSIPAccountAndUser", sent, cancellationToken);
        if (Confirmed(pbx, outcome, "addSIPAccountAndUser") is not { } failure)
        {
            return PbxWrite.Done;
        }

        return failure.Status is UcmStatus.AlreadyAdded or UcmStatus.SystemTimeout or UcmStatus.UpdateFailed or UcmStatus.OperateFailed
            ? await SettleAddAsync(pbx, extension.Number, secret, failure, sent, cancellationToken)
            : Refusal(pbx, failure, "addSIPAccountAndUser", sent);
    }

    public async Task<PbxWrite> ChangeAsync(
        PbxEndpoint pbx, string number, ExtensionProfile profile, IReadOnlyList<ExtensionField> fields, Secret? secret, CancellationToken cancellationToken = default)
    {
        if (pbx.Kind != PbxKind.Ucm)
        {
            return PbxWrite.Refused(TelephonyErrors.Unsupported);
        }

        var account = UcmExtensionFields.ForSip(profile, fields);
        if (secret is not null)
        {
            account[UcmExtensionFields.Secret] = secret.Reveal();
        }

        if (account.Count > 0)
        {
            account[UcmExtensionFields.Number] = number;
            if (await WriteAsync(pbx, "updateSIPAccount", account, cancellationToken) is { Succeeded: false } refused)
            {
                return refused;
            }
        }

        var user = UcmExtensionFields.ForUser(profile, fields);
        if (user.Count == 0)
        {
            return PbxWrite.Done;
        }

        // The UCM names the user by an id of its own besides.
        var known = await UserAsync(pbx, number, cancellationToken);
        if (known.Error is { } error)
        {
            return PbxWrite.Refused(error);
        }

        user["user_name"] = number;
        if (known.Value?.Text("user_id") is { Length: > 0 } id)
        {
            user["user_id"] = id;
        }

        return await WriteAsync(pbx, "updateUser", user, cancellationToken);
    }

    public Task<PbxWrite> DeleteAsync(PbxEndpoint pbx, string number, CancellationToken cancellationToken = default) =>
        WriteAsync(pbx, "deleteUser", new Dictionary<string, string> { ["user_name"] = number }, cancellationToken);

    public async Task<PbxWrite> ApplyAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default)
    {
        if (pbx.Kind != PbxKind.Ucm)
        {
            return PbxWrite.Refused(TelephonyErrors.Unsupported);
        }

        var outcome = await gateway.TryAsync(pbx, "applyChanges", null, cancellationToken);
        if (outcome.Reply is { } reply)
        {
            return UcmWrites.IsConfirmed(reply) ? PbxWrite.Done : PbxWrite.Doubt(TelephonyErrors.Garbage);
        }

        return UcmWrites.OfApply(Noted(pbx, outcome.Failure!), "applyChanges");
    }

    public async Task<PbxWrite> CallAsync(PbxEndpoint pbx, string number, string destination, CancellationToken cancellationToken = default)
    {
        if (pbx.Kind != PbxKind.Ucm)
        {
            return PbxWrite.Refused(TelephonyErrors.Unsupported);
        }

        var outcome = await gateway.TryAsync(
            pbx, "dialExtension", new Dictionary<string, string> { ["caller"] = number, ["callee"] = destination }, cancellationToken);

        // Call control is a permission of its own, so its refusal says nothing about extensions, and the other way round.
        if (outcome.Reply is { } reply)
        {
            return UcmWrites.IsConfirmed(reply) ? PbxWrite.Done : PbxWrite.Doubt(TelephonyErrors.Garbage);
        }

        return UcmWrites.OfExtension(outcome.Failure!, "dialExtension", () => []);
    }

    private async Task<PbxWrite> WriteAsync(
        PbxEndpoint pbx, string action, IReadOnlyDictionary<string, string> sent, CancellationToken cancellationToken)
    {
        if (pbx.Kind != PbxKind.Ucm)
        {
            return PbxWrite.Refused(TelephonyErrors.Unsupported);
        }

        var outcome = await gateway.TryAsync(pbx, action, sent, cancellationToken);
        return Confirmed(pbx, outcome, action) is { } failure ? Refusal(pbx, failure, action, sent) : PbxWrite.Done;
    }

    // "It exists" is said in several ways, and one of them is also said for other reasons. What the PBX has decides; and a secret
    // that nobody else could have made tells our own extension from somebody else's.
    private async Task<PbxWrite> SettleAddAsync(
        PbxEndpoint pbx, string number, Secret secret, UcmFailure failure, IReadOnlyDictionary<string, string> sent, CancellationToken cancellationToken)
    {
        var found = await FindAsync(pbx, number, cancellationToken);
        var lost = UcmWrites.IsInDoubt(failure, failure.Action);
        if (found is { Error: null, Value: { } there })
        {
            if (there.Secret?.Reveal() == secret.Reveal())
            {
                return PbxWrite.Done;
            }

            return lost && there.Secret is null
                ? PbxWrite.Doubt(ExtensionErrors.InDoubt)
                : PbxWrite.Refused(ExtensionErrors.NumberTakenOnPbx, ExtensionHints.Duplicate);
        }

        if (failure.Status == UcmStatus.AlreadyAdded)
        {
            return PbxWrite.Refused(ExtensionErrors.NumberTakenOnPbx, ExtensionHints.Duplicate);
        }

        if (lost)
        {
            return PbxWrite.Doubt(ExtensionErrors.InDoubt);
        }

        return await ListTakenNumbersAsync(pbx, cancellationToken) is { Error: null, Value: { } taken } && taken.Contains(number)
            ? PbxWrite.Refused(ExtensionErrors.NumberTakenOnPbx, ExtensionHints.Duplicate)
            : Refusal(pbx, failure, failure.Action, sent);
    }

    private UcmFailure? Confirmed(PbxEndpoint pbx, UcmOutcome outcome, string action)
    {
        if (outcome.Failure is { } failure)
        {
            return failure;
        }

        if (!UcmWrites.IsConfirmed(outcome.Reply!))
        {
            return UcmBody.NotJson(action);
        }

        _memory.NoteWritten(pbx);
        return null;
    }

    private PbxWrite Refusal(PbxEndpoint pbx, UcmFailure failure, string action, IReadOnlyDictionary<string, string> sent)
    {
        Noted(pbx, failure);
        var write = UcmWrites.OfExtension(
            failure, action, () => UcmRefusals.Explain(_memory.Complete(pbx, new UcmRefusal(failure.Status ?? 0, action, sent))));

        // Names of fields only: the values hold secrets and people's data.
        logger.LogInformation(
            "UCM {PbxId} {Action} ended with {Kind}, status {Status}, in doubt {InDoubt}; sent {Fields}; likely {Hints}",
            pbx.PbxId, action, failure.Kind, failure.Status, write.InDoubt, string.Join(' ', sent.Keys), string.Join(' ', write.Hints));
        return write;
    }

    // Null when there is no such user, or none may be read.
    private async Task<Result<System.Text.Json.JsonElement?>> UserAsync(PbxEndpoint pbx, string number, CancellationToken cancellationToken)
    {
        var outcome = await gateway.TryAsync(pbx, "getUser", new Dictionary<string, string> { ["user_name"] = number }, cancellationToken);
        if (outcome.Failure is { } failure)
        {
            return MeansNotOffered(Noted(pbx, failure)) || failure.Status == UcmStatus.UserNameDoesNotExist ? (System.Text.Json.JsonElement?)null : failure.Error;
        }

        return UcmAccountReader.User(outcome.Reply!.Response);
    }

    // Null when that cannot be found out.
    private async Task<bool?> IsListedAsync(PbxEndpoint pbx, string number, CancellationToken cancellationToken)
    {
        var listed = new HashSet<string>();
        var accounts = await CollectAsync(pbx, "listAccount", "account", ListColumns, listed, cancellationToken);
        var users = await CollectAsync(pbx, "listUser", "user_id", null, listed, cancellationToken);
        return listed.Contains(number) ? true : accounts is null && users is null ? false : null;
    }

    private async Task<UcmFailure?> CollectAsync(
        PbxEndpoint pbx, string action, string key, string? columns, HashSet<string> numbers, CancellationToken cancellationToken)
    {
        var (rows, failure) = await _lists.ReadAsync(pbx, action, key, columns, UcmAccountReader.TakenNumber, cancellationToken);
        numbers.UnionWith(rows.Select(UcmAccountReader.TakenNumber).OfType<string>());
        return failure;
    }

    private UcmFailure Noted(PbxEndpoint pbx, UcmFailure failure)
    {
        if (failure.Status == UcmStatus.NoPermission)
        {
            _memory.NoteDenied(pbx);
        }

        return failure;
    }

    private static bool MeansNotOffered(UcmFailure failure) => failure.Kind == UcmFailureKind.WrongShape || failure.Status is
        UcmStatus.NoPermission or UcmStatus.Unsupported or UcmStatus.InvalidParameters or UcmStatus.InvalidValue or UcmStatus.NoSuchItem
        or UcmStatus.GetFailed or UcmStatus.AbnormalError;
}
