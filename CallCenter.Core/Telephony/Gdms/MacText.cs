namespace CallCenter.Core.Telephony.Gdms;

/// <summary>MAC addresses as people and GDMS write them.</summary>
public static class MacText
{
    /// <summary>Twelve upper-case hex digits; null when the text is no MAC address.</summary>
    public static string? Normalize(string text)
    {
        var digits = new string([.. text.Where(c => c is not (':' or '-' or '.' or ' '))]).ToUpperInvariant();
        return digits.Length == 12 && digits.All(char.IsAsciiHexDigit) ? digits : null;
    }

    /// <summary>In pairs with colons, as it stands on the device.</summary>
    /// <param name="mac">Twelve hex digits.</param>
    public static string Show(string mac) => string.Join(':', mac.Chunk(2).Select(pair => new string(pair)));
}
