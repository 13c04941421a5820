using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Extensions;

/// <summary>Preview and start of an act on chosen extensions; in a dialog or on a page of its own.</summary>
public sealed partial class ExtensionActPanel : ComponentBase, IDisposable
{
    // More rows say no more than the counts above them do.
    private const int RowsShown = 200;

    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);
    private ExtensionProfile _profile = new() { Name = "-" };
    private (ExtensionRunKind Kind, IReadOnlyList<Guid> Ids)? _asked;
    private ActPreview? _preview;
    private bool _onlyRefused;
    private bool _stale;
    private bool _busy;

    /// <summary>The act; anything but creating.</summary>
    [Parameter, EditorRequired]
    public ExtensionRunKind Kind { get; set; }

    /// <summary>The chosen extensions.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Guid> Ids { get; set; } = [];

    /// <summary>The act was started; the key of its run.</summary>
    [Parameter]
    public EventCallback<Guid> OnStarted { get; set; }

    /// <summary>The reader changed their mind.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Inject]
    public required IExtensionBulk Bulk { get; init; }

    private List<ActPreviewItem> Good => [.. _preview?.Items.Where(item => item.Refusal is null) ?? []];

    private List<ActPreviewItem> Shown => [.. _preview!.Items.Where(item => !_onlyRefused || item.Refusal is not null).Take(RowsShown)];

    private ExtensionAct Act => new(Kind, Kind == ExtensionRunKind.Change ? _profile : null, [.. _fields]);

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_asked is { } asked && asked.Kind == Kind && asked.Ids.SequenceEqual(Ids))
        {
            return;
        }

        _asked = (Kind, Ids);
        _fields.Clear();
        _errors.Clear();
        (_preview, _onlyRefused, _stale) = (null, false, false);
        if (Kind != ExtensionRunKind.Change)
        {
            await PreviewAsync();
        }
    }

    private void Choose(string field, bool chosen)
    {
        _ = chosen ? _fields.Add(field) : _fields.Remove(field);
        _preview = null;
    }

    // What is shown must be what is done.
    private void Edit(ExtensionProfile profile) => (_profile, _preview) = (profile, null);

    private Task SubmitAsync() => _preview is null ? PreviewAsync() : StartAsync();

    private Task PreviewAsync() => RunAsync(async () =>
    {
        _stale = false;
        var preview = await Bulk.PreviewActAsync(Act, Ids, _disposed.Token);
        _preview = preview.Succeeded ? preview.Value : null;
        return preview.Error;
    });

    private Task StartAsync() => RunAsync(async () =>
    {
        var started = await Bulk.StartActAsync(Act, [.. Good.Select(item => new ActTarget(item.Id, item.Version))], _disposed.Token);
        if (started.Succeeded)
        {
            await OnStarted.InvokeAsync(started.Value);
        }

        _stale = started.Error?.Code == ExtensionErrors.PreviewStale.Code;
        return _stale ? null : started.Error;
    });

    private async Task RunAsync(Func<Task<Error?>> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        StateHasChanged();
        try
        {
            _errors.Take(await act());
        }
        finally
        {
            _busy = false;
        }
    }
}
