using CallCenter.Core.Clients;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CallCenter.Web.Shared;

/// <summary>A filter whose values have names. Several may be found by what is typed; the value goes into the address.</summary>
public sealed partial class FilterPick : ComponentBase, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(350);

    private IReadOnlyList<PickOption> _found = [];
    private string _text = "";
    private string? _written;
    private int _active = -1;
    private int _question;
    private bool _open;
    private bool _typed;
    private ITimer? _timer;

    /// <summary>Changes with the address, and renders this anew.</summary>
    [CascadingParameter(Name = "FilterAddress")]
    public string? Address { get; set; }

    /// <summary>The query parameter.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What fits a typed text; the first ones for an empty text.</summary>
    [Parameter, EditorRequired]
    public required Func<string, Task<IReadOnlyList<PickOption>>> Suggest { get; set; }

    /// <summary>The line for a value of the address; the value itself when it has no name, or is gone.</summary>
    [Parameter]
    public Func<string, string> TextOf { get; set; } = value => value;

    /// <summary>Any typed text is a value, not only numbers.</summary>
    [Parameter]
    public bool Free { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private string Id => $"filter-{Name}";

    private string ListId => Id + "-list";

    private string? Current => Navigation.Get(Name);

    public void Dispose() => _timer?.Dispose();

    /// <summary>Options whose name or detail has all the words, best first: those that begin with them.</summary>
    public static IReadOnlyList<PickOption> Matching(IEnumerable<PickOption> options, string text, int most = 20)
    {
        var words = SearchText.Words(text);
        return
        [
            .. options.Select(option => (Option: option, Key: SearchText.Fold($"{option.Text} {option.Detail}")))
                .Where(known => words.All(word => known.Key.Contains(word, StringComparison.Ordinal)))
                .OrderBy(known => words.Count > 0 && known.Key.StartsWith(words[0], StringComparison.Ordinal) ? 0 : 1)
                .Select(known => known.Option)
                .Take(most),
        ];
    }

    protected override void OnParametersSet()
    {
        // Changed by other means, such as "back", a view or "Clear"; what is being typed stays.
        if (Current != _written || !_typed)
        {
            _written = Current;
            _typed = false;
            _text = Current is { } value ? TextOf(value) : "";
        }
    }

    private static string Digits(string text) => SearchText.Fold(text).Replace(" ", "", StringComparison.Ordinal);

    private string OptionId(int at) => $"{Id}-option-{at}";

    private async Task TypedAsync(ChangeEventArgs change)
    {
        (_text, _typed) = ((string?)change.Value ?? "", true);
        _timer?.Dispose();
        _timer = Clock.CreateTimer(_ => _ = InvokeAsync(Write), null, Pause, Timeout.InfiniteTimeSpan);
        await SearchAsync(_text);
    }

    // What stands there names one thing; whoever opens the list wants to see the others.
    private Task OpenAsync() => _open ? Task.CompletedTask : SearchAsync(_typed ? _text : "");

    private async Task SearchAsync(string text)
    {
        _open = true;
        var question = ++_question;
        var found = await Suggest(text.Trim());
        if (question == _question)
        {
            (_found, _active) = (found, _typed && !Free && found.Count > 0 && ValueOf(_text) is null ? 0 : -1);
        }
    }

    private async Task KeyAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" or "ArrowUp" when _open && _found.Count > 0:
                _active = key.Key == "ArrowDown" ? (_active + 1) % _found.Count : (_active <= 0 ? _found.Count : _active) - 1;
                break;
            case "ArrowDown" when !_open:
                await SearchAsync("");
                break;
            case "Enter" when _open && _active >= 0 && _active < _found.Count:
                Choose(_found[_active]);
                break;
            case "Enter":
                _open = false;
                Write();
                break;
            case "Escape":
                _open = false;
                break;
        }
    }

    private void Choose(PickOption option)
    {
        _timer?.Dispose();
        (_open, _typed, _active) = (false, false, -1);
        if (option.Name is { } other && other != Name)
        {
            _text = "";
            Navigation.SetFilters(new Dictionary<string, object?>(StringComparer.Ordinal) { [Name] = null, [other] = option.Value });
        }
        else
        {
            (_text, _written) = (option.Label, option.Value);
            Navigation.SetFilter(Name, option.Value);
        }
    }

    private void Leave()
    {
        _open = false;
        _timer?.Dispose();
        Write();

        // A name that was not chosen is no value.
        if (_typed)
        {
            (_typed, _text) = (false, Current is { } value ? TextOf(value) : "");
        }
    }

    private void Write()
    {
        if (!_typed)
        {
            return;
        }

        var value = string.IsNullOrWhiteSpace(_text) ? null : ValueOf(_text);
        if (value != _written && (value is not null || string.IsNullOrWhiteSpace(_text)))
        {
            var replace = _written is not null;
            _written = value;
            Navigation.SetFilter(Name, value, replace);
        }
    }

    /// <summary>The value that the typed text is: that of the option so named, else a number as it is in ASCII digits; null for a part of a name.</summary>
    private string? ValueOf(string text)
    {
        var key = SearchText.Fold(text);
        return _found.FirstOrDefault(option => option.Name is null && (SearchText.Fold(option.Label) == key || SearchText.Fold(option.Text) == key)) is { } named ? named.Value
            : Free ? text.Trim()
            : Digits(text) is { Length: > 0 } number && number.All(c => char.IsAsciiDigit(c) || c is '+' or '*' or '#') ? number
            : null;
    }
}
