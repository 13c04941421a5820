namespace CallCenter.Web.Shared;

/// <summary>One of the things a <see cref="FilterPick"/> offers.</summary>
/// <param name="Value">Value of the query parameter.</param>
/// <param name="Text">Its name, for people.</param>
/// <param name="Detail">What tells it from others of that name, such as its number; empty for none.</param>
public sealed record PickOption(string Value, string Text, string Detail = "")
{
    /// <summary>The query parameter that it sets, where that is another than the control's.</summary>
    public string? Name { get; init; }

    /// <summary>Name and detail in one line.</summary>
    public string Label => Detail.Length > 0 ? $"{Text} ({Detail})" : Text;
}
