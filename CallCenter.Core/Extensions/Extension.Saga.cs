namespace CallCenter.Core.Extensions;

// The acts that people ask for, and the steps in which the PBX is made to follow.
public sealed partial class Extension
{
    /// <summary>Asks for a change. Also from a failed change, which it replaces.</summary>
    public void Change(ExtensionProfile wanted, string by, DateTime nowUtc, Guid? runId = null)
    {
        Require(MayChange);
        Previous = State == ExtensionState.Active ? Wanted : Previous;
        Wanted = wanted;
        Begin(ExtensionOperation.Change, by, nowUtc, runId);
    }

    /// <summary>Asks for a new SIP secret.</summary>
    public void Rotate(string nextSecretProtected, string by, DateTime nowUtc, Guid? runId = null)
    {
        Require(MayChange);
        NextSecretProtected = nextSecretProtected;
        Begin(ExtensionOperation.Change, by, nowUtc, runId);
    }

    /// <summary>Asks for the removal.</summary>
    public void Delete(string by, DateTime nowUtc, Guid? runId = null)
    {
        Require(MayDelete);
        Begin(Undoes ? ExtensionOperation.Undo : ExtensionOperation.Delete, by, nowUtc, runId);
    }

    /// <summary>True when a change may be asked for.</summary>
    public bool MayChange => State == ExtensionState.Active || (State == ExtensionState.Failed && Operation == ExtensionOperation.Change);

    /// <summary>
    /// True while nothing of the operation was sent and there is a state to go back to. A creation goes back to nothing: its row
    /// is removed by the caller.
    /// </summary>
    public bool MayTakeBack => IsPending && Step == ExtensionStep.Queued && (Operation == ExtensionOperation.Create ? IsNew : Seen is not null);

    /// <summary>Takes back a change or a removal that was not sent. Kept in its run, for the run's report.</summary>
    public void TakeBack(DateTime nowUtc)
    {
        Require(MayTakeBack && Operation is ExtensionOperation.Change or ExtensionOperation.Delete);
        Wanted = Operation == ExtensionOperation.Change ? Previous ?? Wanted : Wanted;
        NextSecretProtected = null;
        Settle(nowUtc);
    }

    /// <summary>True when the removal may be asked for.</summary>
    public bool MayDelete => State is ExtensionState.Active or ExtensionState.Failed;

    /// <summary>Takes another number before anything was sent, or when the PBX answered that somebody else has it.</summary>
    public void Renumber(string number, DateTime nowUtc)
    {
        Require(MayRenumber);
        Number = number;
        Move(ExtensionStep.Queued, nowUtc);
    }

    /// <summary>True when another number would do as well: the portal picked this one and no phone knows it yet.</summary>
    public bool MayRenumber => AutoNumbered && IsNew && Operation == ExtensionOperation.Create && IsPending;

    /// <summary>To be stored before a write is sent.</summary>
    public void MarkSent(DateTime nowUtc)
    {
        Require(IsPending);
        Move(ExtensionStep.Sent, nowUtc);
    }

    /// <summary>The PBX has the write, or was read to have its effect already.</summary>
    public void MarkWritten(DateTime nowUtc)
    {
        Require(IsPending);
        Move(ExtensionStep.Written, nowUtc);
        (ErrorCode, ErrorHints, NextAttemptAtUtc) = (null, "", null);
    }

    /// <summary>The write is in force. A deleted one is to be removed by the caller instead.</summary>
    /// <param name="seen">What the PBX was read to have; null when it was not read again.</param>
    /// <param name="nowUtc">Now.</param>
    public void Complete(ExtensionProfile? seen, DateTime nowUtc)
    {
        Require(Operation is ExtensionOperation.Create or ExtensionOperation.Change);
        if (Operation == ExtensionOperation.Create)
        {
            SecretSinceUtc = nowUtc;
        }
        else if (NextSecretProtected is { } next)
        {
            (SecretProtected, NextSecretProtected, SecretSinceUtc) = (next, null, nowUtc);
            SecretDiffers = false;
        }

        Settle(nowUtc);
        See(seen ?? Wanted, nowUtc);
    }

    /// <summary>The creation of one that was there before was undone: it is missing on the PBX, as it was.</summary>
    public void CompleteUndo(DateTime nowUtc)
    {
        Require(Operation == ExtensionOperation.Undo && !IsNew);
        Settle(nowUtc);
        Miss(nowUtc);
    }

    /// <summary>The attempt ended without an outcome; the operation waits.</summary>
    public void Wait(string errorCode, DateTime untilUtc, DateTime nowUtc)
    {
        Require(IsPending);
        Attempts++;
        ErrorCode = errorCode;
        NextAttemptAtUtc = untilUtc;
        StepAtUtc = nowUtc;
    }

    /// <summary>The wait is over early: what held it back was mended.</summary>
    public void Resume()
    {
        Require(IsPending);
        NextAttemptAtUtc = null;
    }

    /// <summary>The PBX refused for good.</summary>
    public void Fail(string errorCode, IReadOnlyList<string> hints, DateTime nowUtc)
    {
        Require(IsPending);
        State = ExtensionState.Failed;
        ErrorCode = errorCode;
        ErrorHints = string.Join(',', hints);
        NextAttemptAtUtc = null;
        StepAtUtc = nowUtc;
    }

    /// <summary>Runs the failed operation again; what the PBX has is read first.</summary>
    public void Retry(string by, DateTime nowUtc)
    {
        Require(State == ExtensionState.Failed);
        var step = Step;
        Begin(Operation, by, nowUtc, RunId);
        Move(step == ExtensionStep.Queued ? ExtensionStep.Queued : ExtensionStep.Sent, nowUtc);
    }

    /// <summary>
    /// Gives a failed operation up: a creation is undone on the PBX, a change goes back to what was last seen there, a
    /// deletion lets the extension live. Each is an operation of its own, since part of the failed one may be in force.
    /// Only a change of what the PBX lacks needs none: there is nothing to go back to.
    /// </summary>
    public void GiveUp(string by, DateTime nowUtc)
    {
        Require(State == ExtensionState.Failed);
        if (Undoes)
        {
            Begin(ExtensionOperation.Undo, by, nowUtc, RunId);
            return;
        }

        Wanted = Operation == ExtensionOperation.Change ? Seen ?? Wanted : Wanted;
        NextSecretProtected = null;
        if (MissingSinceUtc is not null)
        {
            Settle(nowUtc);
            return;
        }

        Begin(ExtensionOperation.Change, by, nowUtc, RunId);
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("The extension's state does not allow this.");
        }
    }

    private void Begin(ExtensionOperation operation, string by, DateTime nowUtc, Guid? runId)
    {
        Operation = operation;
        State = operation switch
        {
            ExtensionOperation.Create => ExtensionState.Creating,
            ExtensionOperation.Delete => ExtensionState.Deleting,
            ExtensionOperation.Undo => ExtensionState.Deleting,
            _ => ExtensionState.Changing,
        };
        (Attempts, ErrorCode, ErrorHints, NextAttemptAtUtc) = (0, null, "", null);
        RequestedBy = by;
        RunId = runId;
        Compare();
        Move(ExtensionStep.Queued, nowUtc);
    }

    private bool Undoes => Operation is ExtensionOperation.Create or ExtensionOperation.Undo;

    private void Settle(DateTime nowUtc)
    {
        (State, Operation, Attempts) = (ExtensionState.Active, ExtensionOperation.None, 0);
        (ErrorCode, ErrorHints, NextAttemptAtUtc) = (null, "", null);
        Previous = null;
        Compare();
        Move(ExtensionStep.None, nowUtc);
    }

    private void Compare() => DifferenceCount = Differences.Count + (SecretDiffers && State == ExtensionState.Active ? 1 : 0);

    private void Move(ExtensionStep step, DateTime nowUtc)
    {
        Step = step;
        StepAtUtc = nowUtc;
    }
}
