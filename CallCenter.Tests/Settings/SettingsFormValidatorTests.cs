using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;

namespace CallCenter.Tests.Settings;

public sealed class SettingsFormValidatorTests
{
    [Fact]
    public void Check_ValidForms_HaveNoErrors()
    {
        Assert.Empty(new PbxFormValidator().Check(Pbx()));
        Assert.Empty(new GdmsFormValidator().Check(Gdms()));
        Assert.Empty(new ExtensionFormValidator().Check(new ExtensionForm { Start = "1000", End = "1999" }));
        Assert.Empty(new RecordingFormValidator().Check(new RecordingForm { StunServer = "stun.example.com:3478", AutoDeleteDays = 90 }));
    }

    [Theory]
    [InlineData("", "settings.required")]
    [InlineData("https://pbx.example.com", "settings.host_invalid")]
    [InlineData("pbx.example.com:8089", "settings.host_invalid")]
    [InlineData("pbx.example.com/api", "settings.host_invalid")]
    [InlineData("two words", "settings.host_invalid")]
    public void Check_WrongHost_IsNamedAtTheField(string host, string code) =>
        AssertOnly(new PbxFormValidator().Check(With(Pbx(), f => f.Host = host)), nameof(PbxForm.Host), code);

    [Theory]
    [InlineData(null, "settings.required")]
    [InlineData(0, "settings.port_range")]
    [InlineData(65536, "settings.port_range")]
    public void Check_WrongPort_IsNamedAtTheField(int? port, string code) =>
        AssertOnly(new PbxFormValidator().Check(With(Pbx(), f => f.Port = port)), nameof(PbxForm.Port), code);

    [Theory]
    [InlineData("ws", "settings.path_invalid")]
    [InlineData("/a b", "settings.path_invalid")]
    [InlineData("/ws?x=1", "settings.path_invalid")]
    [InlineData("", "settings.required")]
    public void Check_WrongPath_IsNamedAtTheField(string path, string code) =>
        AssertOnly(new PbxFormValidator().Check(With(Pbx(), f => f.WebSocketPath = path)), nameof(PbxForm.WebSocketPath), code);

    [Fact]
    public void Normalize_TypedForms_TakeTheStoredForm()
    {
        var form = With(Pbx(), f =>
        {
            f.Host = " [::1] ";
            f.PinnedCertificateSha256 = string.Join(':', Enumerable.Repeat("ab", 32));
        });

        form.Normalize();

        Assert.Equal("::1", form.Host);
        Assert.Equal(string.Concat(Enumerable.Repeat("AB", 32)), form.PinnedCertificateSha256);
        Assert.Empty(new PbxFormValidator().Check(form));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("abcdef")]
    public void Check_WrongApiId_IsNamedAtTheField(string id) =>
        AssertOnly(new GdmsFormValidator().Check(With(Gdms(), f => f.ApiId = id)), nameof(GdmsForm.ApiId), "settings.api_id_invalid");

    [Theory]
    [InlineData("http://192.0.2.1:5000")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("https://user:pass@gdms.example.com")]
    [InlineData("https://gdms.example.com/path")]
    [InlineData("gdms.example.com")]
    public void Check_WrongLabAddress_IsNamedAtTheField(string address) => AssertOnly(
        new GdmsFormValidator().Check(With(Gdms(), f => (f.Place, f.BaseAddress) = (GdmsPlace.Custom, address))),
        nameof(GdmsForm.BaseAddress),
        "settings.base_address_invalid");

    [Theory]
    [InlineData("http://127.0.0.1:18443")]
    [InlineData("https://gdms.example.com")]
    public void Check_LabAddress_IsTaken(string address) =>
        Assert.Empty(new GdmsFormValidator().Check(With(Gdms(), f => (f.Place, f.BaseAddress) = (GdmsPlace.Custom, address))));

    [Theory]
    [InlineData("", "2000", "1000", nameof(ExtensionForm.End), "settings.extension_order")]
    [InlineData("", "900", "1100", nameof(ExtensionForm.End), "settings.extension_order")]
    [InlineData("", "00000", "10000", nameof(ExtensionForm.End), "settings.extension_span")]
    [InlineData("x", "1000", "1999", nameof(ExtensionForm.Prefix), "settings.prefix_digits")]
    [InlineData("", "1", "2", nameof(ExtensionForm.Start), "settings.extension_digits")]
    [InlineData("12345678", "12345678901", "12345678902", nameof(ExtensionForm.Start), "settings.extension_digits")]
    public void Check_WrongRange_IsNamedAtTheField(string prefix, string start, string end, string field, string code) => Assert.Contains(
        new ExtensionFormValidator().Check(new ExtensionForm { Prefix = prefix, Start = start, End = end }),
        error => error.Field == field && error.Code == code);

    [Fact]
    public void Check_OneClassOfCharacters_IsRefused() => AssertOnly(
        new ExtensionFormValidator().Check(new ExtensionForm
        {
            Start = "1000",
            End = "1999",
            PasswordUpper = false,
            PasswordLower = false,
            PasswordSpecial = false,
        }),
        nameof(ExtensionForm.PasswordUpper),
        "settings.password_classes");

    [Theory]
    [InlineData("+49301234")]
    [InlineData("43 1")]
    [InlineData("1234567890123456789")]
    [InlineData("١٢٣")]
    public void Check_WrongEchoNumber_IsNamedAtTheField(string number) => AssertOnly(
        new ExtensionFormValidator().Check(new ExtensionForm { Start = "1000", End = "1999", EchoNumber = number }),
        nameof(ExtensionForm.EchoNumber),
        "settings.echo_number_invalid");

    [Theory]
    [InlineData("")]
    [InlineData("*43")]
    [InlineData("#9600")]
    [InlineData("123456789012345678")]
    public void Check_EchoNumber_IsTaken(string number) =>
        Assert.Empty(new ExtensionFormValidator().Check(new ExtensionForm { Start = "1000", End = "1999", EchoNumber = number }));

    [Theory]
    [InlineData(null, 5061, nameof(ExtensionForm.SipPort), "settings.required")]
    [InlineData(0, 5061, nameof(ExtensionForm.SipPort), "settings.port_range")]
    [InlineData(5060, 65536, nameof(ExtensionForm.SipTlsPort), "settings.port_range")]
    [InlineData(5060, null, nameof(ExtensionForm.SipTlsPort), "settings.required")]
    public void Check_WrongSipPort_IsNamedAtTheField(int? plain, int? tls, string field, string code) => AssertOnly(
        new ExtensionFormValidator().Check(new ExtensionForm { Start = "1000", End = "1999", SipPort = plain, SipTlsPort = tls }), field, code);

    [Theory]
    [InlineData(0)]
    [InlineData(3651)]
    public void Check_WrongRetention_IsNamedAtTheField(int days) => AssertOnly(
        new RecordingFormValidator().Check(new RecordingForm { AutoDeleteDays = days }),
        nameof(RecordingForm.AutoDeleteDays),
        "settings.retention_range");

    [Theory]
    [InlineData(10_001, 20_000, nameof(RecordingForm.RtpPortStart))]
    [InlineData(80, 20_000, nameof(RecordingForm.RtpPortStart))]
    [InlineData(10_000, 10_050, nameof(RecordingForm.RtpPortEnd))]
    [InlineData(10_000, 70_000, nameof(RecordingForm.RtpPortEnd))]
    public void Check_WrongRtpRange_IsNamedAtTheField(int start, int end, string field) =>
        AssertOnly(new RecordingFormValidator().Check(new RecordingForm { RtpPortStart = start, RtpPortEnd = end }), field, "settings.rtp_range");

    [Theory]
    [InlineData("stun.example.com", "stun.example.com", 3478)]
    [InlineData("stun.example.com:19302", "stun.example.com", 19302)]
    [InlineData("[2001:db8::1]:3479", "2001:db8::1", 3479)]
    [InlineData("2001:db8::1", "2001:db8::1", 3478)]
    public void Parse_StunServer_GivesHostAndPort(string text, string host, int port) =>
        Assert.Equal(new StunAddress(host, port), StunAddress.Parse(text));

    [Theory]
    [InlineData("stun:stun.example.com")]
    [InlineData("stun.example.com:0")]
    [InlineData("a b")]
    public void Check_WrongStunServer_IsNamedAtTheField(string server) => AssertOnly(
        new RecordingFormValidator().Check(new RecordingForm { StunServer = server }), nameof(RecordingForm.StunServer), "settings.stun_invalid");

    private static PbxForm Pbx() => new() { Host = "pbx.example.com", ApiUser = "portal", ApiPassword = Secret.Mask };

    private static GdmsForm Gdms() =>
        new() { UserName = "portal", Password = Secret.Mask, ApiId = "100001", ApiSecret = Secret.Mask, DeviceMac = "001122AABBCC" };

    private static TForm With<TForm>(TForm form, Action<TForm> change)
    {
        change(form);
        return form;
    }

    private static void AssertOnly(IReadOnlyList<Error> errors, string field, string code)
    {
        var error = Assert.Single(errors);
        Assert.Equal((field, code), (error.Field, error.Code));
    }
}
