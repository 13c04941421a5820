using System.Diagnostics;

namespace CallCenter.Core.Primitives;

/// <summary>A secret in memory. Printing, logging or serialising it never shows the value.</summary>
[DebuggerDisplay("•••")]
public sealed class Secret
{
    /// <summary>What every rendering of a secret shows; sent back unchanged it means "keep the stored one".</summary>
    public const string Mask = "••••••••";

    private readonly string _value;

    /// <summary>Wraps a plain value.</summary>
    public Secret(string value) => _value = value;

    /// <summary>True when the wrapped value is the empty string.</summary>
    public bool IsEmpty => _value.Length == 0;

    /// <summary>The plain value, for the one call that needs it. Never store or log the answer.</summary>
    public string Reveal() => _value;

    /// <inheritdoc />
    public override string ToString() => Mask;
}
