using CallCenter.Core.Primitives;
using CallCenter.Core.Reports;
using CallCenter.Core.Schedules;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Schedules;

public sealed partial class SchedulesPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private IReadOnlyList<ScheduleRow>? _schedules;
    private IReadOnlyList<ScheduleRunRow>? _runs;
    private ScheduleRow? _opened;
    private ScheduleForm? _form;
    private IDisposable? _subscription;
    private Error? _failure;
    private Error? _error;
    private Error? _formError;
    private bool _canMail;
    private bool _busy;

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>Key of a report to begin with.</summary>
    [SupplyParameterFromQuery(Name = "new")]
    public string? NewReport { get; set; }

    /// <summary>What narrows it, as a query.</summary>
    [SupplyParameterFromQuery(Name = "filter")]
    public string? NewFilter { get; set; }

    [Inject]
    public required IReportSchedules Schedules { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    public void Dispose()
    {
        _subscription?.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _subscription = Schedules.Subscribe(() => InvokeAsync(RefreshAsync));
        await LoadAsync();
        if (_failure is null && ReportCatalogue.Find(NewReport) is { } report)
        {
            Add();
            (_form!.Report, _form.Filter, _form.Name) = (report.Key, NewFilter ?? "", ReportOf(report.Key));
        }
    }

    private static Tone ToneOf(ScheduleState state) => state switch { ScheduleState.Active => Tone.Good, ScheduleState.Stopped => Tone.Bad, _ => Tone.Quiet };

    private static string IconOf(ScheduleState state) => state switch { ScheduleState.Active => "circle-check", ScheduleState.Stopped => "circle-alert", _ => "circle-pause" };

    private string ReportOf(string key) => ReportCatalogue.Find(key) is null ? key : Words[Languages.Current, $"Report.{key}"];

    private string RhythmOf(SchedulePlan plan)
    {
        var time = Display.Digits(ScheduleTime.Write(plan.Time));
        return plan.Rhythm switch
        {
            ScheduleRhythm.Weekly => L["Rhythm.WeeklyAt", Words[Languages.Current, $"Value.weekday.{plan.Weekday}"], time],
            ScheduleRhythm.Monthly => L["Rhythm.MonthlyAt", Display.Number(plan.MonthDay), time],
            _ => L["Rhythm.DailyAt", time],
        };
    }

    private async Task LoadAsync()
    {
        var schedules = await Schedules.ListAsync(_disposed.Token);
        _failure = schedules.Error;
        if (schedules.Succeeded)
        {
            _schedules = schedules.Value;
            _canMail = await Schedules.CanMailAsync(_disposed.Token);
        }
    }

    private void Add()
    {
        (_opened, _runs, _formError) = (null, null, null);
        _form = new ScheduleForm { Language = Languages.Current };
    }

    private async Task OpenAsync(ScheduleRow row)
    {
        (_opened, _form, _formError, _runs) = (row, row.ToForm(), null, null);
        var runs = await Schedules.ListRunsAsync(row.Id, _disposed.Token);
        if (_opened?.Id == row.Id && runs.Succeeded)
        {
            _runs = runs.Value;
        }
    }

    private void Close() => (_form, _opened, _runs) = (null, null, null);

    private async Task SaveAsync()
    {
        if (_form is not { } form || _busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _formError = _opened is { } opened ? (await Schedules.ChangeAsync(opened.Id, form, opened.Version, _disposed.Token)).Error : (await Schedules.CreateAsync(form, _disposed.Token)).Error;
            if (_formError is null)
            {
                Toasts.Show(L["Saved"]);
                Close();
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task RunNowAsync(ScheduleRow row) => await ActAsync(await Schedules.RunNowAsync(row.Id, _disposed.Token), L["Started"]);

    private async Task PauseAsync(ScheduleRow row) => await ActAsync(await Schedules.PauseAsync(row.Id, _disposed.Token), L["Paused"]);

    private async Task ResumeAsync(ScheduleRow row) => await ActAsync(await Schedules.ResumeAsync(row.Id, _disposed.Token), L["Resumed"]);

    private async Task ActAsync(Result act, string done)
    {
        _error = act.Error;
        if (_error is null)
        {
            Toasts.Show(done);
        }

        await LoadAsync();
    }

    private async Task AskDeleteAsync(ScheduleRow row)
    {
        if (await Dialogs.ConfirmAsync(new ConfirmRequest(L["DeleteTitle", row.Name], L["Delete"]) { Losses = [L["DeleteLoss"]], Danger = true }))
        {
            await ActAsync(await Schedules.DeleteAsync(row.Id, _disposed.Token), L["Deleted"]);
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            if (!_disposed.IsCancellationRequested)
            {
                await LoadAsync();
                StateHasChanged();
            }
        }
        catch (Exception) when (_disposed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception exception)
        {
            // Belongs to this circuit's error boundary, not to whoever raised the notice.
            await DispatchExceptionAsync(exception);
        }
    }
}
