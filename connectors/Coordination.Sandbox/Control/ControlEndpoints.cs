using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Coordination.Sandbox.Api;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Control;

/// <summary>What the one who runs the sandbox can do: register accounts, make it misbehave, see what arrived. From this machine, with the admin key.</summary>
internal static class ControlEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private sealed record FaultOrder(
        string? Mode, string? Account = null, bool Reads = false, int? Count = null, int DelayMs = 0, int Status = 500, int? RetryAfterSeconds = null,
        string? Path = null, int Skip = 0);

    private sealed record TokenOrder(string? Account, bool Revoked = false, DateTimeOffset? ExpiresAt = null);

    public static void MapControl(this WebApplication app)
    {
        if (app.Services.GetRequiredService<SandboxOptions>().AdminKey is not { } key)
        {
            return;
        }

        var expected = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        var control = app.MapGroup("/sandbox");
        control.AddEndpointFilter(async (context, next) => Admitted(context.HttpContext, expected)
            ? await next(context)
            : Answers.Error(StatusCodes.Status401Unauthorized, "The admin key is missing or wrong, or you are not on the sandbox's machine."));
        control.MapPost("/accounts", RegisterAsync);
        control.MapGet("/faults", (FaultBoard board) => Results.Json(
            board.All().Select(f => new { mode = Name(f.Mode), f.Account, f.Reads, f.Count, delayMs = (int)f.Delay.TotalMilliseconds, f.Status, f.RetryAfterSeconds, f.Path, f.Skip }), Json));
        control.MapPost("/faults", AddFaultAsync);
        control.MapDelete("/faults", (FaultBoard board) =>
        {
            board.Clear();
            return Results.NoContent();
        });
        control.MapPost("/tokens", SetTokenAsync);
        control.MapPrepared();
        control.MapGet("/requests", (string? account, SandboxNetwork network) => Results.Json(network.Requests(account), Json));
        control.MapPost("/posts/{id:long}/figures", async (long id, HttpRequest request, SandboxNetwork network) =>
        {
            var figures = await ReadAsync<PostFigures>(request);
            if (figures is null)
            {
                return Answers.Unprocessable("Write {\"favourites\": 0, \"reblogs\": 0, \"replies\": 0}.");
            }

            if (!network.TrySetFigures(id, figures, out var durable))
            {
                return Answers.NotFound;
            }

            await durable;
            return Results.NoContent();
        });
    }

    private static bool Admitted(HttpContext context, byte[] expected) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && Caller.Bearer(context.Request) is { } given
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), expected);

    private static async Task<IResult> RegisterAsync(HttpRequest request, SandboxNetwork network)
    {
        if (await ReadAsync<List<Registration>>(request) is not { } registrations)
        {
            return Answers.Unprocessable("Write a list: [{\"username\": \"...\", \"token\": \"...\", \"displayName\": \"...\"}].");
        }

        var registered = new List<object>();
        foreach (var registration in registrations)
        {
            var (account, fault, durable) = network.Register(registration ?? new Registration(null, null));
            await durable;
            if (account is null)
            {
                return Answers.Unprocessable($"{fault} Those before it are registered.");
            }

            registered.Add(new { account.Id, account.Username });
        }

        return Results.Json(registered, Json);
    }

    private static async Task<IResult> AddFaultAsync(HttpRequest request, FaultBoard board)
    {
        var order = await ReadAsync<FaultOrder>(request);
        var mode = Enum.GetValues<FaultMode>().Where(m => string.Equals(Name(m), order?.Mode, StringComparison.Ordinal)).ToList();
        if (order is null || mode.Count == 0 || order.DelayMs is < 0 or > 600_000 || order.Status is < 400 or > 599 || order.Count is < 1 || order.Skip < 0)
        {
            return Answers.Unprocessable(
                "Write {\"mode\": \"slow|fail|drop-answer|garbage|reset\"} and, if wanted, account (else all), path (a part of the address), skip (how many go well first), reads, count, delayMs, status (400 to 599), retryAfterSeconds.");
        }

        board.Add(new Fault(mode[0], order.Account, order.Reads, order.Count, TimeSpan.FromMilliseconds(order.DelayMs), order.Status, order.RetryAfterSeconds, order.Path, order.Skip));
        return Results.NoContent();
    }

    private static async Task<IResult> SetTokenAsync(HttpRequest request, SandboxNetwork network, TokenBoard tokens)
    {
        if (await ReadAsync<TokenOrder>(request) is not { Account: { } username } order || network.ByUsername(username) is null)
        {
            return Answers.Unprocessable("Write {\"account\": \"...\", \"revoked\": true} or {\"account\": \"...\", \"expiresAt\": \"2030-01-01T00:00:00Z\"} for an account that is registered.");
        }

        tokens.Set(username, order.Revoked, order.ExpiresAt);
        return Results.NoContent();
    }

    private static string Name(FaultMode mode) => mode switch
    {
        FaultMode.Slow => "slow",
        FaultMode.Fail => "fail",
        FaultMode.DropAnswer => "drop-answer",
        FaultMode.Garbage => "garbage",
        FaultMode.Reset => "reset",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode.ToString("D"), "An unknown mode."),
    };

    private static async Task<T?> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
