namespace Coordination.SystemTests.Support;

/// <summary>A service of their own for the tests that change the register of accounts, which others count on.</summary>
public sealed class ChangingService : IAsyncLifetime
{
    /// <summary>The name of the collection that shares it.</summary>
    public const string Collection = "changing";

    /// <summary>The service.</summary>
    public ServiceFixture Fixture { get; } = new();

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => Fixture.InitializeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Fixture.DisposeAsync();
}

/// <summary>Shares it.</summary>
[CollectionDefinition(ChangingService.Collection)]
public sealed class ChangingServiceCollection : ICollectionFixture<ChangingService>;
