using System.Text;

namespace CallCenter.Core.Calls;

/// <summary>What a step of a call's way was.</summary>
public enum CallStepKind
{
    /// <summary>A menu.</summary>
    Ivr = 1,

    /// <summary>A queue.</summary>
    Queue = 2,

    /// <summary>A ring group.</summary>
    RingGroup = 3,

    /// <summary>A phone rang and nobody took it there.</summary>
    Rang = 4,

    /// <summary>A person answered.</summary>
    Answered = 5,

    /// <summary>Transferred to.</summary>
    Transfer = 6,

    /// <summary>Parked.</summary>
    Parked = 7,

    /// <summary>A mailbox.</summary>
    Voicemail = 8,

    /// <summary>Forwarded to an outside number or another extension.</summary>
    Forward = 9,

    /// <summary>Was busy.</summary>
    Busy = 10,
}

/// <summary>One step of a call's way through the PBX.</summary>
/// <param name="Kind">What.</param>
/// <param name="Number">Of the menu, queue, group, extension or number; may be empty.</param>
public sealed record CallStep(CallStepKind Kind, string Number);

/// <summary>A call's way through the PBX as one short text, <c>I7000 Q6500 R1001 A1002</c>: a letter and a number for each step.</summary>
public static class CallPath
{
    private const string Letters = "?IQGRATPVFB";

    /// <summary>The text, cut after the last step that fits into <see cref="Call.PathMaxLength"/> characters.</summary>
    public static string Write(IEnumerable<CallStep> steps)
    {
        var text = new StringBuilder();
        foreach (var step in steps)
        {
            var number = string.Concat(step.Number.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c)));
            if (text.Length + number.Length + 2 > Call.PathMaxLength)
            {
                break;
            }

            text.Append(text.Length > 0 ? " " : "").Append(Letters[(int)step.Kind]).Append(number);
        }

        return text.ToString();
    }

    /// <summary>The steps; what is not understood is left out.</summary>
    public static IReadOnlyList<CallStep> Read(string text) =>
    [
        .. from word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           let kind = Letters.IndexOf(word[0])
           where kind > 0
           select new CallStep((CallStepKind)kind, word[1..]),
    ];
}
