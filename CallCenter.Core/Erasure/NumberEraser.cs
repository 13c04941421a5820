using System.Globalization;
using System.Text;
using CallCenter.Core.Phones;

namespace CallCenter.Core.Erasure;

/// <summary>
/// Finds numbers in text however they are spelt (plus, 00, trunk prefix, prefix of an outside line, spaces, brackets, digits of any
/// script) and puts <see cref="ErasedNumber.Mark"/> in their place. Which numbers, it asks: it works on clear digits as on prints of them.
/// Pure but for a memory of short texts; one thread at a time.
/// </summary>
public sealed class NumberEraser
{
    private const int MostSeparators = 3;
    private const int LongestPrefix = 8;
    private const int LongestOutsideLine = 3;
    private const int RememberedLength = 64;
    private const int MostRemembered = 20_000;

    private readonly IReadOnlyCollection<int> _wholeLengths;
    private readonly IReadOnlyCollection<int> _nationalLengths;
    private readonly Func<string, bool> _isWhole;
    private readonly Func<string, bool> _isNational;
    private readonly string _country;
    private readonly int _shortest;
    private readonly Dictionary<string, string> _remembered = new(StringComparer.Ordinal);

    /// <param name="wholeLengths">Lengths in which <paramref name="isWhole"/> knows numbers.</param>
    /// <param name="isWhole">Whether these are the digits of E.164 of a number to erase.</param>
    /// <param name="nationalLengths">Lengths in which <paramref name="isNational"/> knows numbers.</param>
    /// <param name="isNational">Whether these are the national digits of one.</param>
    /// <param name="country">ISO 3166-1 alpha-2 of the tenant.</param>
    public NumberEraser(
        IReadOnlyCollection<int> wholeLengths, Func<string, bool> isWhole, IReadOnlyCollection<int> nationalLengths, Func<string, bool> isNational, string country)
    {
        (_wholeLengths, _isWhole, _nationalLengths, _isNational, _country) = (wholeLengths, isWhole, nationalLengths, isNational, country);
        _shortest = wholeLengths.Concat(nationalLengths).DefaultIfEmpty(int.MaxValue).Min();
    }

    /// <summary>For one number whose digits are at hand.</summary>
    public static NumberEraser Of(NumberDigits number, string country) => new(
        [number.Whole.Length], digits => digits == number.Whole,
        number.IsHome ? [number.National.Length] : [], digits => digits == number.National, country);

    /// <summary>Whether the text holds one.</summary>
    public bool Holds(string text) => !ReferenceEquals(Erase(text), text);

    /// <summary>The text without them; the very same instance when it holds none.</summary>
    public string Erase(string text)
    {
        if (text.Length < _shortest)
        {
            return text;
        }

        if (text.Length > RememberedLength)
        {
            return EraseNow(text);
        }

        if (!_remembered.TryGetValue(text, out var erased))
        {
            if (_remembered.Count >= MostRemembered)
            {
                _remembered.Clear();
            }

            _remembered[text] = erased = EraseNow(text);
        }

        return string.Equals(erased, text, StringComparison.Ordinal) ? text : erased;
    }

    private string EraseNow(string text)
    {
        List<(int Start, int End)>? found = null;
        var run = new Run();
        for (var i = 0; i < text.Length;)
        {
            if (DigitAt(text, i) < 0)
            {
                i++;
                continue;
            }

            i = run.Read(text, i);
            if (run.Digits.Length >= _shortest)
            {
                FindIn(text, run, ref found);
            }
        }

        if (found is null)
        {
            return text;
        }

        var erased = new StringBuilder(text.Length);
        var at = 0;
        foreach (var (start, end) in found)
        {
            erased.Append(text, at, start - at).Append(ErasedNumber.Mark);
            at = end;
        }

        return erased.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>A number ends where a group of digits ends.</summary>
    private void FindIn(string text, Run run, ref List<(int Start, int End)>? found)
    {
        var from = 0;
        foreach (var end in run.GroupEnds)
        {
            var digits = run.Digits.ToString(from, end - from);
            if (Begin(text, run, digits, from) is not { } first)
            {
                continue;
            }

            // What was written to reach it goes with it: the plus, 00, a trunk prefix, the prefix of an outside line.
            var group = Math.Max(from, run.GroupStartOf(from + first));
            var start = from + first - group <= LongestPrefix ? group : from + first;
            if (digits.AsSpan(0, start - from) is "00" or "011")
            {
                start = from;
            }

            (found ??= []).Add((Opening(text, run.Plus >= 0 && start == 0 ? run.Plus : run.Places[start]), run.Places[end - 1] + 1));
            from = end;
        }
    }

    private static int Opening(string text, int start) => start > 0 && text[start - 1] == '(' ? start - 1 : start;

    /// <summary>Where among the digits a number begins that ends with them; null for none.</summary>
    private int? Begin(string text, Run run, string digits, int from)
    {
        foreach (var length in _wholeLengths)
        {
            if (digits.Length >= length && _isWhole(digits[^length..]))
            {
                return digits.Length - length;
            }
        }

        foreach (var length in _nationalLengths)
        {
            if (digits.Length >= length && _isNational(digits[^length..]) && !IsForeign(text, run, digits, digits.Length - length, from))
            {
                return Earlier(text, run, digits, digits.Length - length, from);
            }
        }

        return null;
    }

    /// <summary>Whether the national digits are the end of another country's number.</summary>
    private bool IsForeign(string text, Run run, string digits, int first, int from)
    {
        if (run.Plus >= 0 && from == 0)
        {
            return IsAnother("+" + digits);
        }

        var prefix = digits[(run.GroupStartOf(from + first) is var group && group > from ? group - from : 0)..first];
        if (prefix.Length == 0)
        {
            // In groups of its own: foreign only behind a plain international prefix.
            return digits.StartsWith("00", StringComparison.Ordinal) && IsAnother(digits);
        }

        var whole = prefix + digits[first..];
        if (IsAnother(whole))
        {
            return true;
        }

        for (var line = 1; line <= Math.Min(LongestOutsideLine, prefix.Length - 1); line++)
        {
            if (prefix.AsSpan(line).StartsWith("00") && IsAnother(whole[line..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A calling code in groups before the national digits, as in <c>+353 (0)20 910 0001</c>, goes with them.</summary>
    private int Earlier(string text, Run run, string digits, int first, int from)
    {
        if (run.Plus >= 0 && from == 0)
        {
            return 0;
        }

        return digits.StartsWith("00", StringComparison.Ordinal) && first > 0 && IsOne(digits) ? 0 : first;
    }

    private bool IsAnother(string number)
    {
        var e164 = PhoneNumbers.ToE164(number, _country);
        return e164 > 0 && PhoneNumbers.IsValid(e164) && !_isWhole(e164.ToString(CultureInfo.InvariantCulture));
    }

    private bool IsOne(string number) => PhoneNumbers.ToE164(number, _country) is > 0 and var e164 && _isWhole(e164.ToString(CultureInfo.InvariantCulture));

    private static int DigitAt(string text, int i) =>
        char.IsAsciiDigit(text[i]) ? text[i] - '0' : text[i] < 128 ? -1 : CharUnicodeInfo.GetDecimalDigitValue(text[i]);

    private static bool IsSeparator(char c) =>
        c is ' ' or '-' or '.' or '(' or ')' or '/' or '\u00a0' or '\u00ad' or '\u202f' or '\u2007'
        || c is (>= '\u2010' and <= '\u2015') or (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    /// <summary>Digits with nothing but separators between them.</summary>
    private sealed class Run
    {
        public StringBuilder Digits { get; } = new();

        /// <summary>Where each digit stands in the text.</summary>
        public List<int> Places { get; } = [];

        /// <summary>How many digits there are up to the end of each group.</summary>
        public List<int> GroupEnds { get; } = [];

        /// <summary>Where the plus before the first digit stands; negative for none.</summary>
        public int Plus { get; private set; }

        /// <returns>The place after the last digit.</returns>
        public int Read(string text, int first)
        {
            Digits.Clear();
            Places.Clear();
            GroupEnds.Clear();
            Plus = PlusBefore(text, first);
            var (i, last) = (first, first - 1);
            while (i < text.Length && i - last <= MostSeparators + 1)
            {
                if (DigitAt(text, i) is >= 0 and var digit)
                {
                    if (last != i - 1 && Digits.Length > 0)
                    {
                        GroupEnds.Add(Digits.Length);
                    }

                    Digits.Append((char)('0' + digit));
                    Places.Add(last = i);
                }
                else if (!IsSeparator(text[i]))
                {
                    break;
                }

                i++;
            }

            GroupEnds.Add(Digits.Length);
            return last + 1;
        }

        /// <summary>The first digit of the group in which a digit stands.</summary>
        public int GroupStartOf(int digit)
        {
            while (digit > 0 && Places[digit - 1] == Places[digit] - 1)
            {
                digit--;
            }

            return digit;
        }

        private static int PlusBefore(string text, int first)
        {
            for (var i = first - 1; i >= 0 && i >= first - MostSeparators; i--)
            {
                if (text[i] is '+' or '＋' or '﹢')
                {
                    return i;
                }

                if (!IsSeparator(text[i]))
                {
                    break;
                }
            }

            return -1;
        }
    }
}
