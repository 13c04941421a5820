using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Shared;

/// <summary>A column of a <see cref="DataTable{TItem}"/>; renders nothing itself.</summary>
public sealed class Column<TItem> : ComponentBase, IDisposable
{
    /// <summary>Head of the column and label in cards.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The head is for screen readers only.</summary>
    [Parameter]
    public bool TitleHidden { get; set; }

    /// <summary>Names the row: holds the button that opens it, and heads its card.</summary>
    [Parameter]
    public bool Primary { get; set; }

    /// <summary>Numbers and durations: at the end, tabular figures.</summary>
    [Parameter]
    public bool Number { get; set; }

    /// <summary>The head sorts the list, by this name; null when it does not.</summary>
    [Parameter]
    public string? SortBy { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment<TItem> ChildContent { get; set; }

    /// <summary>Stands beside the button that opens the row, outside of it: a second thing to press, such as the row's number to call.</summary>
    [Parameter]
    public RenderFragment<TItem>? Beside { get; set; }

    [CascadingParameter]
    public required DataTable<TItem> Table { get; set; }

    internal string? Css => (Primary, Number) switch
    {
        (true, _) => "primary",
        (_, true) => "number",
        _ => null,
    };

    /// <inheritdoc />
    public void Dispose() => Table.Unregister(this);

    /// <inheritdoc />
    protected override void OnInitialized() => Table.Register(this);
}
