using CallCenter.Core.Calls;
using CallCenter.Core.Work;
using CallCenter.Web.Features.Work;
using CallCenter.Web.Shared;

namespace CallCenter.Web.Features.Calls;

/// <summary>Names beside the numbers and keys of a filter, as far as the caller may know them.</summary>
public sealed class CallNames(CallChoices choices, IReadOnlyList<DispositionRow> dispositions)
{
    /// <summary>Nothing has a name yet.</summary>
    public static readonly CallNames None = new(CallChoices.None, []);

    private readonly Dictionary<string, string> _extensions = Named(choices.Extensions);
    private readonly Dictionary<string, string> _queues = Named(choices.Queues);
    private readonly Dictionary<string, string> _ringGroups = Named(choices.RingGroups);

    /// <summary>Queues to choose from.</summary>
    public IReadOnlyList<PickOption> Queues { get; } = Options(choices.Queues);

    /// <summary>Ring groups to choose from.</summary>
    public IReadOnlyList<PickOption> RingGroups { get; } = Options(choices.RingGroups);

    /// <summary>Extensions to choose from.</summary>
    public IReadOnlyList<PickOption> Extensions { get; } = Options(choices.Extensions);

    /// <summary>Results to choose from; retired ones stay, as older calls have them.</summary>
    public IReadOnlyList<(string Value, string Text)> Dispositions { get; } =
        [.. dispositions.OrderBy(row => !row.Active).Select(row => (row.Id.ToString(), WorkNames.Of(row.NameEnglish, row.NameArabic)))];

    /// <summary>Name of an extension; null when not known.</summary>
    public string? ExtensionName(string number) => _extensions.GetValueOrDefault(number);

    /// <summary>Name of a queue or ring group; null when not known.</summary>
    public string? GroupName(string number) => _queues.GetValueOrDefault(number) ?? _ringGroups.GetValueOrDefault(number);

    /// <summary><c>Nora Quinn (1001)</c>, or the number alone.</summary>
    public string ExtensionText(string number) => Text(_extensions, number);

    /// <summary><c>Sales (6500)</c>, or the number alone.</summary>
    public string QueueText(string number) => Text(_queues, number);

    /// <summary>The same for ring groups.</summary>
    public string RingGroupText(string number) => Text(_ringGroups, number);

    /// <summary>Name of a result; null when it is not in the list.</summary>
    public string? DispositionName(string key) => Dispositions.FirstOrDefault(row => string.Equals(row.Value, key, StringComparison.OrdinalIgnoreCase)).Text;

    private static string Text(Dictionary<string, string> names, string number) => names.TryGetValue(number, out var name) ? $"{name} ({number})" : number;

    private static Dictionary<string, string> Named(IReadOnlyList<NumberName> numbers) =>
        numbers.Where(known => known.Name.Length > 0).ToDictionary(known => known.Number, known => known.Name, StringComparer.Ordinal);

    private static PickOption[] Options(IReadOnlyList<NumberName> numbers) =>
        [.. numbers.Select(known => known.Name.Length > 0 ? new PickOption(known.Number, known.Name, known.Number) : new PickOption(known.Number, known.Number))];
}
