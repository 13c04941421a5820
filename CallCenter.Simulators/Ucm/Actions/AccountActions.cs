using System.Text.Json.Nodes;
using CallCenter.Simulators.Ucm.Accounts;

namespace CallCenter.Simulators.Ucm.Actions;

internal static class AccountActions
{
    public static UcmReply ListAccount(UcmContext context)
    {
        var live = context.Pbx.LiveCalls;
        return UcmList.Reply(
            context,
            "account",
            context.Pbx.Accounts.Running.Values.OrderBy(a => a.Extension, StringComparer.Ordinal).Select(Row),
            "extension,account_type,fullname,status,addr");

        JsonObject Row(UcmAccount account) => new()
        {
            ["extension"] = account.Extension,
            ["account_type"] = account.IsWebRtc ? "SIP(WebRTC)" : "SIP",
            ["fullname"] = account.FullName,
            ["status"] = ChannelActions.StatusOf(account.Extension, live, context.Pbx),
            ["addr"] = context.Pbx.Accounts.AddressOf(account.Extension) ?? "-",
            ["out_of_service"] = account.Sip["out_of_service"],
            ["urgemsg"] = 0,
            ["newmsg"] = 0,
            ["oldmsg"] = 0,
            ["lockflag"] = context.Pbx.Accounts.IsLocked(account.Extension) ? 1 : 0,
            ["enable_contact"] = 1,
            ["presence_status"] = account.Sip["presence_status"],
            ["presence_def_script"] = "",
            ["user_name"] = account.Extension,
            ["email_to_user"] = "no",
            ["department_name"] = account.User.GetValueOrDefault("department", ""),
        };
    }

    public static UcmReply GetSipAccount(UcmContext context)
    {
        if (context.Request.Text("extension") is not { Length: > 0 } extension)
        {
            return UcmReply.InvalidParameters();
        }

        if (context.Pbx.Accounts.Find(extension) is not { } account)
        {
            return UcmReply.Failure(UcmStatus.NoSuchItem);
        }

        var fields = ToJson(account.Sip.Where(f => !context.Quirks.SecretsHidden || f.Key is not ("secret" or "vmsecret")));
        return UcmReply.Success(context.Quirks.SipAccountAsList
            ? new JsonObject { ["sip_account"] = new JsonArray(fields) }
            : new JsonObject { ["extension"] = fields });
    }

    public static UcmReply Add(UcmContext context)
    {
        var fields = UcmAccountRules.Normal(context.Request.Fields());
        if (!UcmAccountRules.AreHarmless(fields))
        {
            return UcmReply.Failure(UcmStatus.SensitiveCharacters);
        }

        var (pbx, quirks) = (context.Pbx, context.Quirks);
        if (!UcmAccountRules.AreComplete(fields, quirks.EmailRequired) || !UcmAccountRules.AreValid(fields, pbx.Options.StrongPasswords)
            || !UcmAccountRules.IsInRange(fields["extension"], quirks.ExtensionRange))
        {
            return UcmReply.Failure(UcmStatus.UpdateFailed);
        }

        // One numbering plan for everything that can be dialled.
        if (pbx.IsDialable(fields["extension"]))
        {
            return UcmReply.Failure(quirks.DuplicateExtensionStatus);
        }

        return pbx.Accounts.Add(fields, quirks.ExtensionLimit) switch
        {
            UcmAddition.Added => UcmReply.NeedApply(),
            UcmAddition.Full => UcmReply.Failure(UcmStatus.UpdateFailed),
            _ => UcmReply.Failure(quirks.DuplicateExtensionStatus),
        };
    }

    public static UcmReply UpdateSip(UcmContext context) => Write(context, "extension", context.Pbx.Accounts.UpdateSip);

    public static UcmReply UpdateUser(UcmContext context) =>
        context.Quirks.UserIdRequired && context.Pbx.Accounts.Find(context.Request.Text("user_name") ?? "") is { } account
            && context.Request.Text("user_id") != account.User["user_id"]
            ? UcmReply.Failure(UcmStatus.UpdateFailed)
            : Write(context, "user_name", context.Pbx.Accounts.UpdateUser);

    public static UcmReply DeleteUser(UcmContext context)
    {
        if (context.Request.Text("user_name") is not { Length: > 0 } extension)
        {
            return UcmReply.InvalidParameters();
        }

        return context.Pbx.Accounts.Delete(extension) ? UcmReply.NeedApply() : UcmReply.Failure(UcmStatus.NoSuchItem);
    }

    public static UcmReply ListUser(UcmContext context) => UcmList.Reply(
        context, "user_id", context.Pbx.Accounts.Configured.Select(a => ToJson(WithoutPassword(a))));

    public static UcmReply GetUser(UcmContext context) =>
        context.Quirks.NoGetUser ? UcmReply.Failure(context.Quirks.UnknownActionStatus)
        : context.Request.Text("user_name") is { } name && context.Pbx.Accounts.Find(name) is { } account
            ? UcmReply.Success(new JsonObject { ["user_name"] = ToJson(WithoutPassword(account)) })
        : UcmReply.Failure(UcmStatus.NoSuchItem);

    private static UcmReply Write(UcmContext context, string key, Func<string, IReadOnlyDictionary<string, string>, bool> write)
    {
        var fields = UcmAccountRules.Normal(context.Request.Fields());
        if (fields.GetValueOrDefault(key) is not { Length: > 0 } extension)
        {
            return UcmReply.InvalidParameters();
        }

        if (!UcmAccountRules.AreHarmless(fields))
        {
            return UcmReply.Failure(UcmStatus.SensitiveCharacters);
        }

        if (!UcmAccountRules.AreValid(fields, context.Pbx.Options.StrongPasswords))
        {
            return UcmReply.Failure(UcmStatus.UpdateFailed);
        }

        return write(extension, fields) ? UcmReply.NeedApply() : UcmReply.Failure(UcmStatus.NoSuchItem);
    }

    private static IEnumerable<KeyValuePair<string, string>> WithoutPassword(UcmAccount account) =>
        account.User.Where(f => f.Key != "user_password");

    private static JsonObject ToJson(IEnumerable<KeyValuePair<string, string>> fields) =>
        new(fields.Select(f => new KeyValuePair<string, JsonNode?>(f.Key, f.Value == UcmRequest.Null ? null : f.Value)));
}
