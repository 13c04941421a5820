using System.Net;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using FluentValidation;

namespace CallCenter.Core.Softphone;

/// <summary>Rules of <see cref="PhoneForm"/>.</summary>
public sealed class PhoneFormValidator : SettingsFormValidator<PhoneForm>
{
    private static readonly string[] KnownCodecs = ["opus", "pcmu", "pcma", "g722"];

    /// <summary>Builds the rules.</summary>
    public PhoneFormValidator()
    {
        RuleFor(f => f.WebSocketUrl).MaximumLength(PhoneSettings.UrlMaxLength).As(SettingsErrors.TooLong)
            .Must(url => url.Length == 0 || IsSocket(url)).As(PhoneFormErrors.AddressInvalid);
        RuleFor(f => f.SipDomain).MaximumLength(PhoneSettings.RealmMaxLength).As(SettingsErrors.TooLong)
            .Must(domain => domain.Length == 0 || Uri.CheckHostName(domain) is not UriHostNameType.Unknown).As(PhoneFormErrors.DomainInvalid);
        RuleFor(f => f.Realm)
            .Must(realm => realm.Length <= PhoneSettings.RealmMaxLength && realm.All(c => c is >= ' ' and not ('"' or '\\' or '\x7f'))).As(PhoneFormErrors.RealmInvalid);
        RuleFor(f => f.StunServers).MaximumLength(PhoneSettings.ServersMaxLength).As(SettingsErrors.TooLong).Must(AreServers).As(PhoneFormErrors.ServersInvalid);
        RuleFor(f => f.TurnServers).MaximumLength(PhoneSettings.ServersMaxLength).As(SettingsErrors.TooLong).Must(AreServers).As(PhoneFormErrors.ServersInvalid);
        RuleFor(f => f.TurnSecret).MaximumLength(PhoneSettings.SecretMaxLength).As(SettingsErrors.TooLong)
            .Must((f, secret) => secret.Length > 0 || f.TurnServers.Length == 0).As(PhoneFormErrors.TurnSecretNeeded);
        Seconds(f => f.TurnMinutes, n => n is >= 10 and <= 1440);
        RuleFor(f => f.Codecs).Must(AreCodecs).As(PhoneFormErrors.CodecsInvalid);
        RuleFor(f => f.Dtmf).IsInEnum().As(SettingsErrors.NotAChoice);
        RuleFor(f => f.AutoAnswer).IsInEnum().As(SettingsErrors.NotAChoice);
        RuleFor(f => f.Ringtone).IsInEnum().As(SettingsErrors.NotAChoice);
        RuleFor(f => f.ParkNumber).Must(IsNumber).As(PhoneFormErrors.NumberInvalid);
        RuleFor(f => f.ConferenceNumber).Must(IsNumber).As(PhoneFormErrors.NumberInvalid);
        Seconds(f => f.MaxCalls, n => n is >= 1 and <= 8);
        Seconds(f => f.MediaTimeoutSeconds, n => n is 0 or (>= 10 and <= 600));
        Seconds(f => f.RegisterSeconds, n => n is >= 60 and <= 3600);
    }

    /// <summary>Servers of a list; null when one of them is none.</summary>
    public static IReadOnlyList<StunAddress>? Servers(string text)
    {
        var parsed = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(StunAddress.Parse).ToList();
        return parsed.Contains(null) ? null : [.. parsed.OfType<StunAddress>()];
    }

    private static bool AreServers(string text) => Servers(text) is { Count: <= PhoneSettings.ServersMax };

    private static bool AreCodecs(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && words.Distinct().Count() == words.Length && Array.TrueForAll(words, KnownCodecs.Contains);
    }

    private static bool IsNumber(string text) => text.Length <= PhoneSettings.NumberMaxLength && text.All(c => char.IsAsciiDigit(c) || c is '*' or '#');

    // In the open, a call's audio keys would be too; on this machine's loopback there is no open.
    private static bool IsSocket(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == "wss" || (uri.Scheme == "ws" && IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address)))
        && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && uri.Query.Length == 0;

    private void Seconds(System.Linq.Expressions.Expression<Func<PhoneForm, int?>> field, Func<int, bool> allowed) =>
        RuleFor(field).NotNull().As(SettingsErrors.Required).Must(n => allowed(n!.Value)).As(PhoneFormErrors.SecondsRange);
}
