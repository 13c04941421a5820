using CallCenter.Core.Extensions;
using CallCenter.Core.Phones;
using CallCenter.Core.Settings;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Work;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>
/// Writes what browsers tell. The same is told by several circuits, late and in any order: an end outlasts every report, and a state
/// only goes forward.
/// </summary>
internal sealed class PhoneCallStore(IDbContextFactory<CallCenterDbContext> contexts, ICaller caller, TimeProvider time)
{
    private const int Attempts = 6;
    private static readonly DateTime Earliest = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Stores live calls.</summary>
    public Task ReportAsync(Guid userId, IReadOnlyCollection<PhoneCallReport> live, CancellationToken cancellationToken) =>
        SaveAsync(userId, [.. live.Select(report => report.Id)], (db, stored, line) =>
        {
            foreach (var report in live)
            {
                if (!stored.TryGetValue(Short(report.Id, PhoneCall.ClientIdMaxLength), out var call))
                {
                    call = Add(db, userId, line, report.Id, report.Direction, report.Number, report.StartedAtUtc);
                    (call.SeenLive, call.State) = (true, report.State);
                    stored[call.ClientId] = call;
                }

                Apply(call, report);
            }
        }, cancellationToken);

    /// <summary>Stores finished calls.</summary>
    /// <returns>Keys of their rows.</returns>
    public async Task<IReadOnlyList<Guid>> EndAsync(Guid userId, IReadOnlyCollection<PhoneCallEnd> ended, CancellationToken cancellationToken)
    {
        var keys = new List<Guid>();
        await SaveAsync(userId, [.. ended.Select(end => end.Id)], (db, stored, line) =>
        {
            keys.Clear();
            foreach (var end in ended)
            {
                if (!stored.TryGetValue(Short(end.Id, PhoneCall.ClientIdMaxLength), out var call))
                {
                    call = Add(db, userId, line, end.Id, end.Direction, end.Number, end.StartedAtUtc);
                    stored[call.ClientId] = call;
                }

                if (call.State != PhoneCallState.Ended)
                {
                    Apply(call, end);
                }

                keys.Add(call.Id);
            }
        }, cancellationToken);
        return keys;
    }

    private void Apply(PhoneCall call, PhoneCallReport report)
    {
        if (call.State == PhoneCallState.Ended)
        {
            return;
        }

        // Lost was a guess; whoever tells of the call proves it wrong.
        call.State = call.State == PhoneCallState.Lost || report.State > call.State ? report.State : call.State;
        call.EndedAtUtc = null;
        call.LastSeenAtUtc = Now;
        call.AnsweredAtUtc ??= Time(report.AnsweredAtUtc);
        Describe(call, report.SipCallId, report.Number, report.Name);
    }

    private void Apply(PhoneCall call, PhoneCallEnd end)
    {
        call.State = PhoneCallState.Ended;
        call.LastSeenAtUtc = Now;
        call.AnsweredAtUtc = Time(end.AnsweredAtUtc) ?? call.AnsweredAtUtc;
        call.EndedAtUtc = Time(end.EndedAtUtc) is { } at && at >= call.StartedAtUtc ? at : call.StartedAtUtc;
        (call.EndedBy, call.Cause, call.SipCode) = (end.EndedBy, Short(end.Cause, PhoneCall.CauseMaxLength), end.SipCode);
        Describe(call, end.SipCallId, end.Number, end.Name);
        if (end.Quality is { } quality)
        {
            call.MosAverage = Figure(quality.MosAverage, 1, 5);
            call.MosLowest = Figure(quality.MosLowest, 1, 5);
            call.LossPercent = Figure(quality.LossPercent, 0, 100);
            call.JitterMilliseconds = Figure(quality.JitterMilliseconds, 0, 60_000);
            call.RoundTripMilliseconds = quality.RoundTripMilliseconds is { } trip ? Figure(trip, 0, 60_000) : null;
            call.QualitySamples = Math.Clamp(quality.Samples, 0, 1_000_000);
        }
    }

    private static void Describe(PhoneCall call, string? sipCallId, string number, string? name)
    {
        call.SipCallId = sipCallId is { Length: > 0 } ? Short(sipCallId, PhoneCall.SipCallIdMaxLength) : call.SipCallId;
        call.Name = name is { Length: > 0 } ? Short(name, PhoneCall.NameMaxLength) : call.Name;
        if (Short(number, PhoneCall.NumberMaxLength) is { Length: > 0 } clean)
        {
            call.Number = clean;
        }
    }

    private PhoneCall Add(
        CallCenterDbContext db, Guid userId, (string Extension, Guid PbxId) line, string id, PhoneDirection direction, string number, DateTime startedAtUtc)
    {
        var clean = Short(number, PhoneCall.NumberMaxLength);
        var call = new PhoneCall
        {
            UserId = userId,
            UserName = CallNotes.Short(caller.Name),
            ClientId = Short(id, PhoneCall.ClientIdMaxLength),
            Extension = line.Extension,
            PbxId = line.PbxId,
            Direction = direction,
            Number = clean,
            E164 = PhoneNumbers.ToE164(clean, db.CurrentTenant.CountryCode),
            FirstNumber = clean,
            StartedAtUtc = Time(startedAtUtc) ?? Now,
            FirstSeenAtUtc = Now,
            LastSeenAtUtc = Now,
        };
        db.Add(call);
        return call;
    }

    private async Task SaveAsync(
        Guid userId, List<string> ids, Action<CallCenterDbContext, Dictionary<string, PhoneCall>, (string Extension, Guid PbxId)> apply,
        CancellationToken cancellationToken)
    {
        ids = ids.ConvertAll(id => Short(id, PhoneCall.ClientIdMaxLength));
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var stored = await db.Set<PhoneCall>().Where(c => c.UserId == userId && EF.Parameter(ids).Contains(c.ClientId))
                .ToDictionaryAsync(c => c.ClientId, cancellationToken);
            apply(db, stored, stored.Count == ids.Count ? default : await LineAsync(db, userId, cancellationToken));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Another circuit told the same in this moment: read what it wrote.
            }
        }
    }

    private static async Task<(string Extension, Guid PbxId)> LineAsync(CallCenterDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        var own = await db.Set<Extension>().Where(e => e.UserId == userId).Select(e => new { e.Number, e.PbxId }).SingleOrDefaultAsync(cancellationToken);
        return own is not null
            ? (own.Number, own.PbxId)
            : ("", await db.Set<PbxConnection>().Select(p => p.Id).FirstOrDefaultAsync(cancellationToken));
    }

    // Half a surrogate and control characters cannot be stored or shown.
    private static string Short(string text, int length)
    {
        var clean = string.Concat(text.EnumerateRunes().Where(rune => !System.Text.Rune.IsControl(rune))).Trim();
        return clean.Length <= length ? clean : clean[..(char.IsHighSurrogate(clean[length - 1]) ? length - 1 : length)];
    }

    // A browser's clock may say anything.
    private DateTime? Time(DateTime? utc) =>
        utc is not { } at ? null : at < Earliest ? Earliest : at > Now.AddDays(1) ? Now : DateTime.SpecifyKind(at, DateTimeKind.Utc);

    private static double Figure(double value, double lowest, double highest) => double.IsFinite(value) ? Math.Clamp(value, lowest, highest) : lowest;
}
