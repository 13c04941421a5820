using System.Net;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Security;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace CallCenter.Tests.Security;

public sealed class OutboundPolicyTests
{
    private readonly INameResolver _names = Substitute.For<INameResolver>();

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("2a00:1450:4001:80b::200e")]
    [InlineData("[2a00:1450:4001:80b::200e]")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    public async Task Resolve_PublicAddress_IsAllowed(string host) => Assert.Null((await PolicyOf().ResolveAsync(host)).Error);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("0x7f000001")]
    [InlineData("2130706433")]
    [InlineData("10.0.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("168.63.129.16")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:a9fe:a9fe")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fc00::1")]
    [InlineData("ff02::1")]
    public async Task Resolve_UnlistedSpecialAddress_IsRefused(string host) =>
        Assert.Equal(TelephonyErrors.AddressNotAllowed, (await PolicyOf().ResolveAsync(host)).Error);

    [Theory]
    [InlineData("10.1.2.3", "10.0.0.0/8")]
    [InlineData("::ffff:10.1.2.3", "10.0.0.0/8")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("169.254.169.254", "169.254.0.0/16")]
    [InlineData("fd12::5", "fd00::/8")]
    public async Task Resolve_ListedRange_IsAllowed(string host, string allow) => Assert.Null((await PolicyOf(allow).ResolveAsync(host)).Error);

    [Fact]
    public async Task Resolve_NameWithOneForbiddenAddress_IsRefused()
    {
        Answer("pbx.example.com", "8.8.8.8", "10.0.0.5");

        Assert.Equal(TelephonyErrors.AddressNotAllowed, (await PolicyOf().ResolveAsync("pbx.example.com")).Error);
    }

    [Theory]
    [InlineData("pbx.example.com", "pbx.example.com")]
    [InlineData("PBX.example.com.", "*.example.com")]
    public async Task Resolve_ListedName_VouchesForPrivateAddress(string host, string allow)
    {
        Answer(host.TrimEnd('.'), "10.0.0.5");

        Assert.Null((await PolicyOf(allow).ResolveAsync(host)).Error);
    }

    [Theory]
    [InlineData("pbx.example.com", "pbx.example.com", "169.254.169.254")]
    [InlineData("example.com", "*.example.com", "10.0.0.5")]
    [InlineData("evilexample.com", "*.example.com", "10.0.0.5")]
    public async Task Resolve_ListedName_DoesNotVouchForMore(string host, string allow, string address)
    {
        Answer(host, address);

        Assert.Equal(TelephonyErrors.AddressNotAllowed, (await PolicyOf(allow).ResolveAsync(host)).Error);
    }

    [Fact]
    public async Task Resolve_UnknownName_SaysSo()
    {
        _names.ResolveAsync("nowhere.invalid", Arg.Any<CancellationToken>()).Returns(TelephonyErrors.NameNotFound);

        Assert.Equal(TelephonyErrors.NameNotFound, (await PolicyOf().ResolveAsync("nowhere.invalid")).Error);
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("https://pbx.example.com")]
    [InlineData("*")]
    public void Options_WrongEntry_IsNamed(string entry)
    {
        var result = new OutboundOptionsValidator().Validate(null, new OutboundOptions { Allow = { entry } });

        Assert.Contains(entry, result.FailureMessage, StringComparison.Ordinal);
    }

    private void Answer(string host, params string[] addresses) => _names
        .ResolveAsync(host, Arg.Any<CancellationToken>())
        .Returns(Task.FromResult<Result<IReadOnlyList<IPAddress>>>(addresses.Select(IPAddress.Parse).ToArray()));

    private OutboundPolicy PolicyOf(params string[] allow)
    {
        var options = new OutboundOptions();
        foreach (var entry in allow)
        {
            options.Allow.Add(entry);
        }

        var monitor = Substitute.For<IOptionsMonitor<OutboundOptions>>();
        monitor.CurrentValue.Returns(options);
        return new OutboundPolicy(monitor, _names);
    }
}
