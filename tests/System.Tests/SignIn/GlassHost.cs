using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Claims;
using System.Security.Cryptography;
using Coordination.Dashboard.Clients;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Domain.People;
using Coordination.Storage;
using Coordination.Storage.Migrations;
using Coordination.Storage.People;
using Coordination.Storage.People.BreakGlass;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Coordination.SystemTests.SignIn;

/// <summary>The service's own sign-in over real HTTP and a real database, in this process: so that the slow hashes can be counted by its metric.</summary>
internal sealed class GlassHost : IAsyncDisposable
{
    public const string Password = "paper otter seven lanterns";

    private readonly WebApplication _app;
    private readonly MeterListener _listener;
    private readonly IMeterFactory _meters;
    private readonly List<HttpClient> _clients = [];
    private long _hashes;

    private GlassHost(WebApplication app)
    {
        _app = app;
        _meters = app.Services.GetRequiredService<IMeterFactory>();
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == BreakGlassInstruments.Hashes && ReferenceEquals(instrument.Meter.Scope, _meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => Interlocked.Add(ref _hashes, measurement));
        _listener.Start();
    }

    /// <summary>How many slow hashes there were so far.</summary>
    public long Hashes => Interlocked.Read(ref _hashes);

    /// <summary>The store.</summary>
    public IBreakGlassStore Store => _app.Services.GetRequiredService<IBreakGlassStore>();

    /// <summary>The staff list.</summary>
    public IStaffStore Staff => _app.Services.GetRequiredService<IStaffStore>();

    /// <summary>The service's address.</summary>
    public Uri Address => new(_app.Urls.Single());

    public static async Task<GlassHost> StartAsync(FastPostgresFixture server, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:" + FreePort.Next().ToString(CultureInfo.InvariantCulture));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["SignIn:Mode"] = "Demo", ["SignIn:BreakGlass:Enabled"] = "true" });
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new StorageOptions { ConnectionString = await server.CreateMigratedDatabaseAsync(c => Migrator.MigrateAsync(c, NullLogger.Instance)) });
        builder.Services.AddCoordinationStorage();
        builder.AddSignIn();
        builder.AddClients();
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapSignIn();
        app.MapGet("/form", (IAntiforgery forms, HttpContext context) => forms.GetAndStoreTokens(context).RequestToken).AllowAnonymous();
        var host = new GlassHost(app);
        await app.StartAsync();

        // The decoy's own hash is made once, and not for any attempt.
        app.Services.GetRequiredService<Decoy>();
        return host;
    }

    /// <summary>Gives somebody an account, and sets it up whole unless told otherwise.</summary>
    /// <returns>The key of their authenticator app, and a recovery code.</returns>
    public async Task<(string Key, string Code)> PersonAsync(string id, bool whole = true)
    {
        var person = new StaffMember(id, id, Role.CommsOfficer, null);
        await Staff.SaveAsync([person], CancellationToken.None);
        Assert.Equal("done", await Store.GrantAsync(new Actor("rowan", "Rowan", Role.CommsManager), person, "stamp", "Duty", CancellationToken.None));
        if (!whole)
        {
            return ("", "");
        }

        await using var scope = _app.Services.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<BreakGlassOwn>();
        var me = person.AsActor().ToPrincipal("Cookies");
        Assert.Null(await own.SetPasswordAsync(me, Password));
        var key = own.NewAppKey();
        Assert.Null(await own.ConnectAppAsync(me, key, Code(key)));
        var (refusal, codes) = await own.NewCodesAsync(me);
        Assert.Null(refusal);
        return (key, codes[0]);
    }

    /// <summary>What somebody's own page would do for a session that came in by the account itself.</summary>
    public async Task<T> OwnAsync<T>(ClaimsPrincipal me, Func<BreakGlassOwn, ClaimsPrincipal, Task<T>> what)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await what(scope.ServiceProvider.GetRequiredService<BreakGlassOwn>(), me);
    }

    /// <summary>A client with an address of its own on this machine, and the form's token.</summary>
    /// <param name="number">1 to 250.</param>
    public async Task<GlassClient> ClientAsync(int number)
    {
        var http = From(Address, string.Create(CultureInfo.InvariantCulture, $"127.0.1.{number}"));
        _clients.Add(http);
        return new GlassClient(http, await http.GetStringAsync("/form"));
    }

    /// <summary>A client with an address of its own on this machine.</summary>
    public static HttpClient From(Uri service, string address)
    {
        var from = new IPEndPoint(IPAddress.Parse(address), 0);
        return new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = new CookieContainer(),
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(from);
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = service };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _listener.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>The six figures that an app shows for a key now (RFC 6238).</summary>
    public static string Code(string key)
    {
        var bits = string.Concat(key.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
        Array.Reverse(step);
#pragma warning disable CA5350 // What authenticator apps do.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 127) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}

/// <summary>Somebody who tries to sign in.</summary>
internal sealed record GlassClient(HttpClient Http, string Token)
{
    /// <summary>Sends the form.</summary>
    public async Task<HttpResponseMessage> TryAsync(string user, string password, string code, string reason = "The sign-in is down", bool withToken = true)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["user"] = user, ["password"] = password, ["code"] = code, ["reason"] = reason, ["returnUrl"] = "/holds", ["__RequestVerificationToken"] = withToken ? Token : "forged",
        });
        return await Http.PostAsync("/sign-in/break-glass", form);
    }

    /// <summary>Sends the form, and tells what came: status, address, and whether there is a sign-in.</summary>
    public async Task<string> OutcomeAsync(string user, string password, string code, string reason = "The sign-in is down")
    {
        using var answer = await TryAsync(user, password, code, reason);
        var signedIn = answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(c => c.StartsWith("coordination=", StringComparison.Ordinal) && !c.StartsWith("coordination=;", StringComparison.Ordinal));
        return $"{(int)answer.StatusCode} {answer.Headers.Location} {(signedIn ? "in" : "out")}";
    }
}
