using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Coordination.Testing;

namespace Coordination.Browser.Tests.OpenId;

/// <summary>A real OpenID Connect provider, <c>oidc-provider</c> from npm, as a process of the tests.</summary>
/// <remarks>What it needs is pinned, each package with its hash, in <c>provider/package-lock.json</c>, and lies in a cache folder outside the tree.</remarks>
internal sealed class SignInProvider : IAsyncDisposable
{
    private const string Switch = "WMFS_TEST_OIDC";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string Own = Path.Combine(AppContext.BaseDirectory, "OpenId", "provider");

    private static readonly string Cache = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "wmfs-coordinator");

    private static readonly string Folder = Path.Combine(Cache, "oidc-provider");

    private readonly Process _process;

    private SignInProvider(Process process) => _process = process;

    /// <summary>Makes it usable.</summary>
    /// <returns>Null when it is; else why these tests are skipped.</returns>
    public static async Task<string?> EnsureAsync()
    {
        if (Environment.GetEnvironmentVariable(Switch) is "0")
        {
            return $"SKIPPED: the tests against a real sign-in provider are left out, as {Switch}=0 asks.";
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            Directory.CreateDirectory(Cache);
            await using var held = await HoldAsync(patience.Token);
            return await IsWholeAsync(patience.Token) ? null : await InstallAsync(patience.Token);
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return Skipped(e is OperationCanceledException ? $"it took longer than {Patience.TotalMinutes:0} minutes." : e.Message);
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="port">Its port on this machine.</param>
    /// <param name="service">The address of the service that signs people in by it.</param>
    /// <param name="people">File with the people: what is said of each, by what they type as their name.</param>
    /// <param name="key">Name of the key that it signs with; another name is another key.</param>
    public static async Task<SignInProvider> StartAsync(int port, Uri service, string people, string key)
    {
        File.Copy(Path.Combine(Own, "provider.mjs"), Path.Combine(Folder, "provider.mjs"), overwrite: true);
        var process = Start("node", "provider.mjs", port.ToString(CultureInfo.InvariantCulture), service.GetLeftPart(UriPartial.Authority), people, key);
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        _ = process.StandardOutput.ReadToEndAsync();
        return line is not null && line.StartsWith("ready ", StringComparison.Ordinal)
            ? new SignInProvider(process)
            : throw new InvalidOperationException($"The sign-in provider did not start: {await errors}");
    }

    /// <summary>Ends it, and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string Skipped(string why) => $"SKIPPED: nothing was tested against a real sign-in provider, because it could not be installed from npm in {Folder}: {why}";

    // Two test runs on one machine: the second waits, and finds what the first has made.
    private static Task<FileStream> HoldAsync(CancellationToken cancellation) => Eventually.Becomes(
        () => Task.FromResult(new FileStream(Path.Combine(Cache, "oidc-provider.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)),
        _ => !cancellation.IsCancellationRequested,
        "nobody else installs the provider",
        Patience);

    private static async Task<bool> IsWholeAsync(CancellationToken cancellation)
    {
        var marker = Path.Combine(Folder, "installed");
        return File.Exists(marker)
            && string.Equals(await File.ReadAllTextAsync(marker, cancellation), await LockAsync(cancellation), StringComparison.Ordinal)
            && await RunAsync("node", cancellation, Trial) is null;
    }

    private static async Task<string?> InstallAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        Directory.CreateDirectory(Folder);
        foreach (var file in (string[])["package.json", "package-lock.json"])
        {
            File.Copy(Path.Combine(Own, file), Path.Combine(Folder, file));
        }

        if (await RunAsync("npm", cancellation, "ci", "--ignore-scripts", "--no-audit", "--no-fund") is { } fault)
        {
            return Skipped(fault);
        }

        if (await RunAsync("node", cancellation, Trial) is { } trouble)
        {
            return Skipped("this machine's Node.js does not run it (it wants version 22): " + trouble);
        }

        await File.WriteAllTextAsync(Path.Combine(Folder, "installed"), await LockAsync(cancellation), cancellation);
        return null;
    }

    private static readonly string[] Trial = ["--input-type=module", "--eval", "await import('oidc-provider')"];

    private static Task<string> LockAsync(CancellationToken cancellation) => File.ReadAllTextAsync(Path.Combine(Own, "package-lock.json"), cancellation);

    // Returns null, or the end of what a program said that failed.
    private static async Task<string?> RunAsync(string program, CancellationToken cancellation, params string[] arguments)
    {
        using var process = Start(program, arguments);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = await process.StandardError.ReadToEndAsync(cancellation);
            await output;
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? null : errors[^Math.Min(errors.Length, 1000)..];
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = Folder,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    }) ?? throw new Win32Exception($"{program} did not start.");
}
