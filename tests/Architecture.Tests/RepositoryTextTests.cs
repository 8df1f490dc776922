using System.Text.RegularExpressions;
using Coordination.Testing;
using Xunit;

namespace Coordination.Architecture.Tests;

public sealed partial class RepositoryTextTests
{
    [Fact]
    public void NoFile_NamesAFolderOfSomebodysMachine()
    {
        var found = RepositoryFiles.Text.SelectMany(path => File.ReadLines(Repository.In(path))
            .Select((line, index) => (line, index))
            .Where(x => MachinePath().IsMatch(x.line))
            .Select(x => $"{path}:{x.index + 1}"));

        Assert.Empty(found);
    }

    [Fact]
    public void MachinePath_IsFound_WhereItStands()
    {
        Assert.Matches(MachinePath(), "cd " + "/wo" + "rk/main");
        Assert.Matches(MachinePath(), "\"/ho" + "me/somebody/x\"");
        Assert.DoesNotMatch(MachinePath(), "https://example.org/network/workers and $root/artifacts");
    }

    [Fact]
    public void NoFile_IsTooLongToReadInOneGo()
    {
        const int longest = 500;
        var code = RepositoryFiles.All.Where(x => x.EndsWith(".cs", StringComparison.Ordinal) || x.EndsWith(".razor", StringComparison.Ordinal));

        Assert.All(code, x => Assert.True(File.ReadLines(Repository.In(x)).Count() <= longest, x));
    }

    // A path from the root of the disk; part of a longer path or of an address it is something else.
    [GeneratedRegex("""(?<![\w.\-/}$)])/(work|root|Users|home/[a-z]\w*)/""", RegexOptions.None, 1000)]
    private static partial Regex MachinePath();
}
