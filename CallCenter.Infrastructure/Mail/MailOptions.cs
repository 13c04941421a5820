using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Mail;

/// <summary>How mail is sent; section <c>Mail</c>.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Address of the portal as people open it, for links in mails; null leaves links out.</summary>
    public Uri? PortalAddress { get; set; }

    /// <summary>Until the connection stands.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Until the server answers a command; the standard allows it minutes.</summary>
    public TimeSpan ReplyTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Largest file that goes along with a mail, in bytes; a larger one is a link only.</summary>
    [Range(0, 50_000_000)]
    public int AttachmentMaxBytes { get; set; } = 5_000_000;

    /// <summary>How long the entry of a mail is kept after its end.</summary>
    public TimeSpan KeepRowFor { get; set; } = TimeSpan.FromDays(90);
}

internal sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var wrong = new List<string>();
        if (options.PortalAddress is { } address && (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http")))
        {
            wrong.Add($"{MailOptions.Section}:{nameof(MailOptions.PortalAddress)} is '{address}'; it must be an address such as https://portal.example.com/.");
        }

        Check(options.ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2), nameof(MailOptions.ConnectTimeout));
        Check(options.ReplyTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), nameof(MailOptions.ReplyTimeout));
        Check(options.KeepRowFor, TimeSpan.FromDays(1), TimeSpan.FromDays(3650), nameof(MailOptions.KeepRowFor));
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Check(TimeSpan value, TimeSpan least, TimeSpan most, string key)
        {
            if (value < least || value > most)
            {
                wrong.Add($"{MailOptions.Section}:{key} is '{value}'; it must be {least} to {most}.");
            }
        }
    }
}
