using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using CallCenter.Core.Primitives;
using FluentValidation;

namespace CallCenter.Core.Tenancy;

/// <summary>A tenant's facts as typed.</summary>
public sealed class TenantForm
{
    /// <summary>First part of its addresses.</summary>
    public string Slug { get; set; } = "";

    /// <summary>Name as people see it.</summary>
    public string Name { get; set; } = "";

    /// <summary>IANA zone.</summary>
    public string TimeZoneId { get; set; } = "";

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public string CountryCode { get; set; } = "";

    /// <summary><c>en</c> or <c>ar</c>.</summary>
    public string Language { get; set; } = "en";
}

/// <summary>Rules of <see cref="TenantForm"/>; each failure's error code is that of the <see cref="TenantErrors"/> field.</summary>
public sealed partial class TenantFormValidator : AbstractValidator<TenantForm>
{
    /// <summary>Sets the rules.</summary>
    public TenantFormValidator()
    {
        RuleFor(f => f.Slug).Cascade(CascadeMode.Stop)
            .Must(s => s is not null && SlugPattern().IsMatch(s) && s.Length is >= 3 and <= Tenant.SlugMaxLength).As(TenantErrors.SlugFormat)
            .Must(s => !ReservedSlugs.Contains(s)).As(TenantErrors.SlugReserved);
        RuleFor(f => f.Name).Must(n => n?.Trim().Length is >= 1 and <= Tenant.NameMaxLength).As(TenantErrors.NameLength);
        RuleFor(f => f.TimeZoneId).Must(IsTimeZone).As(TenantErrors.UnknownTimeZone);
        RuleFor(f => f.CountryCode).Must(IsCountry).As(TenantErrors.UnknownCountry);
        RuleFor(f => f.Language).Must(l => l is "en" or "ar").As(TenantErrors.UnknownLanguage);
    }

    [GeneratedRegex(@"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\z")]
    private static partial Regex SlugPattern();

    private static bool IsTimeZone(string? id) =>
        id is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId;

    private static bool IsCountry(string? code) => code is { Length: 2 } && Countries.Codes.Contains(code);
}

/// <summary>First parts of addresses that the portal uses itself, so no tenant may have them.</summary>
public static class ReservedSlugs
{
    private static readonly FrozenSet<string> Slugs = new[]
    {
        "about", "account", "admin", "api", "app", "assets", "audit", "auth", "blazor", "connect", "content", "css", "culture",
        "dist", "docs", "download", "downloads", "error", "export", "exports", "favicon", "files", "fonts", "health", "help",
        "home", "hub", "hubs", "images", "img", "js", "language", "lib", "login", "logout", "metrics", "not-found", "phone",
        "platform", "public", "recording", "recordings", "robots", "security", "settings", "sign-in", "sign-out", "signin",
        "signout", "static", "status", "support", "system", "tenant", "tenants", "user", "users", "webhook", "webhooks",
        "well-known", "wwwroot",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the slug is taken by the portal. Names that begin with an underscore or a dot are no slugs anyway.</summary>
    public static bool Contains(string slug) => Slugs.Contains(slug);
}

/// <summary>Countries by the culture data of this system.</summary>
public static class Countries
{
    /// <summary>ISO 3166-1 alpha-2 codes, upper case.</summary>
    public static readonly IReadOnlySet<string> Codes = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => new RegionInfo(culture.Name).TwoLetterISORegionName)
        .Where(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper))
        .ToFrozenSet(StringComparer.Ordinal);
}
