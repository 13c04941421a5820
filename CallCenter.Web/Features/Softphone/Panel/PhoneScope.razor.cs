using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>Looks once whether the reader has a phone, gives it to the page and draws it.</summary>
public sealed partial class PhoneScope : ComponentBase
{
    private ErrorBoundary? _boundary;
    private PhoneState? _phone;
    private bool _asking;

    /// <summary>The page, which may dial.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    /// <summary>The phone is the whole page.</summary>
    [Parameter]
    public bool Window { get; set; }

    [Inject]
    public required PhoneState State { get; init; }

    [Inject]
    public required IPhoneSessions Sessions { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required ILogger<PhoneScope> Log { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        // Pages outside of a tenant come first for some; the question is asked on the first page of the tenant.
        if (!State.IsKnown && !_asking && Scope.HasTenant && Scope.May(Permissions.Extensions.Own))
        {
            _asking = true;
            State.Know(await FindAsync());
            _asking = false;
        }

        _phone = State.Info is null ? null : State;
    }

    private async Task<PhoneInfo?> FindAsync()
    {
        try
        {
            return await Sessions.FindPhoneAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A page without its phone is better than no page.
            LogLookupFailed(Log, exception);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether there is a phone could not be read")]
    private static partial void LogLookupFailed(ILogger log, Exception exception);
}
