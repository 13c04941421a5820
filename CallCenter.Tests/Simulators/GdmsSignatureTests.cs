using System.Text;
using CallCenter.Simulators.Gdms;

namespace CallCenter.Tests.Simulators;

public sealed class GdmsSignatureTests
{
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["timestamp"] = "1700000000000",
        ["client_secret"] = "DEMOSECRETDEMOSECRET",
        ["client_id"] = "100001",
        ["access_token"] = "11111111-2222-3333-4444-555555555555",
    };

    [Fact]
    public void HashPassword_Vector_IsDoubleHash() => Assert.Equal(
        "8b0d57fc522535ab77a3da41be7114d828cd864963ed091433f46537c2dd30eb", GdmsSignature.HashPassword("Demo-Pass#1"));

    [Fact]
    public void Sign_GetWithoutParameters_EqualsVector() => Assert.Equal(
        "b41f38d4f2460dc80d9c98018908d4ece242bcd80c8ab059ad3468100450d0db", GdmsSignature.Sign(Parameters, []));

    [Fact]
    public void Sign_GetWithOrganization_EqualsVector() => Assert.Equal(
        "8d1272745fce00f4789a47f121fe3ae02aecbcb0bdcea882a0f689bcf025cc52",
        GdmsSignature.Sign(new Dictionary<string, string>(Parameters) { ["orgId"] = "1" }, []));

    [Fact]
    public void Sign_PostWithBody_EqualsVector() => Assert.Equal(
        "65d9c070399536ce9c9f54c0b14dec370d74b877578c5057dfb33442e7e7b669",
        GdmsSignature.Sign(Parameters, """{"pageNum":1,"pageSize":20,"orgId":1}"""u8));

    [Fact]
    public void BaseString_MixedCaseKeys_SortsUpperCaseFirst() =>
        Assert.Equal("&B=2&a=1&", GdmsSignature.BaseString([new("a", "1"), new("B", "2")], []));

    [Fact]
    public void BaseString_SpecialValues_StayRaw() =>
        Assert.Equal("&q=a b&c+ü&", GdmsSignature.BaseString([new("q", "a b&c+ü")], Encoding.UTF8.GetBytes("")));
}
