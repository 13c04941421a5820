namespace CallCenter.Simulators.Media;

/// <summary>G.711 µ-law.</summary>
internal static class MuLaw
{
    private const int Bias = 0x84, Clip = 32_635;

    public static byte Encode(int sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs(sample), Clip) + Bias;
        var exponent = 7;
        for (var mask = 0x4000; exponent > 0 && (magnitude & mask) == 0; mask >>= 1)
        {
            exponent--;
        }

        return (byte)~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0F));
    }

    public static short Decode(byte value)
    {
        var bits = ~value;
        var magnitude = ((((bits & 0x0F) << 3) + Bias) << ((bits & 0x70) >> 4)) - Bias;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }
}
