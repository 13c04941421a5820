using System.Globalization;
using System.Net;
using CallCenter.Core.Primitives;
using FluentValidation;

namespace CallCenter.Core.Settings;

/// <summary>Rules of <see cref="PbxForm"/>.</summary>
public sealed class PbxFormValidator : SettingsFormValidator<PbxForm>
{
    /// <summary>Builds the rules.</summary>
    public PbxFormValidator()
    {
        RuleFor(f => f.Kind).IsInEnum().As(SettingsErrors.NotAChoice);
        RuleFor(f => f.Host).Filled(PbxConnection.HostMaxLength).Must(SettingsText.IsHost).As(SettingsErrors.HostInvalid);
        RuleFor(f => f.Port).NotNull().As(SettingsErrors.Required).InclusiveBetween(1, 65535).As(SettingsErrors.PortRange);
        RuleFor(f => f.WebSocketPath).Filled(PbxConnection.PathMaxLength).Must(IsPath).As(SettingsErrors.PathInvalid);
        RuleFor(f => f.ApiUser).Filled(PbxConnection.UserMaxLength);
        RuleFor(f => f.ApiPassword).Filled(PbxConnection.PasswordMaxLength);
        RuleFor(f => f.PinnedCertificateSha256)
            .Must(text => text.Length == PbxConnection.ThumbprintLength && text.All(char.IsAsciiHexDigit)).As(SettingsErrors.ThumbprintInvalid)
            .When(f => f.PinnedCertificateSha256.Length > 0);
    }

    private static bool IsPath(string text) =>
        text.StartsWith('/') && text.All(c => c is > ' ' and < '\x7f' and not ('?' or '#' or '\\'));
}

/// <summary>Rules of <see cref="GdmsForm"/>.</summary>
public sealed class GdmsFormValidator : SettingsFormValidator<GdmsForm>
{
    /// <summary>Builds the rules.</summary>
    public GdmsFormValidator()
    {
        RuleFor(f => f.Place).IsInEnum().As(SettingsErrors.NotAChoice);
        RuleFor(f => f.BaseAddress).Filled(GdmsConnection.AddressMaxLength).Must(IsBaseAddress).As(SettingsErrors.BaseAddressInvalid)
            .When(f => f.Place == GdmsPlace.Custom);
        RuleFor(f => f.UserName).Filled(GdmsConnection.UserMaxLength);
        RuleFor(f => f.Password).Filled(GdmsConnection.SecretMaxLength);
        RuleFor(f => f.ApiId).NotEmpty().As(SettingsErrors.Required)
            .Must(id => id.Length == GdmsConnection.ApiIdLength && id.All(char.IsAsciiDigit)).As(SettingsErrors.ApiIdInvalid);
        RuleFor(f => f.ApiSecret).Filled(GdmsConnection.SecretMaxLength);
        RuleFor(f => f.DeviceMac).NotEmpty().As(SettingsErrors.Required)
            .Must(mac => mac.Length == GdmsConnection.MacLength && mac.All(char.IsAsciiHexDigit)).As(SettingsErrors.MacInvalid);
        RuleFor(f => f.OrganizationId)
            .Must(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            .As(SettingsErrors.OrganizationInvalid)
            .When(f => f.OrganizationId.Length > 0);
    }

    // Plain http would carry the password's hash and the token in the open; on this machine's loopback there is no open.
    private static bool IsBaseAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address)))
        && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0;
}

/// <summary>Rules of <see cref="ExtensionForm"/>.</summary>
public sealed class ExtensionFormValidator : SettingsFormValidator<ExtensionForm>
{
    /// <summary>Builds the rules.</summary>
    public ExtensionFormValidator()
    {
        RuleFor(f => f.Prefix)
            .Must(p => p.Length <= ExtensionPlan.PrefixMaxLength && p.All(char.IsAsciiDigit)).As(SettingsErrors.PrefixDigits);
        RuleFor(f => f.Start).NotEmpty().As(SettingsErrors.Required).Must(IsNumber).As(SettingsErrors.ExtensionDigits);
        RuleFor(f => f.End).NotEmpty().As(SettingsErrors.Required).Must(IsNumber).As(SettingsErrors.ExtensionDigits)
            .Must((f, end) => end.Length == f.Start.Length && string.CompareOrdinal(f.Start, end) <= 0).As(SettingsErrors.ExtensionOrder)
            .Must(IsSmallEnough).As(SettingsErrors.ExtensionSpan);
        RuleFor(f => f.PasswordLength).NotNull().As(SettingsErrors.Required)
            .InclusiveBetween(ExtensionPlan.PasswordLengthMin, ExtensionPlan.PasswordLengthMax).As(SettingsErrors.PasswordLength);
        RuleFor(f => f.PasswordUpper)
            .Must((f, _) => new[] { f.PasswordUpper, f.PasswordLower, f.PasswordDigit, f.PasswordSpecial }.Count(on => on) >= 2)
            .As(SettingsErrors.PasswordClasses);
        RuleFor(f => f.EchoNumber)
            .Must(text => text.Length <= ExtensionPlan.NumberMaxLength && text.All(c => char.IsAsciiDigit(c) || c is '*' or '#')).As(SettingsErrors.EchoNumberInvalid);
        RuleFor(f => f.SipPort).NotNull().As(SettingsErrors.Required).InclusiveBetween(1, 65535).As(SettingsErrors.PortRange);
        RuleFor(f => f.SipTlsPort).NotNull().As(SettingsErrors.Required).InclusiveBetween(1, 65535).As(SettingsErrors.PortRange);
    }

    private static bool IsNumber(ExtensionForm form, string text) =>
        text.All(char.IsAsciiDigit) && form.Prefix.Length + text.Length is >= 2 and <= ExtensionPlan.NumberMaxLength;

    private static bool IsSmallEnough(ExtensionForm form, string end) =>
        long.TryParse(form.Start, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && long.Parse(end, NumberStyles.None, CultureInfo.InvariantCulture) - first < ExtensionPlan.SpanMax;
}

/// <summary>Rules of <see cref="RecordingForm"/>.</summary>
public sealed class RecordingFormValidator : SettingsFormValidator<RecordingForm>
{
    private const int RtpPortMin = 1024;
    private const int RtpPortsMin = 100;

    /// <summary>Builds the rules.</summary>
    public RecordingFormValidator()
    {
        RuleFor(f => f.Format).IsInEnum().As(SettingsErrors.NotAChoice);
        RuleFor(f => f.AutoDeleteDays).InclusiveBetween(1, RecordingPolicy.AutoDeleteDaysMax).As(SettingsErrors.RetentionRange);
        RuleFor(f => f.StunServer).MaximumLength(RecordingPolicy.StunMaxLength).As(SettingsErrors.TooLong)
            .Must(text => SettingsText.HostAndPort(text) is not null).As(SettingsErrors.StunInvalid)
            .When(f => f.StunServer.Length > 0);
        RuleFor(f => f.RtpPortStart).NotNull().As(SettingsErrors.Required)
            .Must(start => start is >= RtpPortMin and <= 65535 && start % 2 == 0).As(SettingsErrors.RtpRange);
        RuleFor(f => f.RtpPortEnd).NotNull().As(SettingsErrors.Required)
            .Must((f, end) => end <= 65535 && end - (f.RtpPortStart ?? 0) >= RtpPortsMin - 1).As(SettingsErrors.RtpRange);
    }
}
