using CallCenter.Infrastructure.Telephony.Gdms;

namespace CallCenter.Tests.Telephony.Gdms;

public sealed class GdmsSignerTests
{
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["access_token"] = "11111111-2222-3333-4444-555555555555",
        ["client_id"] = "100001",
        ["client_secret"] = "DEMOSECRETDEMOSECRET",
        ["timestamp"] = "1700000000000",
    };

    [Fact]
    public void HashPassword_Vector_IsDoubleHash() => Assert.Equal(
        "8b0d57fc522535ab77a3da41be7114d828cd864963ed091433f46537c2dd30eb", GdmsSigner.HashPassword("Demo-Pass#1"));

    [Fact]
    public void Sign_GetWithoutParameters_EqualsVector() => Assert.Equal(
        "b41f38d4f2460dc80d9c98018908d4ece242bcd80c8ab059ad3468100450d0db", GdmsSigner.Sign(Parameters, []));

    [Fact]
    public void Sign_GetWithOrganization_EqualsVector() => Assert.Equal(
        "8d1272745fce00f4789a47f121fe3ae02aecbcb0bdcea882a0f689bcf025cc52",
        GdmsSigner.Sign(new Dictionary<string, string>(Parameters) { ["orgId"] = "1" }, []));

    [Fact]
    public void Sign_PostWithBody_EqualsVector() => Assert.Equal(
        "65d9c070399536ce9c9f54c0b14dec370d74b877578c5057dfb33442e7e7b669",
        GdmsSigner.Sign(Parameters, """{"pageNum":1,"pageSize":20,"orgId":1}"""u8));
}
