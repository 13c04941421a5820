namespace CallCenter.Core.Tenancy;

/// <summary>Who asks, in the current circuit, request or job. Services check permissions against it and write it to the audit log.</summary>
public interface ICaller
{
    /// <summary>The signed-in user; null for jobs and for nobody.</summary>
    Guid? UserId { get; }

    /// <summary>Name for the audit log; a job's name for jobs.</summary>
    string Name { get; }

    /// <summary>May administer the installation.</summary>
    bool IsPlatformAdministrator { get; }

    /// <summary>Role in the entered tenant; null outside a tenant and for jobs.</summary>
    TenantRole? Role { get; }

    /// <summary>Address the request came from; null for jobs.</summary>
    string? RemoteAddress { get; }

    /// <summary>Whether the caller may do <paramref name="permission"/>. False for nobody; true for jobs within their tenant.</summary>
    bool May(string permission);
}
