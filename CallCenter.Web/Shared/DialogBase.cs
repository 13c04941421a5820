using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CallCenter.Web.Shared;

/// <summary>
/// A native modal dialog: the browser traps the focus and gives it back. The owner says whether it is open; Escape and
/// clicks outside press the close button (Client/src/js/dialogs.js), so the owner decides.
/// </summary>
public abstract class DialogBase : ComponentBase
{
    private bool _shown;

    /// <summary>The browser, for opening and closing.</summary>
    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary>Whether it should be open.</summary>
    protected abstract bool IsOpen { get; }

    /// <summary>The element.</summary>
    protected ElementReference Element { get; set; }

    /// <summary>Id of its title.</summary>
    protected string TitleId { get; } = $"dialog-{Guid.NewGuid():N}";

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (IsOpen == _shown)
        {
            return;
        }

        _shown = IsOpen;
        try
        {
            await Js.InvokeVoidAsync(IsOpen ? "callCenter.showDialog" : "callCenter.hideDialog", Element);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the dialog with it.
        }
    }
}

/// <summary>A dialog whose owner says whether it is open.</summary>
public abstract class OwnedDialogBase : DialogBase
{
    /// <summary>Whether it should be open.</summary>
    [Parameter, EditorRequired]
    public bool Open { get; set; }

    /// <summary>The reader wants it closed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    /// <inheritdoc />
    protected override bool IsOpen => Open;
}
