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

    public UcmMishapSwitch Mishaps { get; } = new(Options.TimeProvider);

    public DialedCalls Dialed { get; } = new();

    /// <summary>Whether a queue, group, menu, conference or the like has this number.</summary>
    public bool IsDialable(string number) =>
        Options.Calls?.Ivr == number
        || Queues.Concat(RingGroups).Concat(Options.Conferences).Concat(Options.PagingGroups).Any(g => g.Number == number);

    public IReadOnlyList<string> Trunks => Options.Calls?.Trunks ?? [];
}

internal enum UcmActionKind
{
    Read,

    /// <summary>Changes an extension; one at a time on the whole PBX.</summary>
    Write,
    Apply,

    /// <summary>Does something to calls.</summary>
    Call,

    /// <summary>Gives a file.</summary>
    File,
}

/// <summary>An action, the permission it needs and what it does.</summary>
internal sealed record UcmAction(string Permission, Func<UcmContext, Task<UcmReply>> Run, UcmActionKind Kind = UcmActionKind.Read)
{
    public UcmAction(string permission, Func<UcmContext, UcmReply> run, UcmActionKind kind = UcmActionKind.Read)
        : this(permission, context => Task.FromResult(run(context)), kind)
    {
    }
}
