using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Shared;

public sealed partial class DataTable<TItem> : ComponentBase
{
    private readonly List<Column<TItem>> _columns = [];

    /// <summary>What the table lists, for screen readers.</summary>
    [Parameter, EditorRequired]
    public string Caption { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<TItem> Items { get; set; } = [];

    /// <summary>Identity of a row; keeps focus and state where they are when rows come and go.</summary>
    [Parameter, EditorRequired]
    public required Func<TItem, object> Key { get; set; }

    /// <summary><see cref="Column{TItem}"/> children.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment Columns { get; set; }

    /// <summary>Opens a row, by click anywhere on it and by its main button.</summary>
    [Parameter]
    public EventCallback<TItem> OnOpen { get; set; }

    /// <summary>Key of the row whose detail is open.</summary>
    [Parameter]
    public object? SelectedKey { get; set; }

    /// <summary>Small buttons at the row's end; clicks there do not open the row.</summary>
    [Parameter]
    public RenderFragment<TItem>? RowActions { get; set; }

    /// <summary>Name of the buttons' column, for screen readers.</summary>
    [Parameter]
    public string? ActionsTitle { get; set; }

    /// <summary>A <see cref="KeysetPager"/>, usually.</summary>
    [Parameter]
    public RenderFragment? Footer { get; set; }

    internal void Register(Column<TItem> column)
    {
        if (!_columns.Contains(column))
        {
            _columns.Add(column);
            StateHasChanged();
        }
    }

    internal void Unregister(Column<TItem> column) => _columns.Remove(column);

    private string? RowCss(object key)
    {
        var selected = SelectedKey is not null && Equals(key, SelectedKey);
        return (OnOpen.HasDelegate, selected) switch
        {
            (true, true) => "can-open selected",
            (true, false) => "can-open",
            (false, true) => "selected",
            _ => null,
        };
    }

    private Task OpenAsync(TItem item) => OnOpen.HasDelegate ? OnOpen.InvokeAsync(item) : Task.CompletedTask;
}
