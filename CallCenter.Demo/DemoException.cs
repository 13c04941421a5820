namespace CallCenter.Demo;

/// <summary>The demo cannot go on. The message says why and what to do.</summary>
public sealed class DemoException : Exception
{
    public DemoException(string message)
        : base(message)
    {
    }

    public DemoException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public DemoException()
    {
    }
}
