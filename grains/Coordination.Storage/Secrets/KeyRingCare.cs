using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Coordination.Storage.Secrets;

/// <summary>One key of the ring.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="MadeAt">When it was made (UTC).</param>
/// <param name="ByCurrent">Whether the current certificate encrypts it.</param>
public sealed record RingKey(string Name, DateTimeOffset MadeAt, bool ByCurrent);

/// <summary>Looks after the key ring by hand: which certificate encrypts what, and how one takes another's place.</summary>
public sealed class KeyRingCare(SecretsOptions options, CoordinationDatabase database, TimeProvider time)
{
    // What the library writes around what it has encrypted.
    private static readonly XName Secret = XNamespace.Get("http://schemas.asp.net/2015/03/dataProtection") + "encryptedSecret";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>All keys, the oldest first.</summary>
    public async Task<IReadOnlyList<RingKey>> KeysAsync(CancellationToken cancellationToken)
    {
        using var current = options.Load();
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Name, string Xml, DateTime MadeAt)>(
            new CommandDefinition("select name, xml, made_at from key_ring order by id", cancellationToken: cancellationToken));
        return [.. rows.Select(r => new RingKey(r.Name, r.MadeAt, IsBy(current, XElement.Parse(r.Xml))))];
    }

    /// <summary>Encrypts every key with the current certificate that a former one encrypts. The keys stay what they are, so nothing else changes.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="CryptographicException">A key can be opened with none of the certificates; nothing was changed.</exception>
    public async Task<int> RewrapAsync(CancellationToken cancellationToken)
    {
        using var current = options.Load();
        using var ring = Ring();
        var decryptor = new EncryptedXmlDecryptor(ring);
        var encryptor = new CertificateXmlEncryptor(current, NullLoggerFactory.Instance);
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("select key_ring_lock()");
        var rewrapped = 0;
        foreach (var (id, xml) in (await connection.QueryAsync<(long, string)>("select id, xml from key_ring order by id for update")).AsList())
        {
            var key = XElement.Parse(xml);
            if (IsBy(current, key))
            {
                continue;
            }

            var secrets = key.Descendants(Secret).ToList();
            if (secrets.Count == 0)
            {
                throw new CryptographicException("A key of the ring has no part that could be encrypted anew.");
            }

            foreach (var secret in secrets)
            {
                var sealedAgain = encryptor.Encrypt(decryptor.Decrypt(secret.Elements().Single()));
                secret.ReplaceNodes(sealedAgain.EncryptedElement);
                secret.SetAttributeValue("decryptorType", sealedAgain.DecryptorType.AssemblyQualifiedName);
            }

            await connection.ExecuteAsync("update key_ring set xml = @xml where id = @id", new { id, xml = key.ToString(SaveOptions.DisableFormatting) });
            rewrapped++;
        }

        await connection.ExecuteAsync("select record_secrets('secrets-rewrapped', jsonb_build_object('keys', @rewrapped, 'thumbprint', @print)::text)", new { rewrapped, print = current.Thumbprint });
        await transaction.CommitAsync(cancellationToken);
        return rewrapped;
    }

    /// <summary>Makes a new key that counts at once. Hosts that run know of it when they start again.</summary>
    public async Task NewKeyAsync(CancellationToken cancellationToken)
    {
        using var ring = Ring();
        var now = time.GetUtcNow();
        var key = ring.GetRequiredService<IKeyManager>().CreateNewKey(now, now + Lifetime);
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "select record_secrets('secrets-new-key', jsonb_build_object('key', @key)::text)",
            new { key = key.KeyId.ToString("D", CultureInfo.InvariantCulture) },
            cancellationToken: cancellationToken));
    }

    // What the library writes beside what it encrypts: the certificate itself.
    private static bool IsBy(X509Certificate2 certificate, XElement key)
    {
        var named = key.Descendants().Where(e => string.Equals(e.Name.LocalName, "X509Certificate", StringComparison.Ordinal)).ToList();
        return named.TrueForAll(e => string.Equals(e.Value.Trim(), Convert.ToBase64String(certificate.RawData), StringComparison.Ordinal));
    }

    private ServiceProvider Ring()
    {
        var services = new ServiceCollection();
        services.AddSingleton(database);
        services.AddDataProtection().SetApplicationName(SecretsServices.Application).AddKeyRing(options);
        return services.BuildServiceProvider();
    }
}
