namespace CallCenter.Simulators.Ucm;

/// <summary>Generation of the simulated firmware.</summary>
public enum UcmFirmware
{
    /// <summary>Call detail with 33 columns.</summary>
    Ucm62xxOld,

    /// <summary>Eleven columns more.</summary>
    Ucm63xx,
}

/// <summary>How <c>up-time</c> is written.</summary>
public enum UptimeFormat
{
    /// <summary><c>51:04:05</c>, hours counted on.</summary>
    Clock,

    /// <summary><c>2 03:04:05</c></summary>
    DaysAndClock,

    /// <summary><c>2 days 03:04:05</c></summary>
    DaysInWords,
}

/// <summary>How recapi takes names.</summary>
public enum RecordingFolderRule
{
    /// <summary>With and without the folder of the month.</summary>
    Either,

    Without,

    With,
}

/// <summary>What the header of a recording says of its length.</summary>
public enum RecordingLengths
{
    True,

    /// <summary>0, as before the file is closed.</summary>
    Zero,

    /// <summary>All ones, as of a stream.</summary>
    Unknown,

    /// <summary>Twice what is there: a file cut on the disk.</summary>
    TooLong,

    /// <summary>True of the samples, wrong of the whole.</summary>
    WrongRiff,
}

/// <summary>
/// The peculiarities of a firmware, each on its own. The default is what both published captures agree on; the numbers are
/// rows of the reference's table of measured behaviour. Those that change a row's identity (<see cref="MonthlyAcctIdRestart"/>,
/// <see cref="RingGroupHeaderLegs"/>) belong to a PBX's start, not into its running life.
/// </summary>
public sealed record UcmQuirks
{
    public UcmFirmware Firmware { get; init; } = UcmFirmware.Ucm63xx;

    /// <summary>1: <c>AcctId</c> begins again with every month.</summary>
    public bool MonthlyAcctIdRestart { get; init; }

    /// <summary>3: the microseconds in <c>session</c> are not padded.</summary>
    public bool UnpaddedMicroseconds { get; init; } = true;

    /// <summary>3: some sessions end in a word instead of a number.</summary>
    public bool TextSessionSuffix { get; init; }

    /// <summary>5: NO ANSWER legs have <c>answer</c> equal to <c>end</c>.</summary>
    public bool NoAnswerFilledAnswer { get; init; } = true;

    /// <summary>6: BUSY and FAILED legs have neither <c>answer</c> nor <c>end</c>; otherwise both, equal.</summary>
    public bool BusyFailedEmptyEnd { get; init; }

    /// <summary>Absent times are <c>0000-00-00 00:00:00</c> instead of empty.</summary>
    public bool ZeroDates { get; init; }

    /// <summary>8: calls that go straight to a mailbox say <c>lastapp</c> Dial.</summary>
    public bool VoicemailViaDial { get; init; } = true;

    /// <summary><c>main_cdr</c> sums its legs; otherwise it holds the whole call's span and the last leg's billed time.</summary>
    public bool MainCdrSums { get; init; } = true;

    /// <summary>12: groups are shifted by one leg, and all carry the session and start of the first.</summary>
    public bool ShiftedGroups { get; init; }

    /// <summary>13: ring groups write two book-keeping legs first.</summary>
    public bool RingGroupHeaderLegs { get; init; } = true;

    /// <summary>15: legs after a parked call was picked up have another session.</summary>
    public bool ParkedSessionDiffers { get; init; } = true;

    /// <summary>Some neighbours that began within a minute are in the wrong order.</summary>
    public bool UnsortedNeighbours { get; init; } = true;

    /// <summary>The root item's <c>cdr</c> is empty.</summary>
    public bool EmptyCdrField { get; init; }

    /// <summary>The reply has an envelope after all: <c>{"response":{"cdr_root":[…]},"status":0}</c>.</summary>
    public bool WrappedReply { get; init; }

    /// <summary>Recording names are filled in 3 to 15 seconds after the call.</summary>
    public bool LateRecordFiles { get; init; } = true;

    /// <summary>How recapi wants the folder of the month in a name; both are accepted unless told otherwise.</summary>
    public RecordingFolderRule RecordingFolders { get; init; }

    /// <summary>The file itself is there so long after its name; seconds as a rule, hours have been seen.</summary>
    public TimeSpan RecordingsLateBy { get; init; }

    /// <summary>What the lengths in a recording's header say.</summary>
    public RecordingLengths RecordingLengths { get; init; }

    /// <summary>recapi answers HTTP 404 for a missing name, as old firmware does, instead of JSON with HTTP 200.</summary>
    public bool MissingRecordingIs404 { get; init; }

    /// <summary>Type of recapi's audio; some firmware calls it text.</summary>
    public string RecordingType { get; init; } = "audio/x-wav";

    /// <summary>Legs appear up to a minute and a half after the call's end, each in its own time.</summary>
    public bool LateLegs { get; init; }

    /// <summary>A space instead of the <c>T</c> in cdrapi times is understood; otherwise the reply is silently empty.</summary>
    public bool SpaceInTimes { get; init; }

    /// <summary><c>system-time</c> as day-month-year.</summary>
    public bool DayFirstDates { get; init; }

    public UptimeFormat Uptime { get; init; } = UptimeFormat.DaysAndClock;

    /// <summary>getSIPAccount answers <c>sip_account[0]</c> instead of the object <c>extension</c>.</summary>
    public bool SipAccountAsList { get; init; }

    /// <summary>getSIPAccount shows no <c>secret</c> and no <c>vmsecret</c>.</summary>
    public bool SecretsHidden { get; init; }

    /// <summary>getUser is an action the firmware does not know.</summary>
    public bool NoGetUser { get; init; }

    /// <summary>updateUser wants the right <c>user_id</c> besides the name; without it -25.</summary>
    public bool UserIdRequired { get; init; }

    /// <summary>A new extension needs an e-mail address, as on CloudUCM; without it -25.</summary>
    public bool EmailRequired { get; init; }

    /// <summary>The extensions the web UI allows, such as <c>1000-1999</c>; outside -25. Empty for all.</summary>
    public string ExtensionRange { get; init; } = "";

    /// <summary>Most extensions of the licence or model; one more is -25. 0 for no limit.</summary>
    public int ExtensionLimit { get; init; }

    /// <summary>No API user may write extensions, whatever its permissions.</summary>
    public bool ExtensionsReadOnly { get; init; }

    /// <summary>Status for a write without the permission for it: -47 as everywhere, or -25 as has been reported.</summary>
    public int MissingWriteStatus { get; init; } = UcmStatus.NoPermission;

    /// <summary>How long a write of an extension takes, by the simulator's clock.</summary>
    public TimeSpan WriteTakes { get; init; }

    /// <summary>Status for a write that meets another one under way, of another session; which one is unconfirmed.</summary>
    public int WriteCollisionStatus { get; init; } = UcmStatus.DataChanged;

    /// <summary>How long applyChanges takes instead of <see cref="UcmSimulatorOptions.ApplyDelay"/>; null for that.</summary>
    public TimeSpan? ApplyTakes { get; init; }

    /// <summary>Numbers in lists are JSON strings.</summary>
    public bool ListsAsText { get; init; }

    /// <summary>Rows of lists lack the columns that are empty.</summary>
    public bool SparseRows { get; init; }

    /// <summary>Somebody inserts while pages are read: each page but the first begins with the last row of the one before.</summary>
    public bool ShiftingPages { get; init; }

    /// <summary>Most rows of a list page, whatever is asked for; 0 for no limit.</summary>
    public int ListCap { get; init; }

    /// <summary>A list column the firmware does not know is answered -1 instead of being left out; <c>lockflag</c> is such a one.</summary>
    public bool PickyColumns { get; init; }

    /// <summary>Status for an action the firmware does not know; -19 and -1 are both plausible.</summary>
    public int UnknownActionStatus { get; init; } = UcmStatus.Unsupported;

    /// <summary>Status for an extension that exists; -44, -8 and -25 have been reported.</summary>
    public int DuplicateExtensionStatus { get; init; } = UcmStatus.AlreadyAdded;

    /// <summary>Status for a locked-out address: -68 or -70.</summary>
    public int LockedOutStatus { get; init; } = UcmStatus.LoginRestriction;

    /// <summary>applyChanges refuses with -69.</summary>
    public bool ConferenceRunning { get; init; }

    /// <summary>A second login of a user ends the first session.</summary>
    public bool SecondLoginEvicts { get; init; }

    /// <summary>A call that arrives while the session is busy with another fails with -9.</summary>
    public bool ParallelCallsFail { get; init; }

    /// <summary>
    /// The HTTPS API is switched off in the web UI; <c>/api</c> is then a page that does not exist. The answer of a real one is
    /// unconfirmed.
    /// </summary>
    public bool ApiSwitchedOff { get; init; }

    /// <summary>Every call-detail peculiarity at once.</summary>
    public static UcmQuirks AllCdr { get; } = new()
    {
        MonthlyAcctIdRestart = true,
        TextSessionSuffix = true,
        BusyFailedEmptyEnd = true,
        ShiftedGroups = true,
        EmptyCdrField = true,
        WrappedReply = true,
        LateLegs = true,
        ZeroDates = true,
    };

    /// <summary>No call-detail peculiarity.</summary>
    public static UcmQuirks NoneCdr { get; } = new()
    {
        UnpaddedMicroseconds = false,
        NoAnswerFilledAnswer = false,
        VoicemailViaDial = false,
        MainCdrSums = false,
        RingGroupHeaderLegs = false,
        ParkedSessionDiffers = false,
        UnsortedNeighbours = false,
        LateRecordFiles = false,
    };
}
