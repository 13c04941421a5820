using CallCenter.Demo.Processes;

namespace CallCenter.Tests.Demo;

public sealed class UnixAccountTests
{
    private static readonly string[] Passwd =
    [
        "root:x:0:0:root:/root:/bin/bash",
        "nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin",
        "broken line",
    ];

    [Fact]
    public void Find_FirstNameMissing_TakesNext() =>
        Assert.Equal(new UnixAccount("nobody", 65534, 65533), UnixAccount.Find(Passwd, "postgres", "nobody"), (a, b) => a!.Name == b!.Name && a.UserId == b.UserId && a.GroupId == b.GroupId);

    [Fact]
    public void Find_NoneKnown_GivesNull() => Assert.Null(UnixAccount.Find(Passwd, "postgres"));

    [Fact]
    public void SetprivArguments_Account_DropsGroups() =>
        Assert.Equal(["--reuid=101", "--regid=104", "--clear-groups"], new UnixAccount("postgres", 101, 104).SetprivArguments);
}
