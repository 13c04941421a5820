using System.Text.Json.Nodes;

namespace CallCenter.Simulators.Ucm.Actions;

internal static class CallActions
{
    /// <summary>
    /// Rings the caller, then the callee. What a real one answers for a caller that does not exist is unconfirmed; for a phone that is not
    /// registered it is taken to be success, since the call is only begun.
    /// </summary>
    public static UcmReply DialExtension(UcmContext context)
    {
        if (context.Request.Text("caller") is not { Length: > 0 } caller || context.Request.Text("callee") is not { Length: > 0 } callee)
        {
            return UcmReply.InvalidParameters();
        }

        if (!context.Pbx.Accounts.Running.ContainsKey(caller))
        {
            return UcmReply.Failure(UcmStatus.NoSuchItem);
        }

        context.Pbx.Dialed.Add(caller, callee, context.Pbx.Time.GetUtcNow());
        return UcmReply.Success(new JsonObject { ["need_apply"] = "no" });
    }
}
