using System.Text.RegularExpressions;
using Coordination.Testing;
using Xunit;

namespace Coordination.Architecture.Tests;

/// <summary>Where a document says which test holds something, that test is there.</summary>
public sealed partial class NamedTestsTests
{
    [Theory]
    [InlineData("security.md", 20)]
    [InlineData("order.md", 20)]
    [InlineData("asvs.md", 60)]
    public void Tests_ThatADocumentNames_Exist(string document, int atLeast)
    {
        var named = Named().Matches(File.ReadAllText(Repository.In("docs", document))).Select(m => m.Groups["test"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(named.Count >= atLeast, $"{named.Count} were found.");
        Assert.All(named, name => Assert.True(
            Directory.Exists(Repository.In("tests", name)) || File.Exists(Repository.In("tests", name + ".cs")), $"{document} names {name}, and there is no such test."));
    }

    [GeneratedRegex("`(?<test>[A-Z][a-z]+\\.Tests(/\\w+)*)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
