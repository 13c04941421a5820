namespace CallCenter.Infrastructure.Doctor;

/// <summary>Limits of the connection doctor; section <c>Doctor</c>. An admin waits in front of the page, so they are short.</summary>
internal sealed class DoctorOptions
{
    public const string Section = "Doctor";

    public TimeSpan NameTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public TimeSpan TcpTimeout { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan TlsTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>For each request to the HTTPS API.</summary>
    public TimeSpan ApiTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Upgrade and SIP answer together.</summary>
    public TimeSpan WebSocketTimeout { get; set; } = TimeSpan.FromSeconds(8);

    public TimeSpan GdmsTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public TimeSpan StunTimeout { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Difference of the clocks from which it is mentioned.</summary>
    public TimeSpan ClockWarning { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Difference of the clocks from which it is a fault: reports and recordings go to wrong hours.</summary>
    public TimeSpan ClockFailure { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Remaining life of a certificate below which it is mentioned.</summary>
    public TimeSpan CertificateWarning { get; set; } = TimeSpan.FromDays(30);
}
