using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Coordination.Storage.Secrets;
using Coordination.Testing;

namespace Coordination.Storage.Tests.Secrets;

/// <summary>Certificates in files, as an operator has them.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly TemporaryFolder _folder = new("certificates");

    public string Path(string name) => System.IO.Path.Combine(_folder.Path, name);

    /// <summary>A PEM file with certificate and key.</summary>
    public SecretsOptions Pem(string name, params SecretsOptions[] former)
    {
        if (!File.Exists(Path(name)))
        {
            using var key = RSA.Create(2048);
            using var certificate = Make(key);
            File.WriteAllText(Path(name), certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        }

        return new SecretsOptions { Certificate = Path(name), Former = [.. former] };
    }

    public static X509Certificate2 Make(RSA key) =>
        new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));

    public void Dispose() => _folder.Dispose();
}
