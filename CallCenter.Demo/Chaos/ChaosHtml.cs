using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CallCenter.Demo.Chaos;

/// <param name="Name">The simulator's name.</param>
/// <param name="Forms">What can be changed about it.</param>
/// <param name="Mails">Mails that it took; null for others than mail servers.</param>
internal sealed record ChaosPeer(string Name, IReadOnlyList<ChaosForm> Forms, JsonArray? Mails = null);

/// <param name="Resource">Name of the group, such as <c>faults</c>.</param>
/// <param name="Values">Current values by setting.</param>
internal sealed record ChaosForm(string Resource, JsonObject Values);

/// <summary>The chaos page's markup.</summary>
internal static partial class ChaosHtml
{
    private static readonly Dictionary<string, string> Hints = new(StringComparer.Ordinal)
    {
        ["dropConnections"] = "closed as soon as they are made",
        ["unknownRecipients"] = "answered 550, comma-separated; * for all",
        ["greyRecipients"] = "answered 451, comma-separated; * for all",
        ["deferNext"] = "so many more mails are answered 451",
        ["dropAfterNext"] = "so many more mails are taken and not acknowledged",
        ["refuseConnections"] = "as if switched off",
        ["responseDelay"] = "hours:minutes:seconds before each answer",
        ["dropHalfWay"] = "half of each answer, then a reset",
        ["garbage"] = "answers that are no answer",
        ["expireSessions"] = "every login counts as expired at once",
        ["clockSkew"] = "hours:minutes:seconds; negative is slow",
        ["wrongCertificate"] = "another certificate than the pinned one",
        ["every"] = "only every so-many-eth write",
        ["loseAnswers"] = "so many more writes are done and never answered; -1 for all",
        ["cutAnswers"] = "done, half an answer",
        ["garbleAnswers"] = "done, answered with nonsense",
        ["delayAnswers"] = "done, answered late",
        ["misreportAnswers"] = "done, answered with another status",
        ["dropRequests"] = "not done, never answered",
        ["refuseWrites"] = "not done, answered with a status",
        ["expireSessionEvery"] = "every so-many-eth write finds its session ended",
        ["loseApplyAnswers"] = "applied and never answered",
        ["refuseAppliesFor"] = "hours:minutes:seconds from now",
        ["extensionRange"] = "such as 1000-1999; empty for all",
        ["statusByNumber"] = "such as 4001=486, 4002=503; any number from 300 to 699 is its own status",
        ["redirectByNumber"] = "such as 4003=1002",
        ["httpStatus"] = "instead of the phone's socket; 0 is off",
        ["frozen"] = "nothing is answered, and the sockets stay open",
        ["glare"] = "so many more holds are answered 491",
        ["delayMilliseconds"] = "what the SIP server sends waits",
        ["drop"] = "tick it and apply: all phones' sockets break",
        ["registerStatus"] = "to REGISTER with the right password; 0 is off",
        ["optionsStatus"] = "to OPTIONS; 0 is off",
        ["silent"] = "requests are read and not answered",
        ["extension"] = "rings as soon as you apply",
        ["number"] = "who calls; further calls count up",
        ["count"] = "so many calls at once",
        ["inviteChallenge"] = "401 or 407 to calls; 0 is off",
        ["sessionSeconds"] = "session timer of calls that the PBX answers; 0 is off",
        ["earlyMedia"] = "calls to the outside ring with 183 and sound",
        ["applyTakes"] = "hours:minutes:seconds; 2 to 20 s on a real one",
    };

    public static string Render(IReadOnlyList<ChaosPeer> peers, string token, string? problem)
    {
        var html = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Chaos</title>
            <style>
            body{font:14px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}
            form{border:1px solid #8a94a3;border-radius:6px;padding:1rem;margin:0 0 1rem}
            h2{margin:2rem 0 .5rem} h3{margin:0 0 .5rem} label{display:block;padding:.25rem 0} .hint{color:#556070}
            input[type=text]{width:14rem;font:inherit} button{font:inherit;padding:.4rem 1rem;margin-top:.5rem}
            [role=alert]{border:2px solid #b3261e;padding:.5rem 1rem;border-radius:6px}
            @media (prefers-color-scheme:dark){body{color:#e6eaf0;background:#14181f}.hint{color:#a9b4c2}}
            </style></head><body><main><h1>Chaos</h1>
            <p>Make the simulated peers of this demo misbehave, and see what the portal's connection doctor says.</p>

            """);
        if (problem is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p role=\"alert\">{Text(problem)}</p>\n");
        }

        foreach (var peer in peers)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2 id=\"{Text(peer.Name)}\">{Text(peer.Name)}</h2>\n");
            foreach (var form in peer.Forms)
            {
                html.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"/{Text(peer.Name)}/{Text(form.Resource)}\"><h3>{Text(Words(form.Resource))}</h3>\n");
                html.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"token\" value=\"{token}\">\n");
                foreach (var (name, value) in form.Values)
                {
                    html.Append(Field(name, value));
                }

                html.Append(CultureInfo.InvariantCulture, $"<button>Apply to {Text(peer.Name)}</button></form>\n");
            }

            foreach (var mail in peer.Mails?.Reverse() ?? [])
            {
                var to = string.Join(", ", mail?["recipients"]?.AsArray().Select(address => (string?)address) ?? []);
                html.Append(CultureInfo.InvariantCulture, $"<details dir=\"auto\"><summary><bdi>{Text((string?)mail?["subject"] ?? "")}</bdi> – <bdi>{Text(to)}</bdi></summary><pre>{Text((string?)mail?["text"] ?? "")}</pre></details>\n");
            }
        }

        return html.Append("</main></body></html>\n").ToString();
    }

    private static string Field(string name, JsonNode? value)
    {
        var hint = Hints.TryGetValue(name, out var known) ? $" <span class=\"hint\">{Text(known)}</span>" : string.Empty;
        return value?.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False =>
                $"<label><input type=\"checkbox\" name=\"{Text(name)}\"{(value.GetValue<bool>() ? " checked" : string.Empty)}> {Text(Words(name))}{hint}</label>\n",
            JsonValueKind.Array => string.Empty,
            JsonValueKind.Object => $"<label>{Text(Words(name))} <input type=\"text\" name=\"{Text(name)}\" value=\"{Text(ChaosPairs.Write(value.AsObject()))}\">{hint}</label>\n",
            _ => $"<label>{Text(Words(name))} <input type=\"text\" name=\"{Text(name)}\" value=\"{Text(value?.ToString() ?? string.Empty)}\">{hint}</label>\n",
        };
    }

    /// <summary>"refuseConnections" as "Refuse connections".</summary>
    private static string Words(string name)
    {
        var spaced = Humps().Replace(name, match => " " + match.Value.ToLowerInvariant());
        return char.ToUpperInvariant(spaced[0]) + spaced[1..];
    }

    private static string Text(string value) => WebUtility.HtmlEncode(value);

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex Humps();
}
