using System.Xml.Linq;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Security;

/// <summary>Encrypts the secret part of data-protection keys with the key ring, so that a copy of the database forges no cookie.</summary>
internal sealed class KeyRingXmlEncryptor(ISecretProtector secrets) : IXmlEncryptor
{
    /// <summary>Global, so bound to no tenant.</summary>
    public static readonly SecretPurpose Purpose = new(Guid.Empty, "DataProtectionKeys.Xml");

    /// <summary>Element that holds the encrypted text.</summary>
    public const string Element = "keyRing";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement(Element, secrets.Protect(new Secret(plaintextElement.ToString(SaveOptions.DisableFormatting)), Purpose)),
        typeof(KeyRingXmlDecryptor));
}

/// <summary>Made by data protection itself from the type name in the stored XML: do not rename or move it.</summary>
internal sealed class KeyRingXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var opened = services.GetRequiredService<ISecretProtector>().Unprotect(encryptedElement.Value, KeyRingXmlEncryptor.Purpose);
        return opened.Succeeded
            ? XElement.Parse(opened.Value.Reveal())
            : throw new InvalidOperationException($"A data-protection key cannot be read: {opened.Error!.Code}. See Secrets:Keys.");
    }
}
