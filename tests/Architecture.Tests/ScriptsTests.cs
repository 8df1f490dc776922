using System.Diagnostics;
using System.Globalization;
using Coordination.Testing;
using Xunit;

namespace Coordination.Architecture.Tests;

public sealed class ScriptsTests
{
    [Theory]
    [InlineData("run", "--port", "--data", "--silos", "--connection", "--no-demo")]
    [InlineData("test", "--all", "FILTER", "WMFS_TEST_PDS")]
    public async Task Help_NamesEveryArgument(string script, params string[] expected)
    {
        var (code, output, _) = await RunAsync(script, "--help");

        Assert.Equal(0, code);
        Assert.All(expected, x => Assert.Contains(x, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("run", "--port must be a whole number from 1 to 65535, not 'eighty'", "--port", "eighty")]
    [InlineData("run", "--port must be a whole number from 1 to 65535, not '0'", "--port=0")]
    [InlineData("run", "--port must be a whole number from 1 to 65535, not '65536'", "--port", "65536")]
    [InlineData("run", "--port must be a whole number from 1 to 65535, not '-1'", "--port", "-1")]
    [InlineData("run", "--port needs a value", "--port")]
    [InlineData("run", "--silos must be a whole number from 1 to 16, not '0'", "--silos", "0")]
    [InlineData("run", "--silos must be a whole number from 1 to 16, not '1.5'", "--silos=1.5")]
    [InlineData("run", "--data needs a value", "--data", "")]
    [InlineData("run", "--connection needs a value", "--connection=")]
    [InlineData("run", "Unknown argument '--prot'", "--prot", "80")]
    [InlineData("test", "Unknown argument '--al'", "--al")]
    public async Task WrongArgument_IsExplainedInOneLine_BeforeAnythingStarts(string script, string expected, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(script, arguments);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Run_SaysThatThePortIsTaken_BeforeAnythingIsBuilt()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var (code, _, error) = await RunAsync("run", "--port", port);

        Assert.Equal(1, code);
        Assert.Equal($"Port {port} is in use by another program: choose another with --port.", error.Trim());
    }

    [Fact]
    public void Scripts_CanBeStarted()
    {
        foreach (var script in (string[])["run", "test", "bench", ".ci/run"])
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Repository.In(script)).HasFlag(UnixFileMode.UserExecute), script);
            Assert.StartsWith("#!/usr/bin/env bash\n", RepositoryFiles.Read(script), StringComparison.Ordinal);
            Assert.Contains("set -euo pipefail", RepositoryFiles.Read(script), StringComparison.Ordinal);
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string script, params string[] arguments)
    {
        // From another folder: where a script is started must not matter.
        var start = new ProcessStartInfo(Repository.In(script), arguments)
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
