namespace CallCenter.Web.Access;

/// <summary>A page that only callers with the permission may open; for others it does not exist. Services check again.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequirePermissionAttribute(string permission) : Attribute
{
    /// <summary>One of <see cref="Core.Tenancy.Permissions"/>.</summary>
    public string Permission { get; } = permission;
}
