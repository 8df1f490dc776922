using System.Security.Cryptography;
using Coordination.Storage.Secrets;
using Xunit;

namespace Coordination.Storage.Tests.Secrets;

public sealed class SecretsOptionsTests
{
    [Fact]
    public void None_IsAllowed_AndOneIsRead_FromPemOrPkcs12()
    {
        using var files = new Certificates();
        Assert.Empty(new SecretsOptions().Validate());
        Assert.False(new SecretsOptions().IsSet);
        Assert.Empty(files.Pem("a.pem").Validate());

        using var key = RSA.Create(2048);
        using var certificate = Certificates.Make(key);
        File.WriteAllBytes(files.Path("b.pfx"), certificate.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs12, "open sesame"));
        File.WriteAllText(files.Path("password"), "open sesame\n");
        Assert.Empty(new SecretsOptions { Certificate = files.Path("b.pfx"), PasswordFile = files.Path("password") }.Validate());
        Assert.Empty(files.Pem("a.pem", new SecretsOptions { Certificate = files.Path("b.pfx"), PasswordFile = files.Path("password") }).Validate());
    }

    [Fact]
    public void WhatCannotProtectAnything_IsNamed_WithoutASecret()
    {
        using var files = new Certificates();
        using var weak = RSA.Create(1024);
        using var certificate = Certificates.Make(weak);
        File.WriteAllText(files.Path("weak.pem"), certificate.ExportCertificatePem() + "\n" + weak.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(files.Path("keyless.pem"), certificate.ExportCertificatePem());
        File.WriteAllBytes(files.Path("locked.pfx"), certificate.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs12, "open sesame"));
        File.WriteAllText(files.Path("wrong"), "abracadabra");

        foreach (var odd in (SecretsOptions[])
        [
            new() { Certificate = files.Path("none.pem") }, new() { Certificate = files.Path("weak.pem") }, new() { Certificate = files.Path("keyless.pem") },
            new() { Certificate = files.Path("locked.pfx"), PasswordFile = files.Path("wrong") }, new() { Certificate = files.Path("wrong") },
        ])
        {
            var fault = Assert.Single(odd.Validate());
            Assert.StartsWith("Secrets:Certificate ", fault, StringComparison.Ordinal);
            Assert.DoesNotContain("abracadabra", fault, StringComparison.Ordinal);
            Assert.StartsWith("Secrets:Former:0:Certificate ", Assert.Single(files.Pem("a.pem", odd).Validate()), StringComparison.Ordinal);
        }

        Assert.Contains("none that takes their place", Assert.Single(new SecretsOptions { Former = [files.Pem("a.pem")] }.Validate()), StringComparison.Ordinal);
    }
}
