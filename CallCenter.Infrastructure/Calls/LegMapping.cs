using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Clients;

namespace CallCenter.Infrastructure.Calls;

/// <summary>Natural key of a leg within one PBX.</summary>
internal readonly record struct LegKey(string UniqueId, string AccountId, DateTime StartLocal)
{
    public static LegKey Of(CdrLeg leg) => new(leg.UniqueId, leg.AccountId, leg.StartLocal);

    public static LegKey Of(CallLeg leg) => new(leg.UniqueId, leg.AccountId, leg.StartLocal);

    // Keys are looked up by the thousand, and these two tell nearly all of them apart.
    public override int GetHashCode() => HashCode.Combine(AccountId, StartLocal);
}

/// <summary>Legs as the adapter gives them, and as the database keeps them.</summary>
internal static class LegMapping
{
    /// <summary>The row to store, without its call. <paramref name="scratch"/> is overwritten.</summary>
    public static CallLeg ToRow(CdrLeg leg, Guid tenantId, Guid pbxId, CopyBuffer scratch)
    {
        var row = new CallLeg
        {
            TenantId = tenantId,
            PbxId = pbxId,
            UniqueId = CleanText.Of(leg.UniqueId, Call.PbxIdMaxLength),
            AccountId = CleanText.Of(leg.AccountId, CallLeg.AccountIdMaxLength),
            StartLocal = DateTime.SpecifyKind(leg.StartLocal, DateTimeKind.Unspecified),
            CallId = Guid.Empty,
            ContentHash = 0,
            Session = CleanText.Of(leg.Session, CallLeg.SessionMaxLength),
            StartedAtUtc = Storable(leg.StartUtc),
            AnsweredAtUtc = leg.AnswerUtc is { } answered ? Storable(answered) : null,
            EndedAtUtc = Storable(leg.EndUtc),
            DurationSeconds = leg.DurationSeconds,
            BillableSeconds = leg.BillableSeconds,
            Disposition = leg.Disposition,
            Direction = leg.Direction,
            Action = leg.Action,
            ActionTarget = CleanText.Of(leg.ActionTarget, Call.NumberMaxLength),
            Source = CleanText.Of(leg.Source, Call.NumberMaxLength),
            Destination = CleanText.Of(leg.Destination, Call.NumberMaxLength),
            CallerName = CleanText.Of(leg.CallerName, Call.NameMaxLength),
            AnsweredBy = CleanText.Of(leg.AnsweredBy, Call.NumberMaxLength),
            SourceDevice = CleanText.Of(leg.SourceDevice, Call.NumberMaxLength),
            DestinationDevice = CleanText.Of(leg.DestinationDevice, Call.NumberMaxLength),
            ReachedDevice = leg.ReachedDevice,
            LastApplication = CleanText.Of(leg.LastApplication, CallLeg.WordMaxLength),
            LastData = CleanText.Of(leg.LastData),
            SourceTrunk = CleanText.Of(leg.SourceTrunk, Call.NameMaxLength),
            DestinationTrunk = CleanText.Of(leg.DestinationTrunk, Call.NameMaxLength),
            RecordingFiles = leg.RecordingFiles.Count == 0 ? "" : CleanText.Of(string.Join('\n', leg.RecordingFiles)),
            Raw = CleanText.Of(leg.Raw),
        };

        scratch.Clear();
        CallLegMap.WriteContent(row, scratch);
        row.ContentHash = ContentHash.Of(scratch.Written.Span);
        return row;
    }

    /// <summary>The leg as the assembler wants it. Without the vendor's row, which it does not look at.</summary>
    public static CdrLeg ToLeg(CallLeg row) => new()
    {
        AccountId = row.AccountId,
        UniqueId = row.UniqueId,
        Session = row.Session,
        StartLocal = row.StartLocal,
        StartUtc = row.StartedAtUtc,
        AnswerUtc = row.AnsweredAtUtc,
        EndUtc = row.EndedAtUtc,
        DurationSeconds = row.DurationSeconds,
        BillableSeconds = row.BillableSeconds,
        Disposition = row.Disposition,
        Direction = row.Direction,
        Action = row.Action,
        ActionTarget = row.ActionTarget,
        Source = row.Source,
        Destination = row.Destination,
        CallerName = row.CallerName,
        AnsweredBy = row.AnsweredBy,
        SourceDevice = row.SourceDevice,
        DestinationDevice = row.DestinationDevice,
        ReachedDevice = row.ReachedDevice,
        LastApplication = row.LastApplication,
        LastData = row.LastData,
        SourceTrunk = row.SourceTrunk,
        DestinationTrunk = row.DestinationTrunk,
        RecordingFiles = row.RecordingFiles.Length == 0 ? [] : row.RecordingFiles.Split('\n'),
    };

    /// <summary>A key for a call that is new. By start, so that history fetched late still lies in the order in which it is read.</summary>
    public static Guid NewId(AssembledCall call) => Guid.CreateVersion7(new DateTimeOffset(call.StartedAtUtc));

    /// <summary>The call as stored.</summary>
    public static Call ToCall(AssembledCall call, Guid id, Guid tenantId, Guid pbxId, long outside, ClientMatch client)
    {
        var from = CleanText.Of(call.FromNumber, Call.NumberMaxLength);
        var to = CleanText.Of(call.ToNumber, Call.NumberMaxLength);
        var answeredBy = CleanText.Of(call.AnsweredBy, Call.NumberMaxLength);
        var (toTail, answeredByTail) = (NumberTail.Of(to), NumberTail.Of(answeredBy));
        return new Call
        {
            Id = id,
            TenantId = tenantId,
            PbxId = pbxId,
            CallKey = CleanText.Of(call.CallKey, Call.CallKeyMaxLength),
            StartedAtUtc = Storable(call.StartedAtUtc),
            EndedAtUtc = Storable(call.EndedAtUtc),
            AnsweredAtUtc = call.AnsweredAtUtc is { } answered ? Storable(answered) : null,
            Direction = call.Direction,
            Outcome = call.Outcome,
            FromNumber = from,
            FromName = CleanText.Of(call.FromName, Call.NameMaxLength),
            ToNumber = to,
            AnsweredBy = answeredBy,
            Via = CleanText.Of(call.Via, Call.NumberMaxLength),
            Trunk = CleanText.Of(call.Trunk, Call.NameMaxLength),
            DurationSeconds = call.DurationSeconds,
            WaitSeconds = call.WaitSeconds,
            TalkSeconds = call.TalkSeconds,
            LegCount = call.Legs.Count,
            HasRecording = call.HasRecording,
            FailureReason = CleanText.Of(call.FailureReason, Call.NameMaxLength),
            FromTail = NumberTail.Of(from),
            ToTail = toTail,
            AnsweredByTail = answeredByTail == toTail ? 0 : answeredByTail,
            OutsideE164 = outside,
            ClientId = client.ClientId,
            ClientCount = client.Count,
            Queue = CleanText.Of(call.Queue, Call.NumberMaxLength),
            Ivr = CleanText.Of(call.Ivr, Call.NumberMaxLength),
            Path = CleanText.Of(CallPath.Write(call.Path), Call.PathMaxLength),
            RingSeconds = call.RingSeconds,
            HoldSeconds = call.HoldSeconds,
            HungUpBy = call.HungUpBy,
            TransferCount = call.TransferCount,
            RulesVersion = CallAssembler.RulesVersion,
        };
    }

    /// <summary>Its participants as stored: one row per extension as the database spells it, by extension.</summary>
    public static IReadOnlyList<CallParticipant> ToParticipants(AssembledCall assembled, Call call)
    {
        var rows = new List<CallParticipant>(assembled.Participants.Count);
        foreach (var participant in assembled.Participants)
        {
            var extension = CleanText.Of(participant.Extension, Call.NumberMaxLength);
            if (extension.Length == 0)
            {
                continue;
            }

            // Two spellings that are one to the database, and lists that are not in order, are rare.
            var at = rows.FindIndex(row => string.CompareOrdinal(row.Extension, extension) >= 0);
            if (at >= 0 && rows[at].Extension == extension)
            {
                rows[at] = ToParticipant(call, participant, extension, rows[at]);
            }
            else
            {
                rows.Insert(at < 0 ? rows.Count : at, ToParticipant(call, participant, extension, null));
            }
        }

        return rows;
    }

    private static CallParticipant ToParticipant(Call call, AssembledParticipant participant, string extension, CallParticipant? same) => new()
    {
        TenantId = call.TenantId,
        CallId = call.Id,
        Extension = extension,
        StartedAtUtc = call.StartedAtUtc,
        Part = participant.Part | (same?.Part ?? CallPart.None),
        Queue = same is { Queue.Length: > 0 } ? same.Queue : CleanText.Of(participant.Queue, Call.NumberMaxLength),
        Offers = participant.Offers + (same?.Offers ?? 0),
        RingSeconds = participant.RingSeconds + (same?.RingSeconds ?? 0),
        TalkSeconds = participant.TalkSeconds + (same?.TalkSeconds ?? 0),
    };

    // PostgreSQL keeps microseconds: a finer time would look changed each time it is compared.
    private static DateTime Storable(DateTime utc) =>
        new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}
