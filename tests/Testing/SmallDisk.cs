using System.Diagnostics;
using Xunit;

namespace Coordination.Testing;

/// <summary>A disk of a few megabytes in place of a folder, which a test can fill and empty.</summary>
public sealed class SmallDisk : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Mounts one on <paramref name="folder"/>; skips the test, saying so, where that is not allowed.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="size">As mount takes it, such as <c>150m</c>.</param>
    public static SmallDisk MountOrSkip(string folder, string size)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "SKIPPED: what happens on a full disk was not tested. Needs root, to mount a small disk.");
        Assert.SkipUnless(
            Run("mount", "-t", "tmpfs", "-o", $"size={size},mode=0755", "tmpfs", folder) == 0,
            "SKIPPED: what happens on a full disk was not tested. This machine lets nobody mount a small disk (a container needs the capability SYS_ADMIN).");
        return new SmallDisk(folder);
    }

    /// <summary>Writes until not a byte is free.</summary>
    public void Fill()
    {
        var full = Assert.Throws<IOException>(() =>
        {
            using var stream = new FileStream(Filler, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[4096];
            for (var written = 0L; written < 4L * 1024 * 1024 * 1024; written += block.Length)
            {
                stream.Write(block);
            }
        });
        Assert.Contains("No space left on device", full.Message, StringComparison.Ordinal);
    }

    /// <summary>Takes away what <see cref="Fill"/> wrote.</summary>
    public void MakeRoom() => File.Delete(Filler);

    /// <summary>Unmounts it, whoever still looks at it.</summary>
    public void Dispose() => Run("umount", "--lazy", _folder);

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        Assert.True(process.WaitForExit(Patience), $"{program} hangs");
        return process.ExitCode;
    }
}
