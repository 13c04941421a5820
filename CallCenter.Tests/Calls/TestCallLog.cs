using CallCenter.Core.Calls;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Calls.Reading;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Calls;

/// <summary>The history as one caller reads it.</summary>
internal static class TestCallLog
{
    public static CallLog Of(
        IDbContextFactory<CallCenterDbContext> contexts, ScopeContext scope, ICallReaches? reaches = null, CallReadingRules? rules = null, TimeProvider? clock = null)
    {
        reaches ??= new CallReaches(contexts, scope);
        rules ??= CallReadingRules.Default;
        clock ??= TimeProvider.System;
        var selections = new CallSelections(scope, scope, reaches, clock);
        return new CallLog(
            contexts, scope, reaches, selections, new CallPages(clock, rules), new CallTotals(clock, rules), new CallStream(contexts, scope, selections, rules));
    }
}
