using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CallCenter.Simulators.Hosting;

namespace CallCenter.Simulators.Mail;

/// <summary>A mail server (RFC 5321, 3207, 4954) on 127.0.0.1 that keeps what it is given and delivers nothing.</summary>
public sealed class SmtpSimulator : IAsyncDisposable
{
    private const int Kept = 500;

    private readonly TcpListener _listener;
    private readonly SmtpSimulatorOptions _options;
    private readonly Lazy<X509Certificate2> _certificate;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Queue<ReceivedMail> _received = new();
    private readonly HashSet<Task> _sessions = [];
    private readonly Task _loop;
    private SmtpFaults _faults = new();
    private long _connections;
    private int _files;

    private SmtpSimulator(TcpListener listener, SmtpSimulatorOptions options)
    {
        _listener = listener;
        _options = options;
        EndPoint = (IPEndPoint)listener.LocalEndpoint;
        _certificate = new(() => options.CertificateFile is { } file
            ? SelfSignedCertificate.LoadOrCreate(file, "mail.example.test")
            : SelfSignedCertificate.Create("mail.example.test"));
        _loop = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>SHA-256 of the certificate as 64 upper-case hex digits.</summary>
    public string CertificateSha256 => _certificate.Value.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>Connections that were made.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>What it does wrong; assign a changed copy.</summary>
    public SmtpFaults Faults
    {
        get
        {
            lock (_gate)
            {
                return _faults;
            }
        }

        set
        {
            lock (_gate)
            {
                _faults = value;
            }
        }
    }

    /// <summary>The last messages in the order they came.</summary>
    public IReadOnlyList<ReceivedMail> Received
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    internal SmtpSimulatorOptions Options => _options;

    internal X509Certificate2 Certificate => _certificate.Value;

    /// <summary>Starts it.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static SmtpSimulator Start(SmtpSimulatorOptions? options = null)
    {
        options ??= new SmtpSimulatorOptions();
        var listener = new TcpListener(IPAddress.Loopback, options.Port);
        listener.Start();
        return new SmtpSimulator(listener, options);
    }

    /// <summary>The control endpoint of this simulator.</summary>
    public ControlledSimulator Control(string name) => new(name, new Dictionary<string, ControlResource>
    {
        ["faults"] = new(() => Faults, patch => Faults = ControlHost.Merge(Faults, patch)),
        ["mails"] = new(() => Received.Select(mail => new
        {
            mail.From,
            mail.Recipients,
            subject = MailText.Decode(mail.Header("Subject") ?? ""),
            messageId = mail.Header("Message-ID"),
            mail.ReceivedAtUtc,
            text = MailText.PlainOf(mail.Data),
        })),
        ["connections"] = new(() => Connections),
    });

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        Task[] open;
        lock (_gate)
        {
            open = [.. _sessions];
        }

        await Task.WhenAll(open);
        _listener.Dispose();
        _stop.Dispose();
        if (_certificate.IsValueCreated)
        {
            _certificate.Value.Dispose();
        }
    }

    /// <summary>The faults for one message; what counts down does.</summary>
    internal SmtpFaults TakeFaults()
    {
        lock (_gate)
        {
            var now = _faults;
            _faults = now with { DeferNext = Math.Max(0, now.DeferNext - 1), DropAfterNext = now.DeferNext > 0 ? now.DropAfterNext : Math.Max(0, now.DropAfterNext - 1) };
            return now;
        }
    }

    internal void Keep(ReceivedMail mail)
    {
        int number;
        lock (_gate)
        {
            _received.Enqueue(mail);
            if (_received.Count > Kept)
            {
                _received.Dequeue();
            }

            number = ++_files;
        }

        if (_options.Folder is { } folder)
        {
            Directory.CreateDirectory(folder);
            var name = string.Create(CultureInfo.InvariantCulture, $"{mail.ReceivedAtUtc:yyyyMMdd-HHmmss}-{number:0000}.eml");
            File.WriteAllText(Path.Combine(folder, name), mail.Data, new UTF8Encoding(false));
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                var session = ServeAsync(client);
                lock (_gate)
                {
                    _sessions.RemoveWhere(task => task.IsCompleted);
                    _sessions.Add(session);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopped, or a client that was gone before it was taken.
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                if (Faults.DropConnections)
                {
                    client.LingerState = new LingerOption(true, 0);
                    return;
                }

                await using var session = new SmtpServerSession(this, client.GetStream());
                await session.RunAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
            {
                // The client is gone, or the server ends.
            }
        }
    }
}
