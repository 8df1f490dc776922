namespace Coordination.Testing;

/// <summary>A folder that is gone at the end. Any user of the machine may enter it, as the database's user must.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes a folder whose name begins with <paramref name="prefix"/>.</summary>
    public TemporaryFolder(string prefix)
    {
        Path = Directory.CreateTempSubdirectory("coordination-" + prefix + "-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    public string Path { get; }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
