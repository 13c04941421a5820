using Bunit;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Mail;
using CallCenter.Web.Features.Settings;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Mail;

public sealed class MailPageTests : PortalContext
{
    private readonly IMailSettings _settings = Substitute.For<IMailSettings>();

    public MailPageTests()
    {
        Services.AddSingleton(_settings).AddScoped<FieldTexts>();
        var form = new MailForm { Host = "mail.example.com", UserName = "portal", Password = Secret.Mask, FromAddress = "portal@example.com" };
        _settings.GetAsync(default).ReturnsForAnyArgs(new SettingsCard<MailForm>(form, 1, Now, "Mona"));
        Answer();
    }

    [Fact]
    public void Card_Stored_NeverShowsThePassword()
    {
        EnterAs(TenantRole.Admin);

        var page = Open();

        Assert.Contains("mail.example.com:587", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("input[type=password]"));
    }

    [Fact]
    public void Page_Failed_SaysSo()
    {
        EnterAs(TenantRole.Admin);
        _settings.ListAsync(default).ReturnsForAnyArgs(AccessErrors.Denied);

        Assert.NotEmpty(Open().FindAll(".failed"));
    }

    [Fact]
    public void Test_ServerRefuses_SaysWhatToDoAndWhatTheServerSaid()
    {
        EnterAs(TenantRole.Admin);
        _settings.TestAsync(default!, default).ReturnsForAnyArgs(new MailTest(MailErrors.WrongPassword, "535 5.7.8 Authentication credentials invalid"));
        var page = Open();

        page.Find("#mail-test-to").Input("mona@example.com");
        page.Find(".mail-test form").Submit();

        var said = page.Find(".mail-test [role=status]").TextContent;
        Assert.Contains("does not accept the user name and password", said, StringComparison.Ordinal);
        Assert.Contains("535 5.7.8", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_AddressNotAllowed_IsSaidAtTheField()
    {
        EnterAs(TenantRole.Admin);
        _settings.TestAsync(default!, default).ReturnsForAnyArgs(MailErrors.RecipientNotAllowed);
        var page = Open();

        page.Find("#mail-test-to").Input("eve@example.net");
        page.Find(".mail-test form").Submit();

        Assert.Contains("mail settings allow", page.Find("#mail-test-to-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void List_FailedMail_ShowsWhyAndTheServersWords()
    {
        EnterAs(TenantRole.Manager);
        Answer(new MailRow(Guid.NewGuid(), "boss@example.org", "Each morning", MailState.Failed, 1, Now, MailErrors.RecipientRejected.Code, "550 5.1.1 User unknown", Now, Now));

        var page = Open();

        Assert.Contains("550 5.1.1 User unknown", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".mail-test"));
        Assert.Empty(page.FindAll(".settings-card button"));
    }

    [Fact]
    public void SendAgain_FailedMail_IsOnItsWayOrSaysWhyNot()
    {
        EnterAs(TenantRole.Admin);
        var failed = new MailRow(Guid.NewGuid(), "boss@example.org", "Each morning", MailState.Failed, 1, Now, MailErrors.RecipientRejected.Code, "550", Now, Now);
        Answer(failed, failed with { Id = Guid.NewGuid(), State = MailState.Sent, Failure = "" });
        _settings.SendAgainAsync(failed.Id, Arg.Any<CancellationToken>()).Returns((Result)MailErrors.NothingToSend, Result.Success);
        var page = Open();

        page.Find("[data-mail-again]").Click();
        Answer(failed with { State = MailState.Waiting });
        page.Find("[data-mail-again]").Click();

        Assert.Empty(page.FindAll("[data-mail-again]"));
        Assert.Equal(
            ["The report of this mail is gone. Let the schedule run again.", "The mail is on its way again."],
            Services.GetRequiredService<Web.Shared.Toasts>().Shown.Select(toast => toast.Text));
    }

    private void Answer(params MailRow[] rows) => _settings.ListAsync(default).ReturnsForAnyArgs(Ok<MailRow>(rows));

    private static Result<IReadOnlyList<T>> Ok<T>(T[] rows) => rows;

    private IRenderedComponent<MailPage> Open() => Render<MailPage>(page => page.Add(p => p.Slug, "riyadh"));
}
