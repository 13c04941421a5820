using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>Joins the page's phone (dist/phone.js) with this circuit: snapshots in, commands out, calls stored.</summary>
public sealed partial class PhoneHost : ComponentBase, IPhoneScript, IAsyncDisposable
{
    private readonly string _key = Guid.NewGuid().ToString("N");
    private DotNetObjectReference<PhoneHost>? _self;
    private IJSObjectReference? _script;
    private PhoneBooks? _books;
    private PhoneWrapUpKeeper? _wrapUps;
    private bool _disposed;

    /// <summary>The phone is the whole page.</summary>
    [Parameter]
    public bool Window { get; set; }

    [Inject]
    public required PhoneState State { get; init; }

    [Inject]
    public required PhoneWords Words { get; init; }

    [Inject]
    public required IPhoneCalls Calls { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required DisplayFormat Display { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required ILogger<PhoneHost> Log { get; init; }

    /// <summary>Called by the page with its whole state.</summary>
    [JSInvokable]
    public void OnPhone(PhoneSnapshot snapshot)
    {
        if (!_disposed && State.Accept(snapshot))
        {
            _books?.Take(snapshot);
        }
    }

    /// <summary>Called by the page when one of its own buttons or keys failed.</summary>
    [JSInvokable]
    public void OnFailed(string code, int? sipCode)
    {
        if (!_disposed)
        {
            State.Fail(code, sipCode);
        }
    }

    /// <summary>Called by the page when somebody signs out in a call.</summary>
    [JSInvokable]
    public async Task OnSignOut()
    {
        var agreed = await Dialogs.ConfirmAsync(new ConfirmRequest(L["SignOut.Title"], L["SignOut.Do"]) { Body = L["SignOut.Body"], Danger = true });
        if (agreed && _script is not null)
        {
            await RunAsync(script => script.InvokeVoidAsync("signOut").AsTask());
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        State.Connect(null);
        _books?.Dispose();
        _wrapUps?.Dispose();
        await RunAsync(async script =>
        {
            await script.InvokeVoidAsync("detach", _key);
            await script.DisposeAsync();
        });
        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            _script = await Js.InvokeAsync<IJSObjectReference>("import", Address("dist/phone.js"));
            await _script.InvokeVoidAsync("open", Address("dist/softphone.js"), Config());
            if (_disposed)
            {
                return;
            }

            _books = new PhoneBooks(Calls, SendAsync, Clock, InvokeAsync, exception => LogStoreFailed(Log, exception));
            _self = DotNetObjectReference.Create(this);
            State.Connect(SendAsync, this);
            await _script.InvokeVoidAsync("attach", _key, _self);
            _wrapUps = new PhoneWrapUpKeeper(State, Calls, _script);
            await _wrapUps.StartAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page went away while its script was on the way.
        }
    }

    async Task<IceReport> IPhoneScript.GatherAsync(string sessionUrl) => await _script!.InvokeAsync<IceReport>("candidates", sessionUrl);

    async Task<string> IPhoneScript.BrowserAsync() => await _script!.InvokeAsync<string>("agent");

    private async Task<CommandResult> SendAsync(string name, object args)
    {
        try
        {
            return _script is null
                ? new CommandResult(false, Error: "phone.stopped")
                : await _script.InvokeAsync<CommandResult>("cmd", Guid.NewGuid().ToString(), name, args);
        }
        catch (JSDisconnectedException)
        {
            return new CommandResult(false, Error: "phone.stopped");
        }
        catch (OperationCanceledException)
        {
            // The circuit's own patience with the page.
            return new CommandResult(false, Error: "phone.timeout");
        }
    }

    private async Task RunAsync(Func<IJSObjectReference, Task> act)
    {
        try
        {
            if (_script is not null)
            {
                await act(_script);
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone; its phone keeps itself.
        }
    }

    private string Address(string asset) => Navigation.ToAbsoluteUri(Assets[asset]).AbsoluteUri;

    private object Config() => new
    {
        user = State.Info!.Owner,
        ringtone = State.Info.Ringtone,
        sessionUrl = Navigation.ToAbsoluteUri(PhoneAddresses.Session(Scope.Tenant.Slug)).AbsoluteUri,
        icons = Assets["dist/icons.svg"],
        zero = Display.Digits("0"),
        texts = new
        {
            incomingCall = L["Incoming"].Value,
            bar = L["Bar"].Value,
            answer = L["Answer"].Value,
            reject = L["Reject"].Value,
            hangUp = L["HangUp"].Value,
            hold = L["Hold"].Value,
            resume = L["Resume"].Value,
            mute = L["Mute"].Value,
            unmute = L["Unmute"].Value,
            withheld = L["Withheld"].Value,
            onHold = L["Call.OnHold"].Value,
            signOut = L["SignOut.Body"].Value,
            noKey = new[] { "noRinging", "noCall", "notNow", "noPortal" }.ToDictionary(why => why, why => L[$"NoKey.{why}"].Value),
            states = Enum.GetValues<PhoneCallState>().Where(state => state != PhoneCallState.Lost)
                .ToDictionary(state => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString()), Words.State),
        },
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Calls of the page's phone could not be stored; tried again")]
    private static partial void LogStoreFailed(ILogger log, Exception exception);
}
