using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Coordination.Connectors.Http;

namespace Coordination.Connectors.Bluesky;

/// <summary>A signed-in account.</summary>
/// <param name="Did">The account's permanent name: the repository that its posts are in.</param>
/// <param name="Token">The access token.</param>
/// <param name="UsableUntil">When a new sign-in is due.</param>
internal sealed record BlueskySession(string Did, string Token, DateTimeOffset UsableUntil)
{
    public override string ToString() => Did;
}

/// <summary>Why there is no session.</summary>
/// <param name="Refused">True when the app password was not accepted.</param>
/// <param name="Trouble">The words.</param>
internal sealed record SignInTrouble(bool Refused, Trouble Trouble);

/// <summary>Keeps sessions: Bluesky allows an account 30 sign-ins in five minutes and 300 a day, and a session lasts two hours.</summary>
internal sealed class BlueskySessions(PlatformHttp http, TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WhenUnsaid = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    public Task<(BlueskySession? Session, SignInTrouble? Trouble)> GetAsync(ConnectorAccount account, CancellationToken cancellationToken) =>
        GetAsync(account, anew: false, cancellationToken);

    /// <summary>Signs in anew, whatever session is kept. A trouble that is no refusal leaves that one.</summary>
    public Task<(BlueskySession? Session, SignInTrouble? Trouble)> RenewAsync(ConnectorAccount account, CancellationToken cancellationToken) =>
        GetAsync(account, anew: true, cancellationToken);

    private async Task<(BlueskySession? Session, SignInTrouble? Trouble)> GetAsync(ConnectorAccount account, bool anew, CancellationToken cancellationToken)
    {
        if ((http.Unsafe(account.Server) ?? (account.Credential is Credential.AppPassword ? null : "no app password is set up for it. Connect the account again.")) is { } reason)
        {
            return (null, new SignInTrouble(Refused: false, new Trouble($"{account.Key}: {reason}", NeedsAttention: true)));
        }

        var password = Password(account);
        var slot = _slots.GetOrAdd(SlotKey(account, password), _ => new Slot());
        try
        {
            // One sign-in at a time for an account, however many posts are due.
            await slot.Gate.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return (null, new SignInTrouble(Refused: false, new Trouble($"{account.Key}: stopped before signing in.")));
        }

        try
        {
            if (!anew && slot.Session is { } kept && kept.UsableUntil > time.GetUtcNow())
            {
                return (kept, null);
            }

            var (session, trouble) = await SignInAsync(account, password, cancellationToken);
            slot.Session = session is not null || !anew || trouble!.Refused ? session : slot.Session;
            return (session, trouble);
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>Drops a session that the server no longer accepts.</summary>
    public void Forget(ConnectorAccount account, BlueskySession session)
    {
        if (_slots.TryGetValue(SlotKey(account, Password(account)), out var slot) && ReferenceEquals(slot.Session, session))
        {
            slot.Session = null;
        }
    }

    private async Task<(BlueskySession? Session, SignInTrouble? Trouble)> SignInAsync(
        ConnectorAccount account, Credential.AppPassword password, CancellationToken cancellationToken)
    {
        using var message = Xrpc.Post(
            account, "com.atproto.server.createSession", new SignInJson(password.Identifier, password.Password), BlueskyJson.Default.SignInJson, token: null);
        var exchange = await http.SendFreeAsync(message, PassFree.SignIn, cancellationToken);
        if (exchange is Exchange.Answered { IsSuccess: true } success
            && JsonBody.Parse(success.Body, BlueskyJson.Default.SessionJson) is { AccessJwt.Length: > 0, Did.Length: > 0 } session)
        {
            return (new BlueskySession(session.Did, session.AccessJwt, UsableUntil(session.AccessJwt)), null);
        }

        var refused = exchange is Exchange.Answered { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden }
            || Xrpc.Error(exchange)?.Error is "AccountTakedown" or "AuthFactorTokenRequired" or "AccountDeactivated";
        var words = Verdict.Hidden(account, JsonBody.Words(Xrpc.Error(exchange)?.Message));
        var trouble = refused
            ? new Trouble($"{account.Key}: {account.Server.Authority} did not accept the account's app password.{(words is null ? "" : $" It says: {words.TrimEnd('.')}.")} Connect the account again.", NeedsAttention: true, Says: words)
            : Verdict.OfOther(account, exchange);
        return (null, new SignInTrouble(refused, trouble));
    }

    private DateTimeOffset UsableUntil(string jwt)
    {
        var parts = jwt.Split('.');
        try
        {
            if (parts.Length == 3)
            {
                using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
                if (claims.RootElement.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var seconds))
                {
                    return DateTimeOffset.FromUnixTimeSeconds(seconds) - Margin;
                }
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentOutOfRangeException or InvalidOperationException)
        {
            // A server may give opaque tokens; then only trying tells.
        }

        return time.GetUtcNow() + WhenUnsaid;
    }

    private static Credential.AppPassword Password(ConnectorAccount account) => account.Credential as Credential.AppPassword
        ?? throw new ArgumentException($"{account.Key} needs an app password for Bluesky.", nameof(account));

    private static string SlotKey(ConnectorAccount account, Credential.AppPassword password) =>
        $"{account.Server.Authority} {password.Identifier} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(password.Password)))}";

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public BlueskySession? Session { get; set; }
    }
}
