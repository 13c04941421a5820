namespace CallCenter.Demo.Postgres;

/// <summary>The private server cannot run here. The message says why and what to do, and is meant to be shown.</summary>
public sealed class PrivatePostgresException : Exception
{
    public PrivatePostgresException(string message)
        : base(message)
    {
    }

    public PrivatePostgresException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public PrivatePostgresException()
    {
    }
}
