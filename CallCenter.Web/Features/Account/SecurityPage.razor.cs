using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Account;

public sealed partial class SecurityPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private MyAccountFacts? _account;
    private AuthenticatorSetup? _setup;
    private IReadOnlyList<string>? _codes;
    private Act? _asking;
    private string? _password = "";

    private enum Act
    {
        Renew,
        Disable,
    }

    [Inject]
    public required IMyAccount Account { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required IStringLocalizer<AccountText> Texts { get; init; }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override async Task OnInitializedAsync() => _account = await Account.GetAsync(_disposed.Token);

    private async Task BeginAsync()
    {
        var setup = await Account.BeginTwoFactorAsync(_disposed.Token);
        if (_errors.Take(setup.Error))
        {
            _setup = setup.Value;
        }
    }

    private async Task ConfirmAsync(string code)
    {
        var codes = await Account.ConfirmTwoFactorAsync(code, _disposed.Token);
        if (_errors.Take(codes.Error))
        {
            _setup = null;
            _codes = codes.Value;
            _account = await Account.GetAsync(_disposed.Token);
        }
    }

    private void CancelSetup()
    {
        _setup = null;
        _errors.Clear();
    }

    private void ForgetCodes() => _codes = null;

    private void Ask(Act? act)
    {
        _asking = act;
        _password = "";
        _errors.Clear();
    }

    private async Task ActAsync()
    {
        var password = new Secret(_password ?? "");
        if (_asking == Act.Disable)
        {
            if (_errors.Take((await Account.DisableTwoFactorAsync(password, _disposed.Token)).Error))
            {
                Ask(null);
                Toasts.Show(Texts["Second.Disabled"]);
            }
        }
        else
        {
            var codes = await Account.RenewRecoveryCodesAsync(password, _disposed.Token);
            if (_errors.Take(codes.Error))
            {
                Ask(null);
                _codes = codes.Value;
            }
        }

        _account = await Account.GetAsync(_disposed.Token);
    }
}
