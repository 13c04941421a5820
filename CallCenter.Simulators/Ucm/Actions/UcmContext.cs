using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm.Accounts;
using CallCenter.Simulators.Ucm.Sessions;

namespace CallCenter.Simulators.Ucm.Actions;

/// <summary>One call of an action, with what it may touch.</summary>
internal sealed record UcmContext(UcmRequest Request, UcmSession Session, UcmPbx Pbx, UcmQuirks Quirks, CancellationToken Cancelled);

/// <summary>The state behind the API.</summary>
internal sealed record UcmPbx(UcmSimulatorOptions Options, TimeZoneInfo Zone, UcmAccounts Accounts, CallLedger Ledger, CallSchedule? Schedule)
{
    public TimeProvider Time => Options.TimeProvider;

    /// <summary>What the PBX believes the time is; call detail stays on the true clock.</summary>
    public DateTimeOffset SkewedNow => Options.Faults.Now(Time);

    public IReadOnlyList<LedgerCall> LiveCalls => Schedule?.LiveAt(Time.GetUtcNow()) ?? [];

    public IReadOnlyList<SimGroup> Queues => Options.Calls?.Queues ?? [];

    public IReadOnlyList<SimGroup> RingGroups => Options.Calls?.RingGroups ?? [];

    public IReadOnlyList<string> Trunks => Options.Calls?.Trunks ?? [];
}

/// <summary>An action, the permission it needs and what it does.</summary>
internal sealed record UcmAction(string Permission, Func<UcmContext, Task<UcmReply>> Run)
{
    public UcmAction(string permission, Func<UcmContext, UcmReply> run)
        : this(permission, context => Task.FromResult(run(context)))
    {
    }
}
