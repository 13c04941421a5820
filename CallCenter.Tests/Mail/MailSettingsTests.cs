using CallCenter.Core.Audit;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Mail;

public sealed class MailSettingsTests
{
    [Fact]
    public async Task Test_AfterSaving_ArrivesAndIsAuditedWithoutThePassword()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        await fixture.SetUpMailAsync();

        var test = await WithAsync(fixture, mail => mail.TestAsync("boss@example.org"));

        Assert.Equal(new MailTest(null, "250 2.0.0 Queued"), test.Value);
        Assert.Equal("boss@example.org", Assert.Single(Assert.Single(fixture.Server.Received).Recipients));
        Assert.Contains(MailAuditActions.Tested, await fixture.Exports.Identity.ActionsAsync(AuditChain.Tenant, fixture.Tenant));
        await using var scope = fixture.Exports.Identity.As(fixture.Tenant, TenantRole.Owner);
        var log = (await scope.ServiceProvider.GetRequiredService<IAuditLog>().ReadAsync(AuditChain.Tenant, new AuditFilter(), null, 50)).Value;
        Assert.DoesNotContain("secret-of-mail", System.Text.Json.JsonSerializer.Serialize(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_ServerRefuses_SaysWhatAndWhatTheServerSaid()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        await fixture.SetUpMailAsync(change: form => form.Password = "wrong");

        var test = await WithAsync(fixture, mail => mail.TestAsync("boss@example.org"));

        Assert.Equal(new MailTest(MailErrors.WrongPassword, "535 5.7.8 Authentication credentials invalid"), test.Value);
    }

    [Fact]
    public async Task Test_AddressOutside_IsRefused()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        Assert.Equal(MailErrors.NotConfigured, (await WithAsync(fixture, mail => mail.TestAsync("boss@example.org"))).Error);

        await fixture.SetUpMailAsync();

        Assert.Equal(MailErrors.RecipientNotAllowed, (await WithAsync(fixture, mail => mail.TestAsync("eve@example.net"))).Error);
        Assert.Equal(MailErrors.AddressInvalid, (await WithAsync(fixture, mail => mail.TestAsync("eve"))).Error);
        Assert.Equal(0, fixture.Server.Connections);
    }

    [Fact]
    public async Task Save_StoredPasswordToAnotherServerOrAWeakerWay_IsAskedForAgain()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        await fixture.SetUpMailAsync();
        var card = (await WithAsync(fixture, mail => mail.GetAsync())).Value;
        Assert.Equal(Secret.Mask, card.Values.Password);

        foreach (var change in new Action<MailForm>[] { form => form.Host = "127.0.0.2", form => form.Port = 26, form => form.Tls = MailTls.None, form => form.PinnedCertificateSha256 = new string('A', 64) })
        {
            var form = SettingsForms.Copy(card.Values);
            change(form);
            Assert.Contains((await SaveAsync(fixture, form, card.Version)).Errors, error => error.Code == SettingsErrors.SecretNeededAgain.Code);
        }

        var renamed = SettingsForms.Copy(card.Values);
        renamed.FromName = "Portal";
        Assert.Empty((await SaveAsync(fixture, renamed, card.Version)).Errors);
        Assert.Null((await WithAsync(fixture, mail => mail.TestAsync("boss@example.org"))).Value.Error);
    }

    [Fact]
    public async Task Save_AddressThatThePolicyForbids_IsRefused()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        var form = fixture.MailForm();
        form.Host = "169.254.169.254";

        Assert.Equal(TelephonyErrors.AddressNotAllowed.Code, Assert.Single((await SaveAsync(fixture, form, 0)).Errors).Code);
    }

    [Fact]
    public void Save_PasswordWithoutTls_IsRefusedButOnThisMachine()
    {
        var form = new MailForm { Host = "mail.example.com", Tls = MailTls.None, UserName = "u", Password = "p", FromAddress = "a@example.com" };
        Assert.Equal(MailErrors.PasswordNeedsTls.Code, Assert.Single(new MailFormValidator().Check(form)).Code);

        form.Host = "127.0.0.1";
        Assert.Empty(new MailFormValidator().Check(form));

        (form.Host, form.UserName) = ("mail.example.com", "");
        Assert.Empty(new MailFormValidator().Check(form));
    }

    [Fact]
    public async Task Everything_WithoutThePermissionOrOfAnotherTenant_IsClosed()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        await fixture.SetUpMailAsync();
        var other = await fixture.Exports.Identity.Database.AddTenantAsync("other");

        Assert.Equal(AccessErrors.Denied, (await WithAsync(fixture, mail => mail.GetAsync(), TenantRole.Supervisor)).Error);
        Assert.Equal(AccessErrors.Denied, (await WithAsync(fixture, mail => mail.ListAsync(), TenantRole.Supervisor)).Error);
        Assert.Equal(AccessErrors.Denied, (await WithAsync(fixture, mail => mail.TestAsync("boss@example.org"), TenantRole.Manager)).Error);
        Assert.Equal(AccessErrors.Denied.Code, Assert.Single((await SaveAsync(fixture, fixture.MailForm(), 1, TenantRole.Manager)).Errors).Code);
        Assert.False((await WithAsync(fixture, mail => mail.GetAsync(), TenantRole.Admin, other)).Value.IsSetUp);
        Assert.Equal(MailErrors.NotConfigured, (await WithAsync(fixture, mail => mail.TestAsync("boss@example.org"), TenantRole.Admin, other)).Error);
    }

    private static async Task<T> WithAsync<T>(ScheduleFixture fixture, Func<IMailSettings, Task<T>> act, TenantRole role = TenantRole.Admin, TenantInfo? tenant = null)
    {
        await using var scope = fixture.Exports.Identity.As(tenant ?? fixture.Tenant, role);
        return await act(scope.ServiceProvider.GetRequiredService<IMailSettings>());
    }

    private static Task<CardSave<MailForm>> SaveAsync(ScheduleFixture fixture, MailForm form, int version, TenantRole role = TenantRole.Admin) =>
        WithAsync(fixture, mail => mail.SaveAsync(form, version), role);
}
