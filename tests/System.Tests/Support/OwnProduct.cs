namespace Coordination.SystemTests.Support;

/// <summary>Names the tests that start products of their own: they wait more than they work, and change nothing of the one that all others share.</summary>
internal static class OwnProduct
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Own product";
}
