using System.Text;
using Coordination.Testing;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>A text that is kept in the repository: a change to it must be seen. With WRITE_GOLDEN=1 the files are written anew, for review.</summary>
internal static class GoldenFile
{
    public static void Matches(string name, string actual)
    {
        var path = Repository.In("tests", "Grains.Tests", "Golden", name);
        var text = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("WRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }
}
