using System.Text.Json;
using CallCenter.Core.Calls;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Calls.Push;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Recordings.Pauses;

/// <summary>Has the secret and the limits of pushed call detail: whoever may write a tenant's calls may mark them.</summary>
internal sealed class RecordingPauseReceiver(IServiceScopeFactory scopes, CdrPushLimits limits, TimeProvider time) : IRecordingPauseReceiver
{
    private const string ActorName = "recording-pause";

    // The other system's clock may be ahead by so much.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task<Result<PauseView>> ReceiveAsync(
        string slug, string secret, Stream body, string? remoteAddress, CancellationToken cancellationToken = default)
    {
        if (!limits.MayTry(remoteAddress))
        {
            return CallErrors.PushTooOften;
        }

        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var tenants = await services.GetRequiredService<ITenantDirectory>().ListActiveAsync(cancellationToken);
        if (tenants.FirstOrDefault(tenant => tenant.Slug == slug) is not { } tenant)
        {
            limits.CountWrong(remoteAddress);
            return CallErrors.PushUnknown;
        }

        services.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, ActorName);
        await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync(cancellationToken);
        if (await db.Set<CdrPush>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } push || !CdrPushSecret.Matches(secret, push.SecretHash))
        {
            limits.CountWrong(remoteAddress);
            return CallErrors.PushUnknown;
        }

        if (!limits.TakePush(tenant.Id))
        {
            return CallErrors.PushTooOften;
        }

        var read = await ReadAsync(body, cancellationToken);
        if (read.Error is { } unread)
        {
            return unread;
        }

        var (action, extension, at, reason) = read.Value;
        if (Check(action, extension, at, reason) is { } wrong)
        {
            return wrong;
        }

        if (!await db.Set<Extension>().AnyAsync(row => row.Number == extension, cancellationToken))
        {
            return RecordingPauseErrors.UnknownExtension;
        }

        var now = time.GetUtcNow();
        var when = (at is { } said && said < now ? said : now).UtcDateTime;
        var marks = services.GetRequiredService<PauseMarks>();
        return action == "begin"
            ? await marks.BeginAsync(extension!, when, null, "", CleanText.Of((reason ?? "").Trim(), RecordingPause.ReasonMaxLength), cancellationToken)
            : await marks.EndAsync(extension!, when, cancellationToken);
    }

    private Error? Check(string? action, string? extension, DateTimeOffset? at, string? reason)
    {
        var now = time.GetUtcNow();
        return action is not ("begin" or "end") || string.IsNullOrEmpty(extension) || extension.Length > Extension.NumberMaxLength ? RecordingPauseErrors.BadRequest
            : reason?.Length > RecordingPause.ReasonMaxLength ? RecordingPauseErrors.ReasonTooLong
            : at is { } said && (said > now + Ahead || said <= now - RecordingPause.Limit) ? RecordingPauseErrors.BadTime
            : null;
    }

    private static async Task<Result<Request>> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        // One more than may be, to see that it is too much.
        var buffer = new byte[IRecordingPauseReceiver.MaxBytes + 1];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (read > IRecordingPauseReceiver.MaxBytes)
        {
            return CallErrors.PushTooLarge;
        }

        try
        {
            return JsonSerializer.Deserialize<Request>(buffer.AsSpan(0, read), Json) is { } request ? request : RecordingPauseErrors.BadRequest;
        }
        catch (JsonException)
        {
            return RecordingPauseErrors.BadRequest;
        }
    }

    private sealed record Request(string? Action, string? Extension, DateTimeOffset? At, string? Reason);
}
