using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Mail;

/// <summary>How far a mail got. Stored in the database.</summary>
public enum MailState
{
    /// <summary>Is to be sent, now or after a pause.</summary>
    Waiting = 1,

    /// <summary>The server took it.</summary>
    Sent = 2,

    /// <summary>Will not be sent, see <see cref="OutboxMail.Failure"/>.</summary>
    Failed = 3,
}

/// <summary>
/// One mail to one recipient, written in the transaction of what it is about. It is sent at least once: a node that dies between the server's
/// last word and our note of it sends again, under the same Message-ID, by which mail servers and programs tell that it is the same.
/// </summary>
public sealed class OutboxMail : ITenantOwned
{
    /// <summary>Longest subject, in characters.</summary>
    public const int SubjectMaxLength = 200;

    /// <summary>Longest reply of a server that is kept, in characters.</summary>
    public const int ReplyMaxLength = 300;

    /// <summary>Tried so often before it is given up; over about two days.</summary>
    public const int MaxAttempts = 12;

    /// <summary>Time-ordered key; the Message-ID is made of it.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>What it is about: the run of a schedule. Together with the recipient unique, so that it cannot be written twice.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>To whom.</summary>
    public required string Recipient { get; init; }

    /// <summary>Subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Language of the text, <c>en</c> or <c>ar</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Plain text. Emptied when the mail is sent or given up: it holds figures.</summary>
    public required string Text { get; set; }

    /// <summary>HTML; emptied likewise.</summary>
    public required string Html { get; set; }

    /// <summary>Export whose file goes along; null for none.</summary>
    public Guid? AttachmentId { get; init; }

    /// <summary>How far it got.</summary>
    public MailState State { get; set; } = MailState.Waiting;

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>Not before, UTC.</summary>
    public required DateTime NextAttemptUtc { get; set; }

    /// <summary>Code of what was wrong last; empty for nothing.</summary>
    public string Failure { get; set; } = "";

    /// <summary>The server's last reply, for those who look after mail servers.</summary>
    public string Reply { get; set; } = "";

    /// <summary>When it was written, UTC; the mail's date.</summary>
    public required DateTime CreatedAtUtc { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTime? FinishedAtUtc { get; set; }

    /// <summary>Pause after so many attempts: a minute, then twice as long each time, at most six hours.</summary>
    public static TimeSpan PauseAfter(int attempts) => TimeSpan.FromMinutes(Math.Min(360, Math.Pow(2, Math.Clamp(attempts - 1, 0, 12))));
}
