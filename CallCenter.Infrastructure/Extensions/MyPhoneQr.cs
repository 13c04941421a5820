using System.Globalization;
using System.Xml.Linq;
using CallCenter.Core.Primitives;
using QRCoder;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>An account as Grandstream Wave Lite scans it. The form is that of FusionPBX and Issabel; see docs/adr/0018.</summary>
internal static class MyPhoneQr
{
    private const int DefaultPort = 5060;

    /// <summary>The document in the code. Holds the secret in the clear: draw it and forget it.</summary>
    public static Secret Account(string server, int port, string number, string name, Secret secret)
    {
        var host = server.Contains(':', StringComparison.Ordinal) && server[0] != '[' ? $"[{server}]" : server;
        var account = new XElement(
            "AccountConfig",
            new XAttribute("version", "1"),
            new XElement(
                "Account",
                new XElement("RegisterServer", port == DefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}")),
                new XElement("OutboundServer", ""),
                new XElement("UserID", number),
                new XElement("AuthID", number),
                new XElement("AuthPass", secret.Reveal()),
                new XElement("AccountName", number),
                new XElement("DisplayName", name)));
        return new Secret("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + account.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>A whole SVG element.</summary>
    public static string Draw(Secret text)
    {
        using var generator = new QRCodeGenerator();

        // From screen to camera nothing gets lost, and fewer squares are larger ones.
        using var data = generator.CreateQrCode(text.Reveal(), QRCodeGenerator.ECCLevel.L, forceUtf8: true);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(4);
    }
}
