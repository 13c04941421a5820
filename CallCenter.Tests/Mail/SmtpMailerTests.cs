using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Mail;
using CallCenter.Simulators.Mail;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace CallCenter.Tests.Mail;

/// <summary>Our client against a server that speaks the real protocol over a socket.</summary>
public sealed class SmtpMailerTests
{
    private const string User = "portal@example.com";
    private const string Password = "pass wörd";
    private static readonly Dictionary<string, string> Accounts = new() { [User] = Password };

    [Theory]
    [InlineData(MailTls.StartTls, "PLAIN")]
    [InlineData(MailTls.StartTls, "LOGIN")]
    [InlineData(MailTls.Implicit, "LOGIN")]
    [InlineData(MailTls.None, "PLAIN")]
    public async Task Send_EachWayToEncryptAndSignIn_Arrives(MailTls tls, string mechanism)
    {
        await using var server = SmtpSimulator.Start(new SmtpSimulatorOptions { Accounts = Accounts, ImplicitTls = tls == MailTls.Implicit, AuthNeedsTls = tls != MailTls.None, Mechanisms = ["CRAM-MD5", mechanism] });

        var outcome = await SendAsync(server, tls);

        Assert.Null(outcome.Error);
        Assert.Equal("250 2.0.0 Queued", outcome.Reply);
        var mail = Assert.Single(server.Received);
        Assert.Equal((User, tls != MailTls.None), (mail.User, mail.IsEncrypted));
        Assert.Equal(("reports@example.com", "mona@example.org"), (mail.From, Assert.Single(mail.Recipients)));
    }

    [Fact]
    public async Task Send_ArabicWithDotsAndAFile_ArrivesAsWritten()
    {
        await using var server = Start();
        var file = Enumerable.Range(0, 40_000).Select(i => (byte)(i * 7)).ToArray();
        var message = Message() with
        {
            Subject = "تقرير المكالمات اليومي لقائمة انتظار المبيعات، وهو طويل بما يكفي ليمتد على عدة أسطر",
            FromName = "بوابة المكالمات",
            Text = ".سطر يبدأ بنقطة\r\n..\r\n.\r\nآخر سطر",
            Html = "<p dir=\"rtl\">مرحبًا</p>",
            Attachment = new MailAttachment("report.csv", "text/csv", file.Length, () => new MemoryStream(file)),
        };

        var outcome = await Mailer().SendAsync(Target(server), message, CancellationToken.None);

        Assert.Null(outcome.Error);
        var mail = Assert.Single(server.Received);
        Assert.Equal(message.Subject, MailText.Decode(mail.Header("Subject")!));
        Assert.Equal("بوابة المكالمات <reports@example.com>", MailText.Decode(mail.Header("From")!));
        Assert.Equal(message.Text, MailText.PlainOf(mail.Data));
        Assert.Equal(message.Html, MailText.PartOf(mail.Data, "text/html"));
        Assert.Equal(file, MailText.BytesOf(mail.Data, "text/csv"));
        Assert.Equal($"<{message.Id:N}@example.com>", mail.Header("Message-ID"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.All(mail.Data, sign => Assert.InRange(sign, '\t', '~'));
    }

    [Fact]
    public async Task DotStuffing_LinesThatBeginWithDots_ComeBackWhateverThePortions()
    {
        using var written = new MemoryStream();
        var body = new DotStuffing(written);

        foreach (var portion in new[] { ".a\r", "\n.", ".b\r\n", ".", "\r\nc.d" })
        {
            await body.WriteAsync(Encoding.ASCII.GetBytes(portion));
        }

        await body.CompleteAsync(CancellationToken.None);

        Assert.Equal("..a\r\n...b\r\n..\r\nc.d\r\n.\r\n", Encoding.ASCII.GetString(written.ToArray()));
    }

    public static TheoryData<SmtpFaults, Error, bool> Faults => new()
    {
        { new SmtpFaults { DropConnections = true }, MailErrors.Broken, false },
        { new SmtpFaults { Silent = true }, MailErrors.TimedOut, false },
        { new SmtpFaults { Garbage = true }, MailErrors.NotSmtp, false },
        { new SmtpFaults { Greeting = 421 }, MailErrors.Later, false },
        { new SmtpFaults { Greeting = 554 }, MailErrors.MessageRejected, true },
        { new SmtpFaults { NoExtensions = true }, MailErrors.TlsNotOffered, false },
        { new SmtpFaults { RefuseStartTls = true }, MailErrors.Later, false },
        { new SmtpFaults { Sender = 553 }, MailErrors.SenderRejected, true },
        { new SmtpFaults { Sender = 451 }, MailErrors.Later, false },
        { new SmtpFaults { UnknownRecipients = "mona@example.org" }, MailErrors.RecipientRejected, true },
        { new SmtpFaults { GreyRecipients = "*" }, MailErrors.Later, false },
        { new SmtpFaults { Data = 554 }, MailErrors.MessageRejected, true },
        { new SmtpFaults { Data = 452 }, MailErrors.Later, false },
        { new SmtpFaults { Data = 552 }, MailErrors.TooLarge, true },
        { new SmtpFaults { DropInData = true }, MailErrors.Broken, false },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Send_ServerMisbehaves_SaysWhatAndWhetherToTryAgain(SmtpFaults faults, Error error, bool forGood)
    {
        await using var server = Start();
        server.Faults = faults;

        var outcome = await SendAsync(server, MailTls.StartTls, replyTimeout: faults.Silent ? TimeSpan.FromMilliseconds(300) : null);

        Assert.Equal((error, forGood), (outcome.Error, outcome.IsForGood));
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task Send_WrongPassword_IsSaidAndThePasswordIsNot()
    {
        await using var server = Start();

        var outcome = await Mailer().SendAsync(Target(server) with { Password = new Secret("guess") }, Message(), CancellationToken.None);

        Assert.Equal((MailErrors.WrongPassword, true), (outcome.Error, outcome.IsForGood));
        Assert.Equal("535 5.7.8 Authentication credentials invalid", outcome.Reply);
    }

    [Fact]
    public async Task Send_ServerWantsASignIn_IsSaid()
    {
        await using var server = Start();

        Assert.Equal(MailErrors.SignInNeeded, (await Mailer().SendAsync(Target(server) with { UserName = "" }, Message(), CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Send_CertificateThatNobodyVouchesFor_IsRefusedBeforeAnythingIsSaid()
    {
        await using var server = Start();

        var outcome = await Mailer().SendAsync(Target(server) with { PinnedCertificateSha256 = null }, Message(), CancellationToken.None);

        Assert.Equal((MailErrors.CertificateUntrusted, false), (outcome.Error, outcome.IsForGood));
    }

    [Fact]
    public async Task Send_TlsFromTheFirstByteToAPlainPort_IsATlsProblem()
    {
        await using var server = Start();

        Assert.Equal(MailErrors.TlsFailed, (await SendAsync(server, MailTls.Implicit)).Error);
    }

    [Fact]
    public async Task Send_MessageAboveTheServersLimit_IsNotEvenSent()
    {
        await using var server = SmtpSimulator.Start(new SmtpSimulatorOptions { Accounts = Accounts, MaxBytes = 1_000 });

        Assert.Equal((MailErrors.TooLarge, true), Verdict(await SendAsync(server, MailTls.StartTls)));
    }

    [Fact]
    public async Task Send_NothingListens_IsRefused()
    {
        int port;
        using (var taken = new TcpListener(IPAddress.Loopback, 0))
        {
            taken.Start();
            port = ((IPEndPoint)taken.LocalEndpoint).Port;
        }

        var outcome = await Mailer().SendAsync(new SmtpTarget("127.0.0.1", port, MailTls.None, "", null, null), Message(), CancellationToken.None);

        Assert.Equal((MailErrors.Refused, false), Verdict(outcome));
    }

    [Fact]
    public async Task Send_AddressThatThePolicyForbids_IsNotConnectedTo()
    {
        await using var server = Start();
        var policy = Substitute.For<IOutboundPolicy>();
        policy.ResolveAsync(default!, default).ReturnsForAnyArgs(TelephonyErrors.AddressNotAllowed);

        var outcome = await new SmtpMailer(policy, Options.Create(new MailOptions()), TimeProvider.System).SendAsync(Target(server), Message(), CancellationToken.None);

        Assert.Equal((TelephonyErrors.AddressNotAllowed, true), Verdict(outcome));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public void Phrase_LineBreaksInASubject_MakeNoHeaders() =>
        Assert.DoesNotContain("\r\nBcc", MimeMessage.Phrase("Hello\r\nBcc: eve@example.net"), StringComparison.Ordinal);

    private static (Error?, bool) Verdict(MailOutcome outcome) => (outcome.Error, outcome.IsForGood);

    private static SmtpSimulator Start() => SmtpSimulator.Start(new SmtpSimulatorOptions { Accounts = Accounts });

    private static Task<MailOutcome> SendAsync(SmtpSimulator server, MailTls tls, TimeSpan? replyTimeout = null) =>
        Mailer(replyTimeout).SendAsync(Target(server, tls), Message(), CancellationToken.None);

    private static SmtpTarget Target(SmtpSimulator server, MailTls tls = MailTls.StartTls) =>
        new("127.0.0.1", server.EndPoint.Port, tls, User, new Secret(Password), server.CertificateSha256);

    private static SmtpMailer Mailer(TimeSpan? replyTimeout = null)
    {
        var policy = Substitute.For<IOutboundPolicy>();
        policy.ResolveAsync(default!, default).ReturnsForAnyArgs(new[] { IPAddress.Loopback });
        return new SmtpMailer(policy, Options.Create(new MailOptions { ReplyTimeout = replyTimeout ?? TimeSpan.FromSeconds(30) }), TimeProvider.System);
    }

    private static MimeMessage Message() => new()
    {
        Id = Guid.NewGuid(),
        FromAddress = "reports@example.com",
        FromName = "Reports",
        To = "mona@example.org",
        Subject = "Calls of yesterday",
        Language = "en",
        DateUtc = new DateTime(2026, 3, 2, 6, 0, 0, DateTimeKind.Utc),
        Text = "160 calls",
        Html = "<p>160 calls</p>",
    };
}
