namespace CallCenter.Core.Primitives;

/// <summary>An expected failure. Codes are permanent: tests compare them and resources translate them.</summary>
/// <param name="Code">Stable, of the form <c>feature.what_failed</c>; the key of the translated text.</param>
/// <param name="Message">English text for logs and for developers; pages show the translation of <paramref name="Code"/>.</param>
/// <param name="Field">Name of the form field at fault, or null when the failure is not about one field.</param>
public sealed record Error(string Code, string Message, string? Field = null);

/// <summary>Outcome of an operation that may fail in an expected way.</summary>
public readonly record struct Result
{
    /// <summary>The operation succeeded.</summary>
    public static readonly Result Success;

    private Result(Error error) => Error = error;

    /// <summary>Why it failed; null on success.</summary>
    public Error? Error { get; }

    /// <summary>True when there is no error.</summary>
    public bool Succeeded => Error is null;

    /// <summary>Wraps a failure.</summary>
    public static implicit operator Result(Error error) => new(error);

    /// <summary>Wraps a failure.</summary>
    public static Result FromError(Error error) => new(error);
}

/// <summary>Outcome of an operation that gives a value or fails in an expected way.</summary>
/// <typeparam name="T">What success gives.</typeparam>
public readonly record struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    /// <summary>Why it failed; null on success.</summary>
    public Error? Error { get; }

    /// <summary>True when there is a value.</summary>
    public bool Succeeded => Error is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The operation failed.</exception>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"No value: {Error.Code}");

    /// <summary>Wraps a value.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Wraps a failure.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}
