using System.Globalization;
using CallCenter.Core.Primitives;

namespace CallCenter.Core.Extensions;

/// <summary>What is there already when many extensions are to be created.</summary>
/// <param name="Range">Numbers that the tenant's plan hands out, lowest first; empty when none is set up.</param>
/// <param name="Here">Numbers that the portal has.</param>
/// <param name="OnPbx">Numbers that the PBX has.</param>
/// <param name="People">Active members by user name and by e-mail address, lower case.</param>
/// <param name="Equipped">People who have an extension.</param>
public sealed record CreateGround(
    IEnumerable<string> Range,
    IReadOnlySet<string> Here,
    IReadOnlySet<string> OnPbx,
    IReadOnlyDictionary<string, ExtensionUser> People,
    IReadOnlySet<Guid> Equipped);

/// <summary>Works out what a bulk creation would do. Pure.</summary>
public static class CreatePlan
{
    /// <summary>Most skipped numbers that a preview names.</summary>
    public const int SkippedShown = 100;

    private static readonly ExtensionProfileValidator Rules = new();

    /// <summary>Creation of a row of numbers.</summary>
    public static Result<CreatePreview> Of(ExtensionRangeForm form, CreateGround ground)
    {
        if (form.Count is not (>= 1 and <= ExtensionRun.MaxItems))
        {
            return ExtensionErrors.RunSize;
        }

        var from = ExtensionCsvColumns.Digits(form.From);
        if (from.Length > 0 && !ExtensionProfileValidator.IsNumber(from))
        {
            return ExtensionErrors.NumberFormat with { Field = nameof(form.From) };
        }

        var skipped = new List<string>();
        var numbers = new List<string>(form.Count.Value);
        foreach (var number in from.Length == 0 ? ground.Range : Following(from, ground.Range))
        {
            if (numbers.Count == form.Count)
            {
                break;
            }

            (ground.Here.Contains(number) || ground.OnPbx.Contains(number) ? skipped : numbers).Add(number);
        }

        if (numbers.Count < form.Count)
        {
            return numbers.Count + skipped.Count == 0 ? ExtensionErrors.NoRange : ExtensionErrors.RangeExhausted;
        }

        // A name with the number in it would lie if the portal picked another number later.
        var auto = from.Length == 0 && !form.NamePattern.Contains("{number}", StringComparison.OrdinalIgnoreCase);
        return new CreatePreview(
            [.. numbers.Select((number, index) => Line(form, number, index + 1, auto))], [], [.. skipped.Take(SkippedShown)]);
    }

    /// <summary>Creation of a file's lines.</summary>
    public static CreatePreview Of(ExtensionCsvFile file, CreateGround ground)
    {
        var named = file.Drafts.Select(draft => draft.Number).Where(number => number.Length > 0).ToHashSet(StringComparer.Ordinal);
        using var free = ground.Range.Where(number => !named.Contains(number) && !ground.Here.Contains(number) && !ground.OnPbx.Contains(number)).GetEnumerator();
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        var people = new HashSet<Guid>();
        var lines = new List<CreateLine>(file.Drafts.Count);
        foreach (var draft in file.Drafts)
        {
            var errors = draft.Errors.ToList();
            var user = Person(draft.User, ground, people, errors);
            var number = draft.Number;
            if (number.Length > 0)
            {
                errors.AddRange(Taken(number, ground, numbers));
            }
            else if (errors.Count == 0)
            {
                // Only good lines use numbers up.
                number = free.MoveNext() ? free.Current : "";
                if (number.Length == 0)
                {
                    errors.Add(ExtensionBulkErrors.NoNumberLeft);
                }
            }

            lines.Add(new CreateLine(draft.Line, number, draft.Number.Length == 0, draft.Profile, user?.UserId, user?.DisplayName, errors) { Raw = draft.Raw });
        }

        return new CreatePreview(lines, file.UnknownColumns, []) { Header = file.Header };
    }

    private static CreateLine Line(ExtensionRangeForm form, string number, int count, bool auto)
    {
        var profile = form.Profile with
        {
            Name = form.NamePattern
                .Replace("{number}", number, StringComparison.OrdinalIgnoreCase)
                .Replace("{n}", count.ToString(CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase).Trim(),
        };
        return new CreateLine(count, number, auto, profile, null, null, [.. Rules.Validate(profile).Errors.Select(wrong => new Error(wrong.ErrorCode, wrong.ErrorMessage, wrong.PropertyName))]);
    }

    /// <summary>The number and those behind it of as many digits; within the tenant's range no further than that goes.</summary>
    private static IEnumerable<string> Following(string from, IEnumerable<string> range)
    {
        var inRange = range.SkipWhile(number => number != from);
        if (inRange.Any())
        {
            return inRange;
        }

        var first = long.Parse(from, CultureInfo.InvariantCulture);
        return Enumerable.Range(0, 2 * ExtensionRun.MaxItems)
            .Select(step => (first + step).ToString(CultureInfo.InvariantCulture).PadLeft(from.Length, '0'))
            .TakeWhile(number => number.Length == from.Length);
    }

    private static IEnumerable<Error> Taken(string number, CreateGround ground, HashSet<string> earlier)
    {
        if (!earlier.Add(number))
        {
            yield return ExtensionBulkErrors.NumberTwice;
        }

        if (ground.Here.Contains(number))
        {
            yield return ExtensionErrors.NumberTaken;
        }
        else if (ground.OnPbx.Contains(number))
        {
            yield return ExtensionErrors.NumberTakenOnPbx;
        }
    }

    private static ExtensionUser? Person(string name, CreateGround ground, HashSet<Guid> earlier, List<Error> errors)
    {
        if (name.Length == 0)
        {
            return null;
        }

        if (!ground.People.TryGetValue(name.ToLowerInvariant(), out var user))
        {
            errors.Add(ExtensionErrors.UserUnknown);
            return null;
        }

        if (ground.Equipped.Contains(user.UserId))
        {
            errors.Add(ExtensionErrors.UserHasExtension);
        }
        else if (!earlier.Add(user.UserId))
        {
            errors.Add(ExtensionBulkErrors.UserTwice);
        }

        return user;
    }
}
