using System.Globalization;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Extensions;

/// <summary>Asks for a new extension: the next free number unless another is typed, the person's name and address unless others are.</summary>
public sealed partial class ExtensionCreate : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private ExtensionProfile _profile = new();
    private ExtensionUser? _person;
    private string _number = "";
    private string? _suggested;
    private Error? _suggestError;
    private bool _busy;

    [Parameter, EditorRequired]
    public string Slug { get; set; } = "";

    /// <summary>The wish is stored; gives its key and number.</summary>
    [Parameter]
    public EventCallback<(Guid Id, string Number)> OnCreated { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Inject]
    public required IExtensions Extensions { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required ErrorTexts Errors { get; init; }

    private bool MaySetRange => Scope.May(Permissions.Settings.Edit);

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        var suggested = await Extensions.SuggestNumberAsync(_disposed.Token);
        _suggestError = suggested.Error;
        _suggested = suggested.Succeeded ? suggested.Value : null;
        if (_number.Length == 0)
        {
            _number = _suggested ?? "";
        }
    }

    private static string Digits(string? text) => string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c))
        .Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));

    private void TypeNumber(ChangeEventArgs change)
    {
        _number = Digits((string?)change.Value);
        _errors.Forget("Number");
    }

    private void UseSuggested()
    {
        _number = _suggested ?? "";
        _errors.Forget("Number");
    }

    private void TypeProfile(ExtensionProfile profile) => _profile = profile;

    private void Choose(ExtensionUser? person)
    {
        // What was typed by hand stays; what came with the person before goes with them.
        _profile = _profile with
        {
            Name = _profile.Name.Length == 0 || _profile.Name == _person?.DisplayName ? person?.DisplayName ?? "" : _profile.Name,
            Email = _profile.Email.Length == 0 || _profile.Email == _person?.Email ? person?.Email ?? "" : _profile.Email,
        };
        _person = person;
        _errors.Forget("UserId");
        if (_profile.Name.Length > 0)
        {
            _errors.Forget(nameof(ExtensionProfile.Name));
        }
    }

    private async Task CreateAsync()
    {
        if (_busy)
        {
            return;
        }

        _errors.Clear();
        if (_number.Length > 0 && !ExtensionProfileValidator.IsNumber(_number))
        {
            _errors.Add(ExtensionErrors.NumberFormat);
        }

        if (!ExtensionProfileFields.Check(_profile, _errors))
        {
            return;
        }

        _busy = true;
        try
        {
            // The number that was suggested may be gone by now; left to the portal, it takes the next one instead of failing.
            var automatic = _number.Length == 0 || _number == _suggested;
            var form = new NewExtension { Number = automatic ? "" : _number, Profile = _profile, UserId = _person?.UserId };
            var created = await Extensions.CreateAsync(form, _disposed.Token);
            if (created.Succeeded)
            {
                await OnCreated.InvokeAsync((created.Value, _number));
            }
            else
            {
                _errors.Take(created.Error);
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
