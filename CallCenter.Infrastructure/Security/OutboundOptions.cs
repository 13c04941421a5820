using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Security;

/// <summary>Section <c>Outbound</c>.</summary>
internal sealed class OutboundOptions
{
    public const string Section = "Outbound";

    /// <summary>
    /// What may be reached besides public addresses: ranges (<c>10.20.0.0/16</c>, <c>fd00::/8</c>), single addresses, host names
    /// (<c>pbx.example.com</c>) and names with a leading wildcard (<c>*.pbx.example.com</c>).
    /// </summary>
    public IList<string> Allow { get; } = [];
}

internal sealed class OutboundOptionsValidator : IValidateOptions<OutboundOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
    {
        var wrong = options.Allow.Where(entry => OutboundRule.Parse(entry) is null).ToList();
        return wrong.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(wrong.Select(entry =>
                $"{OutboundOptions.Section}:Allow holds '{entry}', which is no range (10.20.0.0/16), address, host name or *.host.name."));
    }
}
