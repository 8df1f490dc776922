using System.Diagnostics;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Hub;

/// <summary>The live hub, followed by the JavaScript client in Node.</summary>
public sealed class JavaScriptClientTests(ServiceFixture fixture)
{
    private const string Client = "@microsoft/signalr@10.0.11";

    // Says each state of the account that it hears of, one a line.
    private const string Follower = """
        import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
        const [url, token, account] = process.argv.slice(2);
        const connection = new HubConnectionBuilder().withUrl(url, { accessTokenFactory: () => token }).configureLogging(LogLevel.Error).build();
        const say = rows => rows.filter(r => r.key === account).forEach(r => console.log('state ' + r.state + ' ' + r.holds.join(',')));
        connection.on('Snapshot', s => say(s.accounts));
        connection.on('Accounts', say);
        connection.on('Holds', h => console.log('holds ' + h.items.map(i => i.id).join(',')));
        connection.on('Receipts', r => console.log('receipts ' + r.holdId + ' ' + r.acknowledged + '/' + r.covered));
        await connection.start();
        await connection.invoke('Follow', ['account:' + account]);
        process.stdin.on('end', () => connection.stop().then(() => process.exit(0))).resume();
        """;

    [Fact]
    public async Task Client_SeesAHoldComeAndGo_Live()
    {
        var folder = await InstallAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "follow.mjs"), Follower);
        const string account = "x/demo_wmfs_bickenhill";
        var said = new List<string>();
        using var node = Start("node", folder, "follow.mjs", new Uri(fixture.Service.BaseAddress, "/hubs/coordination").ToString(), fixture.Token(Roles.Auditor), account);
        node.OutputDataReceived += (_, e) => Add(said, e.Data);
        node.ErrorDataReceived += (_, e) => Add(said, e.Data);
        node.BeginOutputReadLine();
        node.BeginErrorReadLine();
        try
        {
            await SaysAsync(said, "state open ");
            using var comms = fixture.As(Roles.Manager);
            var hold = await comms.HoldAsync("freeze", account);
            await SaysAsync(said, "state held " + hold.Text("id"));
            await SaysAsync(said, $"receipts {hold.Text("id")} 1/1");
            lock (said)
            {
                said.Clear();
            }

            await comms.LiftAsync(hold);
            await SaysAsync(said, "state open ");
        }
        finally
        {
            node.StandardInput.Close();
            if (!node.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                node.Kill();
            }
        }
    }

    private static void Add(List<string> said, string? line)
    {
        lock (said)
        {
            said.Add(line ?? "");
        }
    }

    private static Task<string> SaysAsync(List<string> said, string line) => Eventually.Becomes(
        () =>
        {
            lock (said)
            {
                return Task.FromResult(string.Join('\n', said));
            }
        },
        all => all.Split('\n').Contains(line, StringComparer.Ordinal),
        $"the client says '{line}'");

    // Outside the repository, once for all runs of this user.
    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"coordination-js-{Environment.UserName}");
        if (Directory.Exists(Path.Combine(folder, "node_modules", "@microsoft", "signalr")))
        {
            return folder;
        }

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"private":true,"type":"module"}""");
        try
        {
            using var npm = Start("npm", folder, "install", "--no-audit", "--no-fund", "--no-save", Client);
            var output = npm.StandardOutput.ReadToEndAsync();
            var error = await npm.StandardError.ReadToEndAsync();
            await npm.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
            if (npm.ExitCode != 0)
            {
                Assert.Skip($"SKIPPED: the JavaScript client {Client} cannot be had from npm: {error} {await output}");
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("SKIPPED: the JavaScript client needs Node.js and npm, which are not installed.");
        }

        return folder;
    }

    private static Process Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        return Process.Start(start)!;
    }
}
