using CallCenter.Core.Calls;
using CallCenter.Core.Extensions;
using CallCenter.Core.Phones;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>Calls of phones that the PBX has not reported yet, narrowed as the history below them is.</summary>
internal sealed class OpenPhoneCalls(
    IDbContextFactory<CallCenterDbContext> contexts, ICallReaches reaches, ITenantContext tenant, ICaller caller, TimeProvider time)
{
    // Open calls are of one day; more than these at once are looked through by nobody.
    private const int MostCompared = 1000;

    public async Task<Result<IReadOnlyList<PhoneCallRow>>> ListAsync(CallFilter filter, int count, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        if (!OpenPhoneCallFilter.CanTell(filter))
        {
            return new List<PhoneCallRow>();
        }

        var reach = await reaches.ReadAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var calls = InDays(OfAgent(db, Toward(db, Open(db, reach), filter.Direction), filter.Agent), filter)
            .OrderByDescending(c => c.StartedAtUtc).ThenByDescending(c => c.Id);
        if (string.IsNullOrWhiteSpace(filter.Number))
        {
            return new List<PhoneCallRow>(await calls.Take(count).ToRowsAsync(db, caller, cancellationToken));
        }

        var asked = new Asked(filter.Number, tenant.Tenant.CountryCode);
        var numbers = await calls.Take(MostCompared).Select(c => new { c.Id, c.Number, c.E164, c.Extension }).ToListAsync(cancellationToken);
        var fitting = numbers.Where(c => asked.Fits(c.Number, c.E164) || asked.Fits(c.Extension, 0)).Select(c => c.Id).Take(count).ToList();
        return new List<PhoneCallRow>(await calls.Where(c => EF.Parameter(fitting).Contains(c.Id)).ToRowsAsync(db, caller, cancellationToken));
    }

    private IQueryable<PhoneCall> Open(CallCenterDbContext db, CallReach reach)
    {
        var since = time.GetUtcNow().UtcDateTime - PhoneCallKeeping.Expected;
        var holders = reach.Holders.ToList();
        var open = db.Set<PhoneCall>().Where(c => c.CallId == null
            && (c.FirstSeenAtUtc >= since || (c.State != PhoneCallState.Ended && c.State != PhoneCallState.Lost)));
        return reach.All ? open : open.Where(c => EF.Parameter(holders).Contains(c.UserId));
    }

    private static IQueryable<PhoneCall> Toward(CallCenterDbContext db, IQueryable<PhoneCall> calls, CallDirection? direction)
    {
        var extensions = db.Set<Extension>();
        return direction switch
        {
            null => calls,
            CallDirection.Internal => calls.Where(c => extensions.Any(e => e.Number == c.Number)),
            CallDirection.Inbound => calls.Where(c => c.Direction == PhoneDirection.In && !extensions.Any(e => e.Number == c.Number)),
            CallDirection.Outbound => calls.Where(c => c.Direction == PhoneDirection.Out && !extensions.Any(e => e.Number == c.Number)),

            // From outside to outside: no phone of ours has a part in it.
            _ => calls.Where(_ => false),
        };
    }

    private static IQueryable<PhoneCall> OfAgent(CallCenterDbContext db, IQueryable<PhoneCall> calls, string? agent) =>
        agent?.Trim() is { Length: > 0 } extension
            ? calls.Where(c => c.Extension == extension || (c.Number == extension && db.Set<Extension>().Any(e => e.Number == extension)))
            : calls;

    private IQueryable<PhoneCall> InDays(IQueryable<PhoneCall> calls, CallFilter filter)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId);
        var today = LocalDay.Of(time.GetUtcNow().UtcDateTime, zone);
        var (first, last) = CallRanges.DaysOf(filter, today, Weekdays.FirstOf(tenant.Tenant.CountryCode));
        if (first is { } from)
        {
            var fromUtc = LocalDay.StartUtc(from, zone);
            calls = calls.Where(c => c.StartedAtUtc >= fromUtc);
        }

        if (last is { } to)
        {
            var beforeUtc = LocalDay.EndUtc(to, zone);
            calls = calls.Where(c => c.StartedAtUtc < beforeUtc);
        }

        return calls;
    }

    /// <summary>A number as typed, read as the history's search reads it: whole, its last digits, or with plus or 00 its first ones.</summary>
    private sealed class Asked
    {
        private readonly string _digits;
        private readonly bool _fromStart;
        private readonly long _whole;

        public Asked(string typed, string country)
        {
            (_digits, _fromStart) = PhoneNumbers.Typed(typed);
            _whole = _digits.Length > NumberTail.Length || _fromStart ? PhoneNumbers.ToE164(typed, country) : 0;
        }

        public bool Fits(string number, long e164) =>
            _digits.Length > 0
            && (PhoneNumbers.IsValid(_whole) ? e164 == _whole
                : _fromStart ? e164 > 0 && PhoneNumbers.Text(e164).StartsWith($"+{_digits}", StringComparison.Ordinal)
                : PhoneNumbers.Typed(number).Digits.EndsWith(_digits, StringComparison.Ordinal));
    }
}
