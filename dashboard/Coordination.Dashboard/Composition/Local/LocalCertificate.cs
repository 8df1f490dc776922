using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Coordination.Dashboard.Composition.Local;

/// <summary>The certificate of a local start, which protects its keys in the database: made once, in a file that only its owner may read.</summary>
internal static class LocalCertificate
{
    // Whoever has it can open what it protects; nobody else has to trust it, and its dates do not count.
    private const int Bits = 3072;

    /// <summary>Makes the file when there is none.</summary>
    public static async Task EnsureAsync(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        using var key = RSA.Create(Bits);
        var request = new CertificateRequest("CN=WMFS Coordinator on this machine", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(150));
        await LocalSecrets.WriteAsync(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
