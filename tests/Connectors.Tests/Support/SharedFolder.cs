using Xunit;

namespace Connectors.Tests.Support;

/// <summary>Published descriptions, which stand outside the repository.</summary>
internal static class SharedFolder
{
    /// <summary>The path of a file there; skips the test when there is no such folder.</summary>
    public static string File(params string[] parts)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(at.FullName, "shared", "DESIGN.md")))
            {
                return Path.Combine([at.FullName, "shared", .. parts]);
            }
        }

        Assert.Skip($"{parts[^1]} is not here: no folder above the tests holds shared/DESIGN.md.");
        return "";
    }
}
