using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Coordination.Storage.Secrets;

/// <summary>Where a certificate with its RSA key lies: a PEM file, or a PKCS#12 file. It need not be signed by anybody, and its dates do not count.</summary>
public class SecretCertificate
{
    private const int ShortestKey = 2048;

    /// <summary>The file: PEM (the key in the same file, or in <see cref="CertificateKey"/>), or PKCS#12 by its ending <c>.pfx</c> or <c>.p12</c>.</summary>
    public string? Certificate { get; set; }

    /// <summary>A PEM file with the key, if it is not in the certificate's. Default: none.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>A file with the password of a PKCS#12 file, in its first line. Default: none, no password.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Reads it.</summary>
    /// <exception cref="CryptographicException">It cannot be read as one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public X509Certificate2 Load()
    {
        var path = Certificate ?? "";
        if (Path.GetExtension(path).ToUpperInvariant() is ".PFX" or ".P12")
        {
            var password = PasswordFile is { Length: > 0 } file ? File.ReadLines(file).FirstOrDefault() : null;
            return X509CertificateLoader.LoadPkcs12FromFile(path, password);
        }

        return X509Certificate2.CreateFromPemFile(path, string.IsNullOrWhiteSpace(CertificateKey) ? null : CertificateKey);
    }

    /// <summary>What is wrong with it, in words that tell no secret; null for nothing.</summary>
    /// <param name="name">What it is called in the settings.</param>
    internal string? Fault(string name)
    {
        try
        {
            using var certificate = Load();
            using var key = certificate.GetRSAPrivateKey();
            return key is { KeySize: >= ShortestKey }
                ? null
                : $"{name}:Certificate has no RSA key of at least {ShortestKey} bits with it. Give the certificate together with its private key.";
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"{name}:Certificate cannot be read: {exception.Message.TrimEnd('.')}. It is a PEM file with certificate and key, or a PKCS#12 file with its password in {name}:PasswordFile.";
        }
    }
}
