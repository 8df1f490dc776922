using Xunit;

namespace Coordination.Domain.Tests.Incidents;

/// <summary>The data folder that stands beside the project on machines that have it.</summary>
internal static class SharedData
{
    /// <summary>The path of a file or folder in it; skips the test where there is none.</summary>
    public static string Path(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "shared", "DESIGN.md")))
            {
                return System.IO.Path.Combine([folder.FullName, "shared", "data", .. parts]);
            }
        }

        Assert.Skip("No folder ../shared with the reference data beside this project: the comparison with it was not made.");
        return string.Empty;
    }
}
