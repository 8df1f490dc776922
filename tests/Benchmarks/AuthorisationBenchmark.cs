using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Coordination.Contracts;
using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Grains.Authorisation;
using Coordination.Storage.People;
using Coordination.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>What it costs to ask who may: before each grain call, before each request, and at a sign-in.</summary>
internal static partial class AuthorisationBenchmark
{
    private const string Person = "rowan-demo";
    private static readonly Actor Manager = new("rowan", "Rowan", Role.CommsManager);

    public static async Task RunAsync(string administration, bool quick)
    {
        await GrainCallsAsync(administration, quick);
        await ProductAsync(quick);
        await SignInsInTheDatabaseAsync(administration, quick);
        Passwords(quick);
    }

    // A command that changes nothing (the post is unknown), so that the call itself is all there is beside the check.
    private static async Task GrainCallsAsync(string administration, bool quick)
    {
        var calls = quick ? 2_000 : 20_000;
        await using var database = await BenchDatabase.CreateAsync(administration, accounts: 1, posts: 0);
        var probe = new CheckProbe(new PermissionFilter(), quick ? 1_000_000 : 10_000_000);
        await using var silo = await BenchSilo.StartAsync(database.Storage, services => services.AddSingleton<IIncomingGrainCallFilter>(probe));
        await ModelStates.WriteAsync(database, silo.Grains);
        var grain = silo.Grains.GetGrain<IAccountGrain>(GrainKeys.Of(AccountKey.Parse("x/model_account")));
        async Task<double> CallAsync(int times)
        {
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++)
            {
                await grain.Cancel(new PostId(Guid.Empty), "None.", new CommandContext(Guid.NewGuid(), Manager));
            }

            return Stopwatch.GetElapsedTime(began).TotalMicroseconds / times;
        }

        await CallAsync(calls / 10);
        var whole = await CallAsync(calls);
        probe.Arm();
        await CallAsync(1);
        Console.WriteLine("| a grain call | each |\n| --- | --- |");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| a refused command, in one silo | {whole:0.0} us |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| the check of its permission | {probe.Nanoseconds:0} ns, {probe.Nanoseconds / whole / 10:0.00} % of it |\n"));
    }

    // The whole product; one connection, one request after the other.
    private static async Task ProductAsync(bool quick)
    {
        using var folder = new TemporaryFolder("authorisation");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = folder.Path });
        using var nobody = Client(service.BaseAddress);
        using var token = Client(service.BaseAddress);
        token.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await service.TokensAsync())["comms-manager"]);
        using var person = Client(service.BaseAddress);
        var form = await FormAsync(person);
        await SignInAsync(person, form);

        var requests = quick ? 500 : 5_000;
        (string What, HttpClient Client, string Path, HttpStatusCode Status)[] rows =
        [
            ("a route that asks nobody (/health/live)", nobody, "/health/live", HttpStatusCode.OK),
            ("/api/permissions, nobody signed in: refused", nobody, "/api/permissions", HttpStatusCode.Unauthorized),
            ("/api/permissions, with a token", token, "/api/permissions", HttpStatusCode.OK),
            ("/api/permissions, with a sign-in's cookie", person, "/api/permissions", HttpStatusCode.OK),
        ];
        var times = rows.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < 10; round++)
        {
            for (var row = 0; row < rows.Length; row++)
            {
                for (var i = 0; i < requests / 10; i++)
                {
                    var began = Stopwatch.GetTimestamp();
                    using var answer = await rows[row].Client.GetAsync(new Uri(rows[row].Path, UriKind.Relative));
                    times[row].Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
                    if (answer.StatusCode != rows[row].Status)
                    {
                        throw new InvalidOperationException($"{rows[row].What}: {(int)answer.StatusCode}");
                    }
                }
            }
        }

        Console.WriteLine("| a request | p50 | p99 | against one that asks nobody |\n| --- | --- | --- | --- |");
        for (var row = 0; row < rows.Length; row++)
        {
            var (p50, p99) = (Percentile(times[row], 0.5), Percentile(times[row], 0.99));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {rows[row].What} | {p50:0} us | {p99:0} us | {p50 / Percentile(times[0], 0.5):0.00} |"));
        }

        // From several addresses, because one of them may sign in 300 times at once and no more.
        var addresses = quick ? 1 : 4;
        var signed = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, addresses).Select(async a =>
        {
            // Each sign-in is somebody's who was not signed in: the form's cookie alone is kept.
            using var client = Client(service.BaseAddress, IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.1.{a + 1}")), keepsCookies: false);
            var own = await FormAsync(client);
            for (var i = 0; i < 250; i++)
            {
                await SignInAsync(client, own);
                Interlocked.Increment(ref signed);
            }
        }));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nSign-ins by the demo's form, {addresses} at once: {signed / Stopwatch.GetElapsedTime(started).TotalSeconds:0} a second.\n"));
    }

    // What a sign-in by the provider asks of the database once its token is checked.
    private static async Task SignInsInTheDatabaseAsync(string administration, bool quick)
    {
        await using var database = await BenchDatabase.CreateAsync(administration, accounts: 0, posts: 0);
        await new StaffStore(database.Pools).SaveAsync([.. Enumerable.Range(0, 1_000).Select(i => new StaffMember(Id(i), $"Person {i}", Role.AccountHolder, null)), new StaffMember(Manager.Id, Manager.Name, Manager.Role, null)], CancellationToken.None);
        var identities = new IdentityStore(database.Pools);
        for (var i = 0; i < 1_000; i++)
        {
            await identities.LinkAsync(Manager, Id(i), new ExternalIdentity("https://id.example", Id(i)), "Benchmark", CancellationToken.None);
        }

        var next = 0;
        var rate = await PerSecondAsync(TimeSpan.FromSeconds(quick ? 2 : 10), async cancellationToken =>
            await identities.AdmitKnownAsync(new ExternalIdentity("https://id.example", Id(Interlocked.Increment(ref next) % 1_000)), cancellationToken) is Admission.Admitted);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Sign-ins by a provider, as the database admits and records them, {Clients} at once: {rate:0} a second.\n"));

        static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"person-{i}");
    }

    private static void Passwords(bool quick)
    {
        var hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = BreakGlassSetup.PasswordRounds }));
        var hash = hasher.HashPassword(Manager, "a long enough password");
        var began = Stopwatch.GetTimestamp();
        var times = quick ? 5 : 50;
        for (var i = 0; i < times; i++)
        {
            hasher.VerifyHashedPassword(Manager, hash, "a long enough password");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"One slow hash of a break-glass password: {Stopwatch.GetElapsedTime(began).TotalMilliseconds / times:0} ms of one core; ten attempts a minute and address are hashed at most.\n"));
    }

    private static HttpClient Client(Uri address, IPAddress? from = null, bool keepsCookies = true) => new(new SocketsHttpHandler
    {
        UseCookies = keepsCookies,
        AllowAutoRedirect = false,
        ConnectCallback = from is null ? null : async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = address };

    private static async Task<string> FormAsync(HttpClient client)
    {
        using var page = await client.GetAsync(new Uri("/sign-in", UriKind.Relative));
        if (page.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            client.DefaultRequestHeaders.Add("Cookie", cookies.Select(c => c.Split(';')[0]));
        }

        return AntiforgeryField().Match(await page.Content.ReadAsStringAsync()) is { Success: true } field ? field.Groups[1].Value : throw new InvalidOperationException("The sign-in page has no form.");
    }

    private static async Task SignInAsync(HttpClient client, string field)
    {
        using var content = new FormUrlEncodedContent([new("staffId", Person), new("__RequestVerificationToken", field)]);
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), content);
        if (answer.StatusCode != HttpStatusCode.Redirect || answer.Headers.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) == true)
        {
            throw new InvalidOperationException($"The sign-in was refused: {(int)answer.StatusCode} {answer.Headers.Location}");
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex AntiforgeryField();
}
