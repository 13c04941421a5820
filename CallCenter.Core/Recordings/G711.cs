namespace CallCenter.Core.Recordings;

/// <summary>ITU-T G.711: telephone samples in 8 bits.</summary>
public static class G711
{
    private const int Bias = 0x84;
    private const int Clip = 32_635;

    /// <summary>A linear sample as mu-law.</summary>
    public static byte ToMulaw(short sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), Clip) + Bias;
        var exponent = 7;
        for (var mask = 0x4000; (magnitude & mask) == 0 && exponent > 0; mask >>= 1)
        {
            exponent--;
        }

        return (byte)~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0F));
    }

    /// <summary>A mu-law sample as linear.</summary>
    public static short FromMulaw(byte code)
    {
        var bits = (byte)~code;
        var magnitude = ((((bits & 0x0F) << 3) + Bias) << ((bits >> 4) & 7)) - Bias;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    /// <summary>An A-law sample as linear.</summary>
    public static short FromAlaw(byte code)
    {
        var bits = code ^ 0x55;
        var exponent = (bits >> 4) & 7;
        var magnitude = ((bits & 0x0F) << 4) + 8;
        if (exponent > 0)
        {
            magnitude = (magnitude + 0x100) << (exponent - 1);
        }

        return (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
    }
}
