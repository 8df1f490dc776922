using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Coordination.Storage.Embedded;
using Coordination.SystemTests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordination.SystemTests.Faults;

/// <summary>Sign-ins that are set in the service, in a host as in production: its platform is the sandbox network of another product, reached like any server.</summary>
[Collection(OwnProduct.Name)]
public sealed class StoredSignInTests(ServiceFixture fixture)
{
    private const string Account = "mastodon/demo_wmfs_bournbrook";
    private const string Route = "/api/accounts/" + Account + "/sign-in";
    private const string Wrong = "a-token-that-nobody-has-4711";

    [Fact]
    public async Task ASignIn_IsSet_Used_Replaced_NeverRead_AndNotRepeatedByAnother()
    {
        using var folder = new TemporaryFolder("stored-sign-in");
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = Path.Combine(folder.Path, "db") }, NullLogger.Instance);
        var tokens = await SeedAsync(folder.Path, postgres.ConnectionString);
        var (former, next) = (Certificate(folder.Path, "former.pem"), Certificate(folder.Path, "next.pem"));
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        var output = new List<string>();
        using var host = StartHost(address, postgres.ConnectionString, former, sandbox.Address, output);
        try
        {
            using var comms = new ApiClient(address, tokens[Roles.Manager], asksAgain: true);
            await Eventually.Becomes(async () => await IsReadyAsync(comms), "the host is ready", TimeSpan.FromSeconds(60));
            await RefusesAsync(comms, sandbox);

            // A wrong one is found out at once, its replacement works, and the next post goes by it.
            await SetAsync(comms, sandbox, Wrong);
            await StateAsync(comms, "refused");
            await SetAsync(comms, sandbox, sandbox.TokenOf(Account));
            await StateAsync(comms, "works");
            await PublishAsync(comms, "Test your smoke alarm today.", "published");

            // The call breaks off, and the sign-in is changed before anybody finds out what became of it.
            await sandbox.MisbehaveAsync(Account, "reset", 1);
            var open = await PublishAsync(comms, "Keep doors shut at night.", null);
            await Eventually.Becomes(
                async () => (await comms.GetAsync($"/api/journal?account={Account}&event=permit-issued")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Count == 2, "the call was allowed");
            await SetAsync(comms, sandbox, sandbox.TokenOf(Account));
            var unknown = await BecomesAsync(comms, open, "unknown");
            Assert.Contains("sign-in was changed", unknown.Text("note"), StringComparison.Ordinal);
            Assert.DoesNotContain(await sandbox.PublishedAsync(), p => string.Equals(p.Post, open, StringComparison.Ordinal));

            await NowhereAsync(postgres.ConnectionString, sandbox.TokenOf(Account), Wrong);
            Assert.Equal("sign-in-set sign-in-set sign-in-set", await EventsAsync(comms));
            (await comms.DeleteAsync(Route + "/stored")).Expect(HttpStatusCode.NoContent);
            (await comms.DeleteAsync(Route + "/stored")).ExpectProblem(HttpStatusCode.NotFound, "sign-in-none");
            await StateAsync(comms, "refused");
            await SetAsync(comms, sandbox, sandbox.TokenOf(Account));
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync();
        }

        lock (output)
        {
            Assert.DoesNotContain(output, line => line.Contains(Wrong, StringComparison.Ordinal) || line.Contains(sandbox.TokenOf(Account), StringComparison.Ordinal));
        }

        // The demo that filled the database has put a key under its own certificate into the ring.
        await HandOverAsync(postgres.ConnectionString, next, former, Path.Combine(folder.Path, "data", "secrets.pem"));
    }

    private static async Task RefusesAsync(ApiClient comms, SandboxRecord sandbox)
    {
        (await comms.GetAsync(Route + "/stored")).ExpectProblem(HttpStatusCode.NotFound, "sign-in-none");
        var inside = (await comms.PutAsync(Route + "/stored", new { kind = "access-token", server = "http://169.254.169.254/", token = Wrong })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "sign-in-server-unknown");
        Assert.DoesNotContain(Wrong, inside.Text, StringComparison.Ordinal);
        var server = sandbox.Address.AbsoluteUri;
        (await comms.PutAsync(Route + "/stored", new { kind = "app-password", server, identifier = "a", password = Wrong })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "sign-in-kind-unknown");
        (await comms.PutAsync(Route + "/stored", new { kind = "access-token", server, token = "two words" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "sign-in-incomplete");
        (await comms.PutAsync(Route + "/stored", new { kind = "access-token", server, token = "line\nbreak" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "sign-in-incomplete");
        (await comms.PutAsync(Route + "/stored", new { kind = "access-token", server, token = new string('a', 5000) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "sign-in-incomplete");
        (await comms.PutAsync(Route + "/stored", new { kind = "access-token", server, token = Wrong, expiresAt = "2020-01-01T00:00:00Z" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "sign-in-ended");
        (await comms.PutAsync("/api/accounts/facebook/demo_wmfs_aston/sign-in/stored", new { kind = "access-token", token = Wrong })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "platform-not-connected");
        (await comms.PutAsync("/api/accounts/x/nobody/sign-in/stored", new { kind = "access-token", token = Wrong })).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
    }

    private static async Task SetAsync(ApiClient comms, SandboxRecord sandbox, string token)
    {
        var answer = (await comms.PutAsync(Route + "/stored", new { kind = "access-token", server = sandbox.Address.AbsoluteUri, token = $" {token}\n" })).Expect(HttpStatusCode.OK);
        Assert.Equal((Account, "access-token", sandbox.Address.AbsoluteUri), (answer.Json.Text("account"), answer.Json.Text("kind"), answer.Json.Text("server")));
        Assert.DoesNotContain(token, answer.Text, StringComparison.Ordinal);
    }

    private static Task StateAsync(ApiClient comms, string state) => Eventually.Becomes(
        async () => (await comms.GetAsync(Route)).Expect(HttpStatusCode.OK).Json.Text("state") == state, $"the sign-in is seen as '{state}'", TimeSpan.FromSeconds(60));

    private static async Task<string> PublishAsync(ApiClient comms, string text, string? state)
    {
        var post = (await comms.PostAsync($"/api/accounts/{Account}/posts", new { text })).Expect(HttpStatusCode.Created).Json.Text("id");
        if (state is not null)
        {
            await BecomesAsync(comms, post, state);
        }

        return post;
    }

    private static Task<JsonNode> BecomesAsync(ApiClient comms, string post, string state) => Eventually.Becomes(
        async () => (await comms.GetAsync($"/api/posts/{post}")).Expect(HttpStatusCode.OK).Json, p => p.Text("state") == state, $"the post is {state}", TimeSpan.FromSeconds(90));

    private static async Task<string> EventsAsync(ApiClient comms) => string.Join(' ', (await comms.GetAsync($"/api/journal?account={Account}&limit=100")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray()
        .Where(e => e!.Text("stream").StartsWith("sign-in/", StringComparison.Ordinal)).Select(e => e!.Text("event")));

    // Whatever kind of column it could have got into.
    private static async Task NowhereAsync(string connectionString, params string[] secrets)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var list = source.CreateCommand("select format('%I', table_name) from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'");
        var tables = new List<string>();
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        Assert.Contains("platform_sign_in", tables);
        foreach (var table in tables)
        {
#pragma warning disable CA2100 // The database's own names.
            await using var look = source.CreateCommand($"select count(*) from {table} t where exists (select from unnest($1) s where position(s in t::text) > 0)");
#pragma warning restore CA2100
            look.Parameters.Add(new NpgsqlParameter { Value = secrets });
            Assert.Equal((table, 0L), (table, (long)(await look.ExecuteScalarAsync())!));
        }
    }

    // The operator's way from one certificate to another: afterwards the former one opens nothing, and is needed by nothing.
    private static async Task HandOverAsync(string connection, string next, string former, string demo)
    {
        Assert.Equal(0, (await SecretsAsync(connection, "status", former, demo)).Code);
        Assert.Equal(1, (await SecretsAsync(connection, "rewrap", next)).Code);
        var (code, said) = await SecretsAsync(connection, "rewrap", next, former, demo);
        Assert.True(code == 0, said);
        Assert.Contains("1 stored sign-ins, 0 of them cannot be opened.", (await SecretsAsync(connection, "status", next)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await SecretsAsync(connection, "new-key", next)).Code);
        Assert.Equal(2, (await SecretsAsync(connection, "burn", next)).Code);
        Assert.Equal(2, (await SecretsAsync(connection, "status", Path.Combine(Path.GetTempPath(), "no-such.pem"))).Code);
    }

    private static async Task<(int Code, string Output)> SecretsAsync(string connection, string what, string certificate, params string[] former)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Binaries("Coordination.Silo"), "Coordination.Silo"), ["secrets", what]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Storage__ConnectionString"] = connection;
        start.Environment["Secrets__Certificate"] = certificate;
        foreach (var (path, index) in former.Select((path, index) => (path, index)))
        {
            start.Environment[string.Create(CultureInfo.InvariantCulture, $"Secrets__Former__{index}__Certificate")] = path;
        }

        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(texts));
    }

    private static async Task<IReadOnlyDictionary<string, string>> SeedAsync(string folder, string connection)
    {
        await using var service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = Path.Combine(folder, "data"), Arguments = ["--connection", connection] });
        return await service.TokensAsync();
    }

    private static string Certificate(string folder, string name)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return path;
    }

    private static async Task<bool> IsReadyAsync(ApiClient comms)
    {
        try
        {
            return (await comms.GetAsync("/health/ready")).Status == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Process StartHost(Uri address, string connection, string certificate, Uri sandbox, List<string> output)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Binaries("Coordination.Dashboard"), "Coordination.Dashboard")) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Storage__ConnectionString"] = connection;
        start.Environment["SignIn__Mode"] = "Tokens";
        start.Environment["Secrets__Certificate"] = certificate;
        start.Environment["Connectors__Servers__0"] = sandbox.AbsoluteUri;
        start.Environment["Silo__Hosted"] = "true";
        start.Environment["Silo__Port"] = "0";
        start.Environment["Silo__GatewayPort"] = "0";
        start.Environment["Silo__ClusterId"] = "stored-sign-in";
        start.Environment["Silo__CountersEvery"] = "00:00:00";
        start.Environment["Logging__LogLevel__Default"] = "Debug";
        var host = new Process { StartInfo = start };
        void Take(string? line)
        {
            lock (output)
            {
                output.Add(line ?? "");
            }
        }

        host.OutputDataReceived += (_, e) => Take(e.Data);
        host.ErrorDataReceived += (_, e) => Take(e.Data);
        host.Start();
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        return host;
    }
}
