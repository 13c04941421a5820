using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CallCenter.Web.Features.Extensions;

/// <summary>Chooses a person who has no extension yet.</summary>
public sealed partial class PersonPicker : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private IReadOnlyList<ExtensionUser> _found = [];
    private Error? _failure;
    private string _text = "";
    private int _active = -1;
    private int _question;
    private bool _asked;
    private bool _open;

    /// <summary>Id of the control.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string? Help { get; set; }

    [Parameter]
    public Error? Error { get; set; }

    /// <summary>Who is chosen; null for nobody.</summary>
    [Parameter]
    public ExtensionUser? Value { get; set; }

    [Parameter]
    public EventCallback<ExtensionUser?> ValueChanged { get; set; }

    /// <summary>The extension that the person is for: its own person may be chosen again. Null for a new one.</summary>
    [Parameter]
    public Guid? ExtensionId { get; set; }

    [Inject]
    public required IExtensions Extensions { get; init; }

    private string ListId => Name + "-list";

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private string OptionId(int at) => $"{Name}-option-{at}";

    private async Task TypedAsync(ChangeEventArgs change)
    {
        _text = (string?)change.Value ?? "";
        await SearchAsync();
    }

    private async Task OpenAsync()
    {
        if (!_open)
        {
            await SearchAsync();
        }
    }

    private void Close() => _open = false;

    private async Task SearchAsync()
    {
        _open = true;
        var question = ++_question;
        var found = await Extensions.FindUsersAsync(_text.Trim(), ExtensionId, _disposed.Token);

        // An answer that comes after a later question's would show other people than those typed.
        if (question != _question)
        {
            return;
        }

        _failure = found.Error;
        _found = found.Succeeded ? found.Value : [];
        _active = _found.Count > 0 && _text.Trim().Length > 0 ? 0 : -1;
        _asked = true;
    }

    private async Task KeyAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" or "ArrowUp" when _open && _found.Count > 0:
                _active = key.Key == "ArrowDown" ? (_active + 1) % _found.Count : (_active <= 0 ? _found.Count : _active) - 1;
                break;
            case "ArrowDown" when !_open:
                await SearchAsync();
                break;
            case "Enter" when _open && _active >= 0 && _active < _found.Count:
                await ChooseAsync(_found[_active]);
                break;
            case "Escape":
                _open = false;
                break;
        }
    }

    private Task ChooseAsync(ExtensionUser person)
    {
        (_open, _text, _active) = (false, "", -1);
        return ValueChanged.InvokeAsync(person);
    }

    private Task ClearAsync() => ValueChanged.InvokeAsync(null);
}
