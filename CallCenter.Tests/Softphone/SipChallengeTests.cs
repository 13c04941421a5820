using System.Text;
using CallCenter.Infrastructure.Softphone;

namespace CallCenter.Tests.Softphone;

public sealed class SipChallengeTests
{
    [Theory]
    [InlineData("Digest realm=\"grandstream\",nonce=\"1\"", "grandstream")]
    [InlineData("digest  nonce=\"a,b=c\", Realm=\"two, words\" , algorithm=MD5", "two, words")]
    [InlineData("Digest realm=\"a \\\"quoted\\\" one\", algorithm=\"md5\"", "a \"quoted\" one")]
    [InlineData("Digest realm=plain,nonce=1", "plain")]
    [InlineData("Digest realm=\"x\", algorithm=SHA-256", null)]
    [InlineData("Bearer realm=\"x\"", null)]
    [InlineData("Digest", null)]
    [InlineData("Digest nonce=\"1", null)]
    public void RealmOf_Challenges_IsThatOfMd5(string challenge, string? realm) => Assert.Equal(realm, SipChallenge.RealmOf(challenge));

    [Fact]
    public void Read_AnswerToThisRequest_TakesTheFirstMd5Challenge()
    {
        var challenge = new SipChallenge("pbx.example.test", "1001");
        var callId = Encoding.UTF8.GetString(challenge.Compose()).Split("\r\n").Single(line => line.StartsWith("Call-ID: ", StringComparison.Ordinal));

        var answer = challenge.Read(Encoding.UTF8.GetBytes(
            $"SIP/2.0 401 Unauthorized\r\n{callId}\r\nWWW-Authenticate: Digest realm=\"sha\", algorithm=SHA-256\r\n"
            + "WWW-Authenticate: Digest realm=\"grandstream\"\r\nServer: UCM6304\u0007\r\n\r\n"));

        Assert.Equal(new SipChallenge.Answer(401, "grandstream", "UCM6304"), answer);
    }

    [Theory]
    [InlineData("\r\n\r\n")]
    [InlineData("")]
    [InlineData("SIP/2.0 401 Unauthorized\r\nCall-ID: other\r\n\r\n")]
    [InlineData("SIP/2.0 100 Trying\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\n\r\n")]
    [InlineData("hello")]
    public void Read_AnythingElse_IsNoAnswer(string frame) => Assert.Null(new SipChallenge("a", "b").Read(Encoding.UTF8.GetBytes(frame)));
}
