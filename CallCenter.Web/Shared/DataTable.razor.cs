using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Shared;

public sealed partial class DataTable<TItem> : ComponentBase
{
    private readonly List<Column<TItem>> _columns = [];
    private object? _anchor;

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

    /// <summary>What opens below a row, over all its columns.</summary>
    [Parameter]
    public RenderFragment<TItem>? RowDetail { get; set; }

    /// <summary>Below which rows it is open; null for none.</summary>
    [Parameter]
    public Func<TItem, bool>? IsExpanded { get; set; }

    /// <summary>Rows can be selected, and this says which are; null when they cannot.</summary>
    [Parameter]
    public Func<TItem, bool>? IsSelected { get; set; }

    /// <summary>Rows were selected or taken out: one, all, or from the last one to this with Shift.</summary>
    [Parameter]
    public EventCallback<SelectChange<TItem>> OnSelect { get; set; }

    /// <summary>Names the checkbox of a row.</summary>
    [Parameter]
    public Func<TItem, string>? SelectLabel { get; set; }

    /// <summary>The <see cref="Column{TItem}.SortBy"/> that is in force.</summary>
    [Parameter]
    public string? Sort { get; set; }

    [Parameter]
    public bool Descending { get; set; }

    /// <summary>A head was pressed; gives its <see cref="Column{TItem}.SortBy"/>.</summary>
    [Parameter]
    public EventCallback<string> OnSort { get; set; }

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

    private int ColumnCount => _columns.Count + (IsSelected is null ? 0 : 1) + (RowActions is null ? 0 : 1);

    private bool AllSelected => Items.Count > 0 && Items.All(item => IsSelected!(item));

    private string? RowCss(TItem item, object key)
    {
        string?[] names =
        [
            OnOpen.HasDelegate ? "can-open" : null,
            SelectedKey is not null && Equals(key, SelectedKey) ? "selected" : null,
            IsSelected?.Invoke(item) == true ? "checked" : null,
        ];
        var css = string.Join(' ', names.Where(name => name is not null));
        return css.Length > 0 ? css : null;
    }

    private Task OpenAsync(TItem item) => OnOpen.HasDelegate ? OnOpen.InvokeAsync(item) : Task.CompletedTask;

    private Task ToggleAllAsync() => OnSelect.InvokeAsync(new SelectChange<TItem>(Items, !AllSelected));

    private Task ToggleAsync(TItem item, bool range)
    {
        var at = IndexOf(Key(item));
        var from = range && _anchor is { } anchor && IndexOf(anchor) is >= 0 and var known ? known : at;
        _anchor = Key(item);
        return OnSelect.InvokeAsync(new SelectChange<TItem>([.. Items.Skip(Math.Min(from, at)).Take(Math.Abs(from - at) + 1)], !IsSelected!(item)));
    }

    private int IndexOf(object key)
    {
        for (var i = 0; i < Items.Count; i++)
        {
            if (Equals(Key(Items[i]), key))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>Rows that were selected or taken out.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Selected">True when they are selected now.</param>
public sealed record SelectChange<TItem>(IReadOnlyList<TItem> Items, bool Selected);
