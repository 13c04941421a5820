using System.Xml.Linq;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Security;

/// <summary>Keeps the keys of cookies and antiforgery tokens in the database, so that every node can read every cookie.</summary>
internal sealed class DataProtectionKeyRepository(ContextOptions contexts, TimeProvider time) : IXmlRepository
{
    // The interface knows no async; it is called at the first cookie and once a day after that.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.Create(new ScopeContext());
        return [.. db.Set<DataProtectionKey>().AsNoTracking().OrderBy(k => k.CreatedAtUtc).Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = contexts.Create(new ScopeContext());
        db.Add(new DataProtectionKey
        {
            FriendlyName = friendlyName,
            Xml = element.ToString(SaveOptions.DisableFormatting),
            CreatedAtUtc = time.GetUtcNow().UtcDateTime,
        });
        db.SaveChanges();
    }
}
