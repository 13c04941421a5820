using Bunit;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Tests.Support;
using CallCenter.Web.Shared;

namespace CallCenter.Tests.Shared;

public sealed class FieldTests : PortalContext
{
    [Fact]
    public void TextField_Error_IsTiedToTheControl()
    {
        var field = Render<TextField>(p => p.Add(f => f.Name, "host").Add(f => f.Label, "Host").Add(f => f.Help, "A name").Add(f => f.Error, IdentityErrors.EmailFormat));

        var input = field.Find("input");
        Assert.Equal("host-error host-help", input.GetAttribute("aria-describedby"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("host", field.Find("label").GetAttribute("for"));
        Assert.Contains("not an e-mail", field.Find("#host-error[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void TextField_NoError_IsNotInvalid()
    {
        var field = Render<TextField>(p => p.Add(f => f.Name, "host").Add(f => f.Label, "Host"));

        Assert.False(field.Find("input").HasAttribute("aria-invalid"));
        Assert.False(field.Find("input").HasAttribute("aria-describedby"));
    }

    [Fact]
    public void NumberField_NotANumber_KeepsTextAndSaysSo()
    {
        int? value = 8089;
        var field = Render<NumberField>(p => p.Add(f => f.Name, "port").Add(f => f.Label, "Port").Bind(f => f.Value, value, v => value = v));

        field.Find("input").Input("80x");

        Assert.Null(value);
        Assert.Equal("80x", field.Find("input").GetAttribute("value"));
        Assert.NotNull(field.Find("[role=alert]"));
    }

    [Fact]
    public void NumberField_ArabicDigits_AreDigits()
    {
        int? value = null;
        var field = Render<NumberField>(p => p.Add(f => f.Name, "port").Add(f => f.Label, "Port").Bind(f => f.Value, value, v => value = v));

        field.Find("input").Input("٨٠٨٩");

        Assert.Equal(8089, value);
    }

    [Fact]
    public void SecretField_FocusAndLeave_KeepsTheStoredOne()
    {
        var field = Render<BoundSecret>();

        field.Find("input").Focus();
        Assert.Equal("", field.Instance.Value);
        field.Find("input").Blur();

        Assert.Equal(Secret.Mask, field.Instance.Value);
    }

    [Fact]
    public void SecretField_TypedAndEmptied_ClearsTheStoredOne()
    {
        var field = Render<BoundSecret>();

        field.Find("input").Focus();
        field.Find("input").Input("x");
        field.Find("input").Input("");
        field.Find("input").Blur();

        Assert.Equal("", field.Instance.Value);
    }

    [Fact]
    public void SecretField_Mask_CannotBeShown()
    {
        var field = Render<SecretField>(p => p.Add(f => f.Name, "password").Add(f => f.Label, "Password").Add(f => f.Value, Secret.Mask));

        Assert.True(field.Find("button").HasAttribute("disabled"));
        Assert.Equal("password", field.Find("input").GetAttribute("type"));
        Assert.True(field.Find("input").HasAttribute("data-no-keep"));
    }

    [Fact]
    public void FieldErrors_ByField_StandAtTheField()
    {
        var errors = new FieldErrors();

        Assert.False(errors.Take(IdentityErrors.EmailFormat));
        Assert.Equal(IdentityErrors.EmailFormat, errors["email"]);
        Assert.Null(errors.General);
        Assert.False(errors.Take(IdentityErrors.LastOwner));
        Assert.Equal(IdentityErrors.LastOwner, errors.General);
        Assert.Null(errors["email"]);
        Assert.True(errors.Take(null));
        Assert.False(errors.Any);
    }
}
