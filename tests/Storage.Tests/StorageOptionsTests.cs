using Xunit;

namespace Coordination.Storage.Tests;

/// <summary>What the host refuses to start with.</summary>
public sealed class StorageOptionsTests
{
    [Theory]
    [InlineData("Host=127.0.0.1;Port=5432;Username=a;Password=s3cret", null)]
    [InlineData("Host=localhost;Username=a", null)]
    [InlineData("Host=::1;Username=a", null)]
    [InlineData("Host=/var/run/postgresql;Username=a", null)]
    [InlineData("Host=127.0.0.1:5432,localhost:5433;Username=a", null)]
    [InlineData("Host=db;Username=a;SSL Mode=VerifyCA", null)]
    [InlineData("Host=db;Username=a;SSL Mode=Require", "does not ask for TLS")]
    [InlineData("Host=db;Username=a;SSL Mode=VerifyFull", null)]
    [InlineData("Host=db;Username=a;Password=s3cret", "does not ask for TLS")]
    [InlineData("Host=db;Username=a;SSL Mode=Prefer", "does not ask for TLS")]
    [InlineData("Host=db;Username=a;SSL Mode=Disable", "does not ask for TLS")]
    [InlineData("Host=127.0.0.1,db;Username=a", "does not ask for TLS")]
    [InlineData("Host=10.0.0.7;Username=a", "does not ask for TLS")]
    [InlineData("Host=localhost.attacker.test;Username=a", "does not ask for TLS")]
    [InlineData("Host=db;Nonsense=1;Password=s3cret", "cannot be read")]
    [InlineData("", "is missing")]
    public void ConnectionString_ReachesAnotherMachineOverTlsAlone(string connection, string? fault)
    {
        var faults = string.Join(' ', new StorageOptions { ConnectionString = connection }.Validate());
        Assert.Equal(fault is null, faults.Length == 0);
        Assert.Contains(fault ?? "", faults, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", faults, StringComparison.Ordinal);
    }
}
