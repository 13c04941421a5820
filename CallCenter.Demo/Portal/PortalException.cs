namespace CallCenter.Demo.Portal;

/// <summary>The portal did not come up. The message says why and where its log is.</summary>
public sealed class PortalException : Exception
{
    public PortalException(string message)
        : base(message)
    {
    }

    public PortalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public PortalException()
    {
    }
}
