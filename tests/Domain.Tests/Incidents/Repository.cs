namespace Coordination.Domain.Tests.Incidents;

/// <summary>Files of this repository.</summary>
internal static class Repository
{
    /// <summary>The path of a file in it.</summary>
    public static string Path(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "WmfsSmCoordinator.sln")))
            {
                return System.IO.Path.Combine([folder.FullName, .. parts]);
            }
        }

        throw new DirectoryNotFoundException($"No WmfsSmCoordinator.sln above {AppContext.BaseDirectory}.");
    }
}
