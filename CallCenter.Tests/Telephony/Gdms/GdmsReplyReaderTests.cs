using System.Text;
using System.Text.Json;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Infrastructure.Telephony.Gdms;
using CallCenter.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenter.Tests.Telephony.Gdms;

public sealed class GdmsReplyReaderTests
{
    [Theory]
    [InlineData(200, """{"retCode":0,"msg":"","data":null}""", (int)GdmsReplyKind.Ok)]
    [InlineData(200, """{"retCode":"0"}""", (int)GdmsReplyKind.Ok)]
    [InlineData(200, """{"retCode":40002,"msg":"signature error"}""", (int)GdmsReplyKind.SignatureRejected)]
    [InlineData(200, """{"retCode":40003,"msg":"Timestamp error"}""", (int)GdmsReplyKind.SignatureRejected)]
    [InlineData(200, """{"retCode":40001,"msg":"access_token is invalid or expired"}""", (int)GdmsReplyKind.TokenRejected)]
    [InlineData(200, """{"retCode":40101,"msg":"no permission"}""", (int)GdmsReplyKind.NoPermission)]
    [InlineData(200, """{"retCode":50000,"msg":"whatever"}""", (int)GdmsReplyKind.Declined)]
    [InlineData(200, """{"data":{}}""", (int)GdmsReplyKind.Garbage)]
    [InlineData(200, "[]", (int)GdmsReplyKind.Garbage)]
    [InlineData(200, "<html>", (int)GdmsReplyKind.Garbage)]
    [InlineData(200, "", (int)GdmsReplyKind.Garbage)]
    [InlineData(302, "", (int)GdmsReplyKind.Garbage)]
    [InlineData(400, """{"error":"invalid_token"}""", (int)GdmsReplyKind.TokenRejected)]
    [InlineData(401, """{"error":"invalid_token","error_description":"Invalid access token: x"}""", (int)GdmsReplyKind.TokenRejected)]
    [InlineData(401, "", (int)GdmsReplyKind.TokenRejected)]
    [InlineData(401, """{"error":"invalid_signature"}""", (int)GdmsReplyKind.SignatureRejected)]
    [InlineData(403, "", (int)GdmsReplyKind.NoPermission)]
    [InlineData(404, """{"status":404}""", (int)GdmsReplyKind.Garbage)]
    [InlineData(429, "", (int)GdmsReplyKind.Throttled)]
    [InlineData(502, "<html>", (int)GdmsReplyKind.ServerError)]
    public void ReadCall_Answer_IsJudged(int status, string body, int kind) =>
        Assert.Equal((GdmsReplyKind)kind, GdmsReplyReader.ReadCall(status, Encoding.UTF8.GetBytes(body), null).Kind);

    [Theory]
    [InlineData(200, """{"access_token":"a","expires_in":3600}""", (int)GdmsReplyKind.Ok)]
    [InlineData(200, """{"expires_in":3600}""", (int)GdmsReplyKind.Garbage)]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Bad credentials"}""", (int)GdmsReplyKind.CredentialsRejected)]
    [InlineData(401, """{"error":"invalid_client"}""", (int)GdmsReplyKind.CredentialsRejected)]
    [InlineData(400, "<html>bad gateway of some proxy</html>", (int)GdmsReplyKind.Garbage)]
    [InlineData(429, "", (int)GdmsReplyKind.Throttled)]
    [InlineData(500, "", (int)GdmsReplyKind.ServerError)]
    public void ReadToken_Answer_IsJudged(int status, string body, int kind) =>
        Assert.Equal((GdmsReplyKind)kind, GdmsReplyReader.ReadToken(status, Encoding.UTF8.GetBytes(body), null).Kind);

    [Fact]
    public void Read_AnyBytes_NeverThrows() => Prop.ForAll<int, byte[], string>((status, bytes, text) =>
    {
        _ = GdmsReplyReader.ReadCall(status, bytes, null);
        _ = GdmsReplyReader.ReadToken(status, bytes, null);
        _ = GdmsReplyReader.ReadCall(200, Encoding.UTF8.GetBytes($$"""{"retCode":{{text}}"""), null);
    }).Holds(1_000);

    [Fact]
    public void Rows_AnyJson_NeverThrow() => Prop.ForAll(Json().ToArbitrary(), json =>
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        _ = GdmsRows.Pages(root);
        foreach (var row in GdmsRows.Find(root) ?? [])
        {
            _ = GdmsRows.Organization(row);
            _ = GdmsRows.Site(row);
            _ = GdmsRows.Device(row);
            _ = GdmsRows.SipAccounts(row);
        }
    }).Holds(2_000);

    [Theory]
    [InlineData("""{"data":{"result":[{"id":1}]}}""")]
    [InlineData("""{"data":[{"id":"1"}]}""")]
    [InlineData("""{"result":[{"ID":1}]}""")]
    public void Find_EveryShapeSeen_GivesTheRows(string json)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(1, GdmsRows.Organization(Assert.Single(GdmsRows.Find(document.RootElement)!))!.Id);
    }

    [Fact]
    public void Device_NamesAndTypesOfOtherVersions_AreRead()
    {
        using var document = JsonDocument.Parse("""{"mac":"c0-74-ad-00-11-22","deviceType":"UCM6301","deviceStatus":"-1","siteId":"11"}""");

        var device = GdmsRows.Device(document.RootElement)!;

        Assert.Equal(("C074AD001122", "UCM6301", GdmsDeviceStatus.Abnormal, 11L), (device.Mac, device.Model, device.Status, device.SiteId));
        Assert.Null(device.PublicAddress);
    }

    // JSON made of the API's own names with values of any kind in any place.
    private static Gen<string> Json() => Value(4);

    private static Gen<string> Value(int depth)
    {
        var scalar = Gen.Elements("null", "true", "0", "-1", "1e400", "99999999999999999999", "\"\"", "\"x\"", "\"AA:BB:CC:00:11:22\"", "\"1\"");
        if (depth == 0)
        {
            return scalar;
        }

        var name = Gen.Elements("data", "result", "id", "mac", "siteId", "status", "pages", "sipAccountList", "organization", "sn");
        var pair = name.SelectMany(n => Value(depth - 1).Select(v => $"\"{n}\":{v}"));
        return Gen.OneOf(
            scalar,
            Value(depth - 1).ListOf(2).Select(items => $"[{string.Join(',', items)}]"),
            pair.ListOf(3).Select(pairs => $"{{{string.Join(',', pairs)}}}"));
    }
}
