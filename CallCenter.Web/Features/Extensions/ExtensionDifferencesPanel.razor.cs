using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Extensions;

/// <summary>Settles the differences of one extension. Give it <see cref="ExtensionDifference.Of(ExtensionDetail)"/> when that is not null.</summary>
public sealed partial class ExtensionDifferencesPanel : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly Dictionary<string, SettleDirection> _choices = new(StringComparer.Ordinal);
    private (Guid Id, int Version)? _shown;
    private Error? _error;
    private bool _busy;

    /// <summary>What differs.</summary>
    [Parameter, EditorRequired]
    public required ExtensionDifference Difference { get; set; }

    /// <summary>Something was settled, or turned out to be out of date: read again.</summary>
    [Parameter]
    public EventCallback OnSettled { get; set; }

    [Inject]
    public required IExtensionComparison Comparison { get; init; }

    [Inject]
    public required ICaller Caller { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    private bool MayEdit => Caller.May(Permissions.Extensions.Edit);

    private bool Writes => _choices.ContainsValue(SettleDirection.WriteToPbx);

    private bool IsComplete => Difference.Fields.All(difference => _choices.ContainsKey(difference.Field));

    private bool MaySettle => _choices.Count > 0 && (!Writes || IsComplete);

    private bool NeedsEveryField => Writes && !IsComplete;

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override void OnParametersSet()
    {
        // Choices are about values that were seen; of others they would say what nobody meant.
        var shown = (Difference.Row.Id, Difference.Row.Version);
        if (_shown != shown)
        {
            if (_shown?.Id != shown.Id)
            {
                _error = null;
            }

            _shown = shown;
            _choices.Clear();
        }
    }

    private static string? DirOf(FieldChange field) => ExtensionTexts.IsCode(field.Field) ? "ltr" : null;

    private SettleDirection? Chosen(FieldChange field) => _choices.TryGetValue(field.Field, out var chosen) ? chosen : null;

    private void Choose(FieldChange field, SettleDirection direction) => _choices[field.Field] = direction;

    private string LabelOf(FieldChange field) => field.Field == ExtensionDifference.SecretField ? L["Secret"] : Texts.Field(field.Field);

    private string ValueOf(FieldChange field, object? value) =>
        field.Field == ExtensionDifference.SecretField ? Secret.Mask : Texts.Value(field.Field, value);

    private Task SettleChosenAsync() => SettleAsync(new Dictionary<string, SettleDirection>(_choices));

    private Task SettleAllAsync(SettleDirection direction) =>
        SettleAsync(Difference.Fields.ToDictionary(field => field.Field, _ => direction));

    private async Task SettleAsync(Dictionary<string, SettleDirection> choices)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var row = Difference.Row;
            _error = (await Comparison.SettleAsync(row.Id, choices, row.Version, _disposed.Token)).Error;
            if (_error is null)
            {
                Toasts.Show(choices.ContainsValue(SettleDirection.WriteToPbx) ? L["Settled.Written", row.Number] : L["Settled.Taken", row.Number]);
            }
        }
        finally
        {
            _busy = false;
        }

        await OnSettled.InvokeAsync();
    }
}
