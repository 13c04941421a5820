using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace CallCenter.Infrastructure.Mail;

/// <summary>The HTML of a mail: one column, styles in place as mail programs drop sheets, nothing fetched from outside.</summary>
internal static class MailHtml
{
    /// <param name="language"><c>ar</c> is written from right to left.</param>
    /// <param name="lead">First sentence.</param>
    /// <param name="figures">Names and values.</param>
    /// <param name="link">Where the file is; null without an address.</param>
    /// <param name="linkText">Words of the link.</param>
    /// <param name="foot">Last sentence; null for none.</param>
    public static string Page(string language, string lead, IReadOnlyList<(string Name, string Value)> figures, string? link, string? linkText, string? foot)
    {
        var direction = language == "ar" ? "rtl" : "ltr";
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"{language}\" dir=\"{direction}\"><head><meta charset=\"utf-8\"></head>");
        html.Append(CultureInfo.InvariantCulture, $"<body dir=\"{direction}\" style=\"margin:0;padding:24px;font-family:Segoe UI,Tahoma,Arial,sans-serif;font-size:15px;line-height:1.6;color:#1c2430;background:#ffffff\">");
        html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 16px\">{Safe(lead)}</p>");
        if (figures.Count > 0)
        {
            html.Append("<table role=\"presentation\" style=\"border-collapse:collapse;margin:0 0 16px\">");
            foreach (var (name, value) in figures)
            {
                html.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"padding:4px 0;padding-inline-end:24px;color:#5a6472\">{Safe(name)}</td><td style=\"padding:4px 0;font-weight:600\"><bdi dir=\"ltr\">{Safe(value)}</bdi></td></tr>");
            }

            html.Append("</table>");
        }

        if (link is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 16px\"><a href=\"{Safe(link)}\" style=\"color:#1f5fbf\">{Safe(linkText ?? link)}</a></p>");
        }

        if (foot is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0;font-size:13px;color:#5a6472\">{Safe(foot)}</p>");
        }

        return html.Append("</body></html>").ToString();
    }

    private static string Safe(string text) => HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All).Encode(text);
}
