namespace CallCenter.Core.Settings;

/// <summary>The card "GDMS".</summary>
public sealed class GdmsForm : ISettingsForm<GdmsForm>
{
    /// <inheritdoc />
    public static IReadOnlyList<SettingsField<GdmsForm>> Fields { get; } =
    [
        new(nameof(Place), f => f.Place, (f, v) => f.Place = (GdmsPlace)v!),
        new(nameof(BaseAddress), f => f.BaseAddress, (f, v) => f.BaseAddress = (string)v!),
        new(nameof(UserName), f => f.UserName, (f, v) => f.UserName = (string)v!),
        new(nameof(Password), f => f.Password, (f, v) => f.Password = (string)v!, IsSecret: true),
        new(nameof(ApiId), f => f.ApiId, (f, v) => f.ApiId = (string)v!),
        new(nameof(ApiSecret), f => f.ApiSecret, (f, v) => f.ApiSecret = (string)v!, IsSecret: true),
        new(nameof(DeviceMac), f => f.DeviceMac, (f, v) => f.DeviceMac = (string)v!),
        new(nameof(OrganizationId), f => f.OrganizationId, (f, v) => f.OrganizationId = (string)v!),
    ];

    /// <summary>Which GDMS.</summary>
    public GdmsPlace Place { get; set; } = GdmsPlace.Global;

    /// <summary>Address of a laboratory; empty unless <see cref="GdmsPlace.Custom"/>.</summary>
    public string BaseAddress { get; set; } = "";

    /// <summary>GDMS user name.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Password, or the mask.</summary>
    public string Password { get; set; } = "";

    /// <summary>API ID, six digits.</summary>
    public string ApiId { get; set; } = "";

    /// <summary>Secret key, or the mask.</summary>
    public string ApiSecret { get; set; } = "";

    /// <summary>MAC address of the PBX.</summary>
    public string DeviceMac { get; set; } = "";

    /// <summary>Number of the organisation; empty for the account's default.</summary>
    public string OrganizationId { get; set; } = "";

    /// <inheritdoc />
    public void Normalize()
    {
        BaseAddress = Place == GdmsPlace.Custom ? BaseAddress.Trim().TrimEnd('/') : "";
        UserName = UserName.Trim();
        ApiId = ApiId.Trim();
        DeviceMac = SettingsText.Hex(DeviceMac);
        OrganizationId = OrganizationId.Trim();
    }
}
