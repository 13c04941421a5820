using CallCenter.Demo;

namespace CallCenter.Tests.Demo;

public sealed class DemoOptionsTests
{
    [Fact]
    public void Parse_Nothing_GivesDefaults()
    {
        var (options, problem) = DemoOptions.Parse([]);

        Assert.Null(problem);
        Assert.Equal(new DemoOptions { Port = 5080, Days = 365, StartPortal = true }, options);
    }

    [Fact]
    public void Parse_Everything_IsTaken()
    {
        var (options, _) = DemoOptions.Parse(["--port", "6001", "--reset", "--no-portal", "--days", "7", "--data", "/somewhere", "--media", "192.0.2.7"]);

        Assert.Equal(new DemoOptions { Port = 6001, Reset = true, StartPortal = false, Days = 7, DataDirectory = Path.GetFullPath("/somewhere"), MediaAddress = System.Net.IPAddress.Parse("192.0.2.7") }, options);
    }

    [Theory]
    [InlineData("--port", "--port needs a value.")]
    [InlineData("--port 0", "--port 0: a port is a number from 1 to 65535.")]
    [InlineData("--port -1", "--port -1: a port is a number from 1 to 65535.")]
    [InlineData("--port 65536", "--port 65536: a port is a number from 1 to 65535.")]
    [InlineData("--days x", "--days x: days are a number from 1 to 3650.")]
    [InlineData("--media here", "--media here: an IPv4 address of this machine is wanted.")]
    [InlineData("--prot 5", "Unknown option --prot.")]
    public void Parse_WrongArguments_SaysWhatIsWrong(string arguments, string expected)
    {
        var (options, problem) = DemoOptions.Parse(arguments.Split(' '));

        Assert.Null(options);
        Assert.Equal(expected, problem);
    }
}
