using CallCenter.Core.Figures;
using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Groups;

public sealed partial class QueuesPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private Result<IReadOnlyList<PbxGroup>>? _groups;
    private PbxGroup? _open;
    private GroupForm _form = GroupForm.Of(new PbxGroup { PbxId = Guid.Empty, Number = "", Kind = PbxGroupKind.Queue });
    private GroupPreview? _preview;
    private bool _busy;

    /// <summary>First part of the address; the gate before this page has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required IGroups Groups { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    private bool CanEdit => Scope.May(Permissions.Settings.Edit);

    private bool _changed => _open is { } group && _form != GroupForm.Of(group);

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => _groups = await Groups.ListAsync(_disposed.Token);

    private async Task Open(PbxGroup group)
    {
        _open = group;
        _errors.Clear();
        await ChangeAsync(GroupForm.Of(group));
    }

    private void Close() => _open = null;

    private async Task ChangeAsync(GroupForm form)
    {
        _form = form;
        if (_open is not { } group || group.Kind == PbxGroupKind.Ivr)
        {
            return;
        }

        var preview = await Groups.PreviewAsync(group.Id, form, _disposed.Token);
        if (_form == form && _open == group)
        {
            _errors.Take(preview.Error);
            _preview = preview.Succeeded && preview.Value.Then.Offered > 0 ? preview.Value : null;
        }
    }

    private async Task SaveAsync()
    {
        if (_open is not { } group || _busy)
        {
            return;
        }

        _busy = true;
        var result = await Groups.SaveAsync(group.Id, _form, group.Version, _disposed.Token);
        _busy = false;
        if (_errors.Take(result.Error))
        {
            Toasts.Show(L["Saved", group.Name.Length > 0 ? group.Name : group.Number]);
            _open = null;
            await LoadAsync();
        }
    }

    private string Level(CallFigures figures) => Words.Value(FigureUnit.Percent, figures.ServiceLevel.Percent);
}
