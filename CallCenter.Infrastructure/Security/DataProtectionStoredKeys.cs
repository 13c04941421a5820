using System.Xml.Linq;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Security;

/// <summary>The encrypted parts of data-protection keys, for rotation of the key ring.</summary>
internal sealed class DataProtectionStoredKeys : IGlobalStoredSecrets
{
    public async Task<IReadOnlyList<StoredSecret>> FindAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var found = new List<StoredSecret>();
        foreach (var row in await db.Set<DataProtectionKey>().ToListAsync(cancellationToken))
        {
            var xml = XElement.Parse(row.Xml);
            found.AddRange(xml.Descendants(KeyRingXmlEncryptor.Element).Select(element => new StoredSecret(
                element.Value,
                KeyRingXmlEncryptor.Purpose,
                text =>
                {
                    element.Value = text;
                    row.Xml = xml.ToString(SaveOptions.DisableFormatting);
                })));
        }

        return found;
    }
}
