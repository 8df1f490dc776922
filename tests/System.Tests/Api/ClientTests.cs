using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Coordination.Storage.Embedded;
using Coordination.SystemTests.Support;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordination.SystemTests.Api;

/// <summary>API clients over real HTTP and the real hub: what they may, when they are over, and how much they may ask. On a product of its own with small limits.</summary>
[Collection(OwnProduct.Name)]
public sealed partial class ClientTests(ClientTests.Ground ground) : IClassFixture<ClientTests.Ground>
{
    private const int Burst = 100;
    private const int Guesses = 30;

    [Fact]
    public async Task Client_MayWhatItWasGivenAlone_AndTheJournalNamesBoth()
    {
        var (_, token) = await ground.MakeAsync("Mobilising screen", ["read", "placeHold", "placeHoldWithoutIncident"]);
        Assert.StartsWith("wmfs_", token, StringComparison.Ordinal);
        using var client = ground.With(token);
        (await client.GetAsync("/api/holds")).Expect(HttpStatusCode.OK);
        var refused = (await client.PostAsync("/api/accounts/x/demo_wmfs_aston/posts", new { text = "Not mine to say" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains("was not among what this client was given", refused.Detail, StringComparison.Ordinal);
        (await client.GetAsync("/api/journal")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await client.PostAsync("/api/calendar/feed")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Empty((await client.GetAsync("/api/clients")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());

        var hold = await client.HoldAsync("freeze", "x/demo_wmfs_aston");
        using var manager = ground.With(ground.Tokens[Roles.Manager]);
        var entry = (await manager.GetAsync($"/api/journal?hold={hold.Text("id")}&event=hold-placed")).Expect(HttpStatusCode.OK).Json["items"]![0]!;
        Assert.Equal(("rowan-demo", "Mobilising screen for Rowan Demo"), (entry.Text("actorId"), entry.Text("actorName")));
        Assert.NotEmpty((await manager.GetAsync("/api/journal?person=mobilising&event=hold-placed")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());
        (await client.PostAsync($"/api/holds/{hold.Text("id")}/lift", new { reason = "r" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        await manager.LiftAsync(hold);
    }

    [Fact]
    public async Task Token_IsShownOnce_AndMakesNoTokens()
    {
        var key = Guid.NewGuid();
        var (made, token) = await ground.MakeAsync("Shown once", ["read"], key);
        var again = await ground.Rowan.PostAsync("/api/clients", Ground.Wish("Shown once", ["read"]), key);
        again.ExpectProblem(HttpStatusCode.Conflict, "token-shown-once");
        var list = (await ground.Rowan.GetAsync("/api/clients")).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain(token, list.Text, StringComparison.Ordinal);
        Assert.Contains("Shown once", list.Text, StringComparison.Ordinal);

        // Not even the own token of who may make clients as a person.
        using var manager = ground.With(ground.Tokens[Roles.Manager]);
        (await manager.PostAsync("/api/clients", Ground.Wish("Bred", ["read"]))).ExpectProblem(HttpStatusCode.Forbidden, "token-cannot-make-tokens");
        (await manager.PostAsync($"/api/clients/{made.Text("id")}/tokens", new { reason = "r" })).ExpectProblem(HttpStatusCode.Forbidden, "token-cannot-make-tokens");
        (await ground.Rowan.PostAsync("/api/clients", Ground.Wish("Too much", ["manageClients"]))).ExpectProblem(HttpStatusCode.UnprocessableEntity, "client-permissions-beyond");
    }

    [Fact]
    public async Task OneManager_CannotBeTwo_ByAClientOfAnother()
    {
        // Where two are asked, a token of the other's name would be the other.
        var made = (await ground.Rowan.PostAsync("/api/clients", new { name = "Quinn's", owner = "quinn-demo", permissions = new[] { "read", "liftHold", "confirmLift" }, reason = "A test needs it" })).Expect(HttpStatusCode.Created);
        Assert.Null(made.Json["token"]);
        Assert.Empty(made.Json["client"]!["tokens"]!.AsArray());
        var path = $"/api/clients/{made.Json["client"]!.Text("id")}/tokens";
        (await ground.Rowan.PostAsync(path, new { reason = "r" })).ExpectProblem(HttpStatusCode.Forbidden, "token-is-its-owners");

        using var quinn = await ground.SignedInAsync("quinn-demo");
        var token = (await quinn.PostAsync(path, new { reason = "Mine" })).Expect(HttpStatusCode.Created).Json.Text("token");
        using var client = ground.With(token);
        (await client.GetAsync("/api/accounts?limit=1")).Expect(HttpStatusCode.OK);
        using var own = ground.With(ground.Tokens[Roles.Manager]);
        (await own.PostAsync(path, new { reason = "r" })).ExpectProblem(HttpStatusCode.Forbidden, "token-cannot-make-tokens");
    }

    [Fact]
    public async Task Revocation_RefusesTheToken_AndCutsItsOpenConnection_WhileTheNextGoesOn()
    {
        var (made, first) = await ground.MakeAsync("Exchanged", ["read"]);
        var path = $"/api/clients/{made.Text("id")}";
        var second = (await ground.Rowan.PostAsync(path + "/tokens", new { reason = "Exchange" })).Expect(HttpStatusCode.Created).Json.Text("token");
        await using var former = await ground.ConnectAsync(first);
        await using var next = await ground.ConnectAsync(second);
        var cut = Cut(former);

        // Its last use is kept beside the requests.
        await Eventually.Becomes(
            async () => await ground.CountAsync("select count(*) from api_client_token where last_used_at is not null and client_id = $1", Guid.Parse(made.Text("id"))) == 2,
            "both tokens are known to have been used");
        Assert.All((await ground.ClientAsync(made))["tokens"]!.AsArray(), t => Assert.NotNull(t!["lastUsedAt"]));
        var id = (await ground.ClientAsync(made))["tokens"]!.AsArray().Select(t => t!).OrderBy(t => t.Text("madeAt"), StringComparer.Ordinal).First().Text("id");
        (await ground.Rowan.PostAsync($"{path}/tokens/{id}/revoke", new { reason = "It was in a mail" })).Expect(HttpStatusCode.OK);

        await cut.WaitAsync(TimeSpan.FromSeconds(60));
        using var client = ground.With(first);
        var refused = (await client.GetAsync("/api/holds")).ExpectProblem(HttpStatusCode.Unauthorized, "token-revoked");
        Assert.Contains("was revoked on", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(HubConnectionState.Connected, next.State);
        using var other = ground.With(second);
        (await other.GetAsync("/api/holds")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task End_RefusesTheToken_AndCutsItsOpenConnection()
    {
        var (made, token) = await ground.MakeAsync("Ending", ["read"]);
        await using var hub = await ground.ConnectAsync(token);
        using var client = ground.With(token);
        (await client.GetAsync("/api/holds")).Expect(HttpStatusCode.OK);
        var cut = Cut(hub);
        Assert.Equal(1, await ground.CountAsync(
            "update api_client_token set made_at = made_at - interval '1 hour', ends_at = clock_timestamp() where client_id = $1 returning 1::bigint", Guid.Parse(made.Text("id"))));
        await cut.WaitAsync(TimeSpan.FromSeconds(60));

        // The connection's end told this host; another one would know within five seconds.
        var refused = (await client.GetAsync("/api/holds")).ExpectProblem(HttpStatusCode.Unauthorized, "token-ended");
        Assert.Contains("ended on", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_AreLimitedByClient_AndAHoldPassesAllTheSame()
    {
        var (_, token) = await ground.MakeAsync("Busy", ["read", "placeHold", "placeHoldWithoutIncident"]);
        using var busy = ground.With(token);
        var refused = await UntilRefusedAsync(busy, "/api/holds", "too-many-requests");
        Assert.InRange(refused.Message.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Contains("Wait ", refused.Detail, StringComparison.Ordinal);
        var hold = (await busy.PostAsync("/api/holds", new { kind = "freeze", scope = new { accounts = new[] { "x/demo_wmfs_sutton_coldfield" } }, reason = "It has to pass" })).Expect(HttpStatusCode.Created).Json;

        // Each caller for themselves.
        using var manager = ground.With(ground.Tokens[Roles.Manager]);
        await manager.LiftAsync(hold);
        (await manager.GetAsync("/api/holds")).Expect(HttpStatusCode.OK);
        (await ground.Rowan.GetAsync("/api/holds")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ExpensiveReads_HaveALimitOfTheirOwn()
    {
        var (_, token) = await ground.MakeAsync("Searching", ["read", "readJournal"]);
        using var client = ground.With(token);
        await UntilRefusedAsync(client, "/api/accounts?limit=1", "too-many-requests");
        (await client.GetAsync("/api/journal")).ExpectProblem(HttpStatusCode.TooManyRequests, "too-many-requests");
        (await client.GetAsync("/api/holds")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task FloodOfUnknownTokens_DoesNotReachTheDatabase_AndKeepsNobodyElseOut()
    {
        var (_, token) = await ground.MakeAsync("Behind the same address", ["read"]);
        using var known = ground.From("127.0.0.77", token);
        (await known.GetAsync("/api/holds")).Expect(HttpStatusCode.OK);
        var before = await ground.LookUpsAsync();
        var refused = 0;
        for (var i = 0; i < 400; i++)
        {
            using var guess = ground.From("127.0.0.77", $"wmfs_guess-{i}");
            var answer = await guess.GetAsync("/api/holds");
            if (answer.Status == HttpStatusCode.TooManyRequests)
            {
                Assert.Contains(answer.Code, (string[])["too-many-unknown-tokens", "too-many-requests"]);
                Assert.True(answer.Message.Headers.RetryAfter!.Delta > TimeSpan.Zero);
                refused++;
            }
            else
            {
                answer.ExpectProblem(HttpStatusCode.Unauthorized, "token-unknown");
            }
        }

        Assert.InRange(refused, 400 - Guesses - 20, 400);
        (await known.GetAsync("/api/holds")).Expect(HttpStatusCode.OK);
        await Eventually.Becomes(async () => await ground.LookUpsAsync() > before, "the database tells of its look-ups");
        Assert.InRange(await ground.LookUpsAsync() - before, 1, 200);

        // Another address has its own.
        using var other = ground.From("127.0.0.78", "wmfs_guess");
        (await other.GetAsync("/api/holds")).ExpectProblem(HttpStatusCode.Unauthorized, "token-unknown");
    }

    private static Task Cut(HubConnection connection)
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += _ =>
        {
            cut.TrySetResult();
            return Task.CompletedTask;
        };
        return cut.Task;
    }

    private static async Task<ApiAnswer> UntilRefusedAsync(ApiClient client, string path, string code)
    {
        // Few come back each second: it runs dry long before that, on a slow machine too, because many ask at once.
        for (var i = 0; i < 100; i++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.GetAsync(path)));
            if (answers.FirstOrDefault(a => a.Status != HttpStatusCode.OK) is { } refused)
            {
                return refused.ExpectProblem(HttpStatusCode.TooManyRequests, code);
            }
        }

        throw new InvalidOperationException("Nothing was refused.");
    }

    /// <summary>The product with small limits, a person signed in as one does in a browser, and its database.</summary>
    public sealed partial class Ground : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new("clients");
        private EmbeddedPostgres? _postgres;
        private RunningService? _service;
        private NpgsqlDataSource? _database;

        /// <summary>The demo's tokens, by role.</summary>
        public IReadOnlyDictionary<string, string> Tokens { get; private set; } = null!;

        /// <summary>A Comms manager, signed in with a cookie.</summary>
        internal SignedIn Rowan { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = Path.Combine(_folder.Path, "db") }, NullLogger.Instance);
            _service = await RunningService.StartAsync(new RunningServiceOptions
            {
                DataDirectory = Path.Combine(_folder.Path, "data"),
                Arguments = ["--connection", _postgres.ConnectionString],
                Environment = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Api__Limits__PerSecond"] = "5",
                    ["Api__Limits__Burst"] = Burst.ToString(CultureInfo.InvariantCulture),
                    ["Api__Limits__ExpensivePerSecond"] = "1",
                    ["Api__Limits__ExpensiveBurst"] = "5",
                    ["Api__Limits__UnknownTokensPerMinute"] = "1",
                    ["Api__Limits__UnknownTokensBurst"] = Guesses.ToString(CultureInfo.InvariantCulture),
                },
            });
            _database = NpgsqlDataSource.Create(_postgres.ConnectionString);
            Tokens = await _service.TokensAsync();
            Rowan = await SignedIn.AsAsync(_service.BaseAddress, "rowan-demo");
        }

        public async ValueTask DisposeAsync()
        {
            Rowan?.Dispose();
            if (_database is not null)
            {
                await _database.DisposeAsync();
            }

            if (_service is not null)
            {
                await _service.DisposeAsync();
            }

            if (_postgres is not null)
            {
                await _postgres.DisposeAsync();
            }

            _folder.Dispose();
        }

        internal static object Wish(string name, string[] permissions) => new { name, owner = "rowan-demo", permissions, reason = "A test needs it" };

        internal Task<SignedIn> SignedInAsync(string staffId) => SignedIn.AsAsync(_service!.BaseAddress, staffId);

        internal ApiClient With(string token) => new(_service!.BaseAddress, token);

        internal ApiClient From(string address, string token) => new(_service!.BaseAddress, token, from: IPAddress.Parse(address));

        internal async Task<(JsonNode Client, string Token)> MakeAsync(string name, string[] permissions, Guid? key = null)
        {
            var answer = (await Rowan.PostAsync("/api/clients", Wish(name, permissions), key)).Expect(HttpStatusCode.Created);
            Assert.Contains("no-store", answer.Message.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            return (answer.Json["client"]!, answer.Json.Text("token"));
        }

        internal async Task<JsonNode> ClientAsync(JsonNode client) =>
            (await Rowan.GetAsync("/api/clients")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Single(c => c!.Text("id") == client.Text("id"))!;

        internal async Task<HubConnection> ConnectAsync(string token)
        {
            var connection = new HubConnectionBuilder()
                .WithUrl(new Uri(_service!.BaseAddress, "/hubs/coordination"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build();
            await connection.StartAsync();
            await connection.InvokeAsync("Follow", new[] { "area:coventry" });
            return connection;
        }

        // How often anybody looked into the table of tokens, by the database's own count.
        internal Task<long> LookUpsAsync() => CountAsync("select seq_scan + coalesce(idx_scan, 0) from pg_stat_user_tables where relname = 'api_client_token'");

        internal async Task<long> CountAsync(string sql, params object[] arguments)
        {
            await using var command = _database!.CreateCommand(sql);
            foreach (var argument in arguments)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = argument });
            }

            return (long)(await command.ExecuteScalarAsync())!;
        }
    }

    /// <summary>A person who signed in with the form, and asks the API with the cookie.</summary>
    internal sealed partial class SignedIn(HttpClient http) : IDisposable
    {
        public static async Task<SignedIn> AsAsync(Uri address, string staffId)
        {
            var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
            var form = await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
            var field = Field().Match(form).Groups["value"].Value;
            using var fields = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["staffId"] = staffId, ["__RequestVerificationToken"] = field });
            using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), fields);
            answer.EnsureSuccessStatusCode();
            return new SignedIn(http);
        }

        public Task<ApiAnswer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

        public Task<ApiAnswer> PostAsync(string path, object body, Guid? key = null)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", (key ?? Guid.NewGuid()).ToString("D"));
            return SendAsync(request);
        }

        public void Dispose() => http.Dispose();

        [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<value>[^\"]+)\"", RegexOptions.None, 1000)]
        private static partial Regex Field();

        private async Task<ApiAnswer> SendAsync(HttpRequestMessage request)
        {
            using (request)
            {
                var message = await http.SendAsync(request);
                return new ApiAnswer(message.StatusCode, await message.Content.ReadAsStringAsync(), message);
            }
        }
    }
}
